package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.schema.Actor;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who acted, in the unified audit log. */
final class UnifiedActors {

    private static final String SERVICE_PRINCIPAL = "ServicePrincipal";
    private static final Set<String> APPLICATION_TYPES = Set.of("5", "6", "application", "serviceprincipal");

    /** Microsoft's own initiators, which log no id at all, and the label of SharePoint's app-only calls. */
    private static final Set<String> APPLICATION_LABELS = Set.of(
            "certificate",
            "microsoft online services",
            "microsoft azure ad internal - jit provisioning",
            "app@sharepoint",
            "sharepoint\\system");

    private static final Set<String> NOBODY = Set.of("not available", "unknown", "n/a");

    private UnifiedActors() {}

    static Actor of(Fields fields, @Nullable String agent) {
        String ip = Values.first(
                Addresses.normalise(fields.text("ActorIpAddress")),
                Addresses.normalise(fields.text("ClientIPAddress", "Client_IPAddress")),
                Addresses.normalise(fields.text("ClientIP")),
                fields.text("IPAddress"));
        List<JsonNode> entries = fields.list("Actor");
        String userId = somebody(fields.text("UserId", "UserIds"));
        String label = userId == null ? "" : userId.toLowerCase(Locale.ROOT);
        String type = Target.kind(fields.text("UserType"));
        String principal = label.startsWith("serviceprincipal_")
                ? Values.guid(label.substring("serviceprincipal_".length()))
                : null;
        boolean named = label.indexOf('@') > 0;
        if (!named) {
            principal = Values.first(principal, UnifiedTargets.prefixedId(entries, SERVICE_PRINCIPAL));
        }
        if (principal != null) {
            AppRef app = new AppRef(appId(entries, principal), null, principal, text(entries, 1));
            return ActorFacts.application(app, ip, agent);
        }
        if (APPLICATION_TYPES.contains(type) || APPLICATION_LABELS.contains(label)) {
            String id = Values.guid(userId);
            return ActorFacts.application(new AppRef(null, null, id, id == null ? userId : null), ip, agent);
        }
        String id = userObjectId(fields, entries, userId);
        if (named || id != null) {
            return ActorFacts.user(id, named ? userId : text(entries, 5), ip, agent);
        }
        return ActorFacts.unknown(userId, ip, agent);
    }

    private static @Nullable String somebody(@Nullable String userId) {
        return userId == null || NOBODY.contains(userId.toLowerCase(Locale.ROOT)) ? null : userId;
    }

    /** The entry after {@code User_}; in sign-ins the entry of type 0 and the user key are the object id. */
    private static @Nullable String userObjectId(Fields fields, List<JsonNode> entries, @Nullable String userId) {
        return Values.first(
                UnifiedTargets.prefixedId(entries, "User"),
                Values.guid(text(entries, 0)),
                Values.guid(userId),
                fields.guid("UserKey"),
                fields.guid("AccountObjectId"));
    }

    /** App ID of an acting service principal: the GUID that is not its object id. */
    private static @Nullable String appId(List<JsonNode> entries, String principal) {
        for (JsonNode node : entries) {
            String guid = Fields.of(node).guid("ID");
            if (guid != null && !guid.equals(principal)) {
                return guid;
            }
        }
        return null;
    }

    private static @Nullable String text(List<JsonNode> entries, int type) {
        for (JsonNode node : entries) {
            Fields entry = Fields.of(node);
            Long number = Values.number(entry.text("Type"));
            if (number != null && number == type) {
                return entry.text("ID");
            }
        }
        return null;
    }
}

package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.schema.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who acted, in the unified audit log. */
final class UnifiedActors {

    private static final String SERVICE_PRINCIPAL = "ServicePrincipal";
    private static final String PRINCIPAL_PREFIX = "serviceprincipal_";
    private static final int GUID_CHARACTERS = 36;
    private static final Set<String> APPLICATION_TYPES = Set.of("5", "6", "application", "serviceprincipal");

    /** Microsoft's own initiators, which log no id at all, and the label of SharePoint's app-only calls. */
    private static final Set<String> APPLICATION_LABELS = Set.of(
            "certificate",
            "microsoft online services",
            "microsoft azure ad internal - jit provisioning",
            "app@sharepoint",
            "sharepoint\\system");

    private static final Pattern PUID = Pattern.compile("(?:^|\\|)([0-9A-Fa-f]{16})(?:@|$)");

    private static final Set<String> NOBODY = Set.of("not available", "unknown", "n/a");

    private UnifiedActors() {}

    /**
     * The actor.
     *
     * @param used App ID of the application that an act of use or administration was done with; null when the event names none
     */
    static Actor of(EventFields fields, @Nullable String agent, @Nullable String used) {
        List<JsonNode> entries = fields.list("Actor");
        Origin origin = Origin.of(addresses(fields), agent, labels(fields, entries));
        String userId = somebody(fields.text("UserId", "UserIds"));
        String label = userId == null ? "" : userId.toLowerCase(Locale.ROOT);
        boolean application = APPLICATION_TYPES.contains(Target.kind(fields.text("UserType")));
        String principal = principal(label);
        boolean named = label.indexOf('@') > 0;
        if (!named || application) {
            principal = Values.first(principal, UnifiedTargets.prefixedId(entries, SERVICE_PRINCIPAL));
        }
        if (principal != null) {
            String appId = Values.first(appId(entries, principal), used);
            return ActorFacts.application(new AppRef(appId, null, principal, text(entries, 1)), origin);
        }
        String ofTenant = appIdOfTenant(label);
        if (ofTenant != null) {
            return ActorFacts.application(new AppRef(ofTenant, null, null, text(entries, 1)), origin);
        }
        boolean known = APPLICATION_LABELS.contains(label);
        if (application || known) {
            String id = Values.guid(userId);
            // An application that acts for nobody is logged with the name of the mailbox's owner, who is not the actor.
            String name = id != null || (named && !known) ? null : userId;
            return ActorFacts.application(new AppRef(used, null, id, name), origin);
        }
        String id = userObjectId(fields, entries, userId);
        String puid = puid(Values.first(text(entries, 3), fields.text("UserKey")));
        if (named || id != null || puid != null) {
            return ActorFacts.user(id, named ? userId : text(entries, 5), puid, origin);
        }
        // Only applications go by a name there; one without any id is an initiator of which the log tells nothing else.
        String initiator = text(entries, 1);
        return initiator != null
                ? ActorFacts.application(new AppRef(used, null, null, initiator), origin)
                : ActorFacts.unknown(userId, origin);
    }

    /** The addresses of whoever called, in the field that has any. */
    static List<String> addresses(EventFields fields) {
        return EventAddresses.first(
                fields.node("ActorIpAddress"),
                fields.node("ClientIPAddress", "Client_IPAddress"),
                fields.node("ClientIP"),
                fields.node("IPAddress"));
    }

    /** Everything the event calls its actor. */
    private static String[] labels(EventFields fields, List<JsonNode> entries) {
        List<String> labels = new ArrayList<>();
        for (JsonNode node : entries) {
            String text = EventFields.of(node).text("ID");
            if (text != null) {
                labels.add(text);
            }
        }
        for (String name : new String[] {"UserId", "UserIds", "AccountDisplayName"}) {
            String text = fields.text(name);
            if (text != null) {
                labels.add(text);
            }
        }
        return labels.toArray(String[]::new);
    }

    /** The service principal in a user id like {@code ServicePrincipal_<id>}, whatever stands around it. */
    private static @Nullable String principal(String label) {
        int at = label.indexOf(PRINCIPAL_PREFIX);
        int from = at + PRINCIPAL_PREFIX.length();
        return at < 0 || label.length() < from + GUID_CHARACTERS
                ? null
                : Values.guid(label.substring(from, from + GUID_CHARACTERS));
    }

    /** The application in a user id like {@code <App ID>@<tenant id>}, as SharePoint writes its own form of an application. */
    private static @Nullable String appIdOfTenant(String label) {
        int at = label.indexOf('@');
        boolean both = at > 0 && Values.guid(label.substring(at + 1)) != null;
        return both ? Values.guid(label.substring(0, at)) : null;
    }

    private static @Nullable String somebody(@Nullable String userId) {
        return userId == null || NOBODY.contains(userId.toLowerCase(Locale.ROOT)) ? null : userId;
    }

    /** The entry after {@code User_}; in sign-ins the entry of type 0 and the user key are the object id. */
    private static @Nullable String userObjectId(EventFields fields, List<JsonNode> entries, @Nullable String userId) {
        return Values.first(
                UnifiedTargets.prefixedId(entries, "User"),
                Values.guid(text(entries, 0)),
                Values.guid(userId),
                fields.guid("UserKey"),
                fields.guid("AccountObjectId"));
    }

    /** The PUID in a user key like {@code 10032002643F6746}, {@code <PUID>@<domain>} or {@code i:0h.f|membership|<PUID>@live.com}. */
    private static @Nullable String puid(@Nullable String key) {
        Matcher puid = PUID.matcher(key == null ? "" : key);
        return puid.find() ? puid.group(1).toUpperCase(Locale.ROOT) : null;
    }

    /** App ID of an acting service principal: the GUID that is not its object id. */
    private static @Nullable String appId(List<JsonNode> entries, String principal) {
        for (JsonNode node : entries) {
            String guid = EventFields.of(node).guid("ID");
            if (guid != null && !guid.equals(principal)) {
                return guid;
            }
        }
        return null;
    }

    private static @Nullable String text(List<JsonNode> entries, int type) {
        for (JsonNode node : entries) {
            EventFields entry = EventFields.of(node);
            Long number = Values.number(entry.text("Type"));
            if (number != null && number == type) {
                return entry.text("ID");
            }
        }
        return null;
    }
}

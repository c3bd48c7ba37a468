package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.schema.Actor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entra audit events: diagnostic records, Graph pages, Log Analytics rows, and the records of 2018. */
final class EntraAuditDecoder implements SourceDecoder {

    private static final String SEPARATOR = "__";

    @Override
    public Decoded decode(Element element, Shape shape) throws RejectedElementException {
        EventFields fields = element.fields();
        EventFields properties = fields.object("properties");
        EventFields body = properties.isEmpty() ? fields : properties;
        KeyValues additional = KeyValues.of(body.node("additionalDetails"));
        ModifiedProperties changed = new ModifiedProperties();
        List<Target> targets = targets(body, changed);
        DirectoryEvent event = new DirectoryEvent(shape.operation(), changed, targets, additional);
        String result = Values.first(body.text("result"), fields.text("resultType"));
        String reason = Values.first(body.text("resultReason"), fields.text("resultDescription"));
        return new Decoded(
                EventTimes.first(
                        fields.node("time"),
                        fields.node("TimeGenerated"),
                        body.node("activityDateTime"),
                        fields.node("@timestamp")),
                body.text("id"),
                Tenants.of(element, shape),
                Values.id(Values.first(fields.text("correlationId"), body.text("correlationId"))),
                Outcome.of(result, Values.first(reason, GrantDetails.reason(changed))),
                actor(fields, body, additional),
                DirectoryDetails.parts(event),
                targets.stream().anyMatch(target -> target.id() != null));
    }

    /** An act is an application's only when the event names no user: portal edits carry the name of an application too. */
    private static Actor actor(EventFields fields, EventFields body, KeyValues additional) {
        EventFields initiator = body.object("initiatedBy");
        EventFields user = initiator.object("user");
        EventFields app = initiator.object("app");
        String identity = fields.text("identity");
        Origin origin = Origin.of(
                EventAddresses.first(
                        fields.node("callerIpAddress"),
                        user.node("ipAddress"),
                        app.node("ipAddress"),
                        // Where privileged identity management keeps it.
                        additional.node("ipaddr")),
                Values.first(additional.text("User-Agent"), body.text("userAgent")),
                user.text("displayName"),
                user.text("userPrincipalName"),
                app.text("displayName"),
                app.text("servicePrincipalName"),
                app.text("appId"),
                identity);
        String userName = user.text("userPrincipalName", "displayName");
        String userId = user.guid("id");
        if (userName != null || userId != null) {
            return ActorFacts.user(userId, userName, origin);
        }
        AppRef ref = new AppRef(
                app.guid("appId"),
                null,
                app.guid("servicePrincipalId"),
                app.text("displayName", "servicePrincipalName"));
        if (!ref.equals(AppRef.NONE)) {
            return ActorFacts.application(ref, origin);
        }
        boolean named = identity != null && !identity.equals("NA") && !identity.startsWith("{");
        boolean principal = named && "UPN".equalsIgnoreCase(body.text("identityType"));
        return principal
                ? ActorFacts.user(null, identity, origin)
                : ActorFacts.unknown(named ? identity : null, origin);
    }

    private static List<Target> targets(EventFields body, ModifiedProperties changed) {
        List<Target> targets = new ArrayList<>();
        for (JsonNode node : body.list("targetResources", "targetResource")) {
            EventFields target = EventFields.of(node);
            changed.add(target.node("modifiedProperties"));
            targets.add(new Target(
                    Target.kind(target.text("type")),
                    target.guid("id"),
                    target.text("displayName"),
                    target.text("userPrincipalName"),
                    null));
        }
        changed.add(body.node("targetUpdatedProperties"));
        Target former = former(body.text("targetResourceType"), body.text("targetResourceName"));
        if (former != null) {
            targets.add(former);
        }
        return targets;
    }

    /** The target of a record of 2018: two texts, one with the names of the parts and one with the parts. */
    private static @Nullable Target former(@Nullable String names, @Nullable String parts) {
        if (names == null || parts == null) {
            return null;
        }
        String[] name = names.split(SEPARATOR, -1);
        String[] part = parts.split(SEPARATOR, -1);
        return name.length > part.length
                ? null
                : new Target(
                        Target.kind(value("ObjectClass", name, part)),
                        Values.guid(value("ObjectID", name, part)),
                        value("Name", name, part),
                        value("UPN", name, part),
                        Values.guid(value("AppId", name, part)));
    }

    /** The part with a name. Where a display name holds the separator itself, all surplus parts are its own. */
    private static @Nullable String value(String wanted, String[] names, String[] parts) {
        int surplus = parts.length - names.length;
        for (int i = 0, at = 0; i < names.length; i++) {
            int to = at + 1 + (names[i].equals("Name") ? surplus : 0);
            if (to > parts.length) {
                return null;
            }
            if (names[i].equals(wanted)) {
                return Values.present(String.join(SEPARATOR, Arrays.copyOfRange(parts, at, to)));
            }
            at = to;
        }
        return null;
    }
}

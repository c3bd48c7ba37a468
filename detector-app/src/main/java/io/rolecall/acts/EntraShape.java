package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.acts.DirectoryAct.ByApplication;
import io.rolecall.acts.DirectoryAct.ByUser;
import io.rolecall.acts.DirectoryAct.Initiator;
import io.rolecall.acts.DirectoryAct.Listed;
import io.rolecall.acts.DirectoryAct.Moment;
import io.rolecall.acts.DirectoryAct.Property;
import io.rolecall.acts.DirectoryAct.Target;
import io.rolecall.acts.DirectoryAct.Text;
import io.rolecall.acts.DirectoryAct.Value;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a directory act as the Entra audit log does: diagnostic record, Graph object or Log Analytics row. */
public final class EntraShape {

    private final String tenantId;

    public EntraShape(String tenantId) {
        this.tenantId = tenantId;
    }

    /**
     * The diagnostic record.
     *
     * @param eventId the event's id, {@code Directory_...}
     */
    public ObjectNode diagnostic(DirectoryAct act, String eventId) {
        ObjectNode node = Json.object(
                "time",
                Times.ticks(act.time()),
                "resourceId",
                "/tenants/" + tenantId + "/providers/Microsoft.aadiam",
                "operationName",
                act.operation(),
                "operationVersion",
                "1.0",
                "category",
                "AuditLogs",
                "tenantId",
                tenantId,
                "resultSignature",
                "None");
        act.failure().ifPresent(reason -> node.put("resultDescription", reason));
        node.put("durationMs", 0);
        address(act.initiator()).ifPresent(ip -> node.put("callerIpAddress", ip));
        node.put("correlationId", act.correlationId());
        if (act.initiator() instanceof ByApplication application) {
            node.put("identity", application.displayName());
        }
        node.put("Level", 4);
        node.set("properties", graph(act, eventId));
        return node;
    }

    /** The Graph object, which is also the diagnostic record's {@code properties}. */
    public ObjectNode graph(DirectoryAct act, String eventId) {
        return Json.object(
                "id", eventId,
                "category", act.category(),
                "correlationId", act.correlationId(),
                "result", act.failure().isPresent() ? "failure" : "success",
                "resultReason", act.failure().orElse(""),
                "activityDisplayName", act.operation(),
                "activityDateTime", Times.ticksWithOffset(act.time()),
                "loggedByService", "Core Directory",
                "operationType", act.kind(),
                "userAgent", null,
                "initiatedBy", initiatedBy(act, ""),
                "targetResources", targets(act),
                "additionalDetails", details(act));
    }

    /** The Log Analytics row: Pascal case, with JSON in strings. */
    public ObjectNode logAnalytics(DirectoryAct act, String eventId, String workspaceId) {
        String time = Times.millis(act.time());
        ObjectNode row = Json.object(
                "TenantId",
                workspaceId,
                "SourceSystem",
                "Azure AD",
                "TimeGenerated",
                time,
                "ResourceId",
                "/tenants/" + tenantId + "/providers/Microsoft.aadiam",
                "OperationName",
                act.operation(),
                "OperationVersion",
                "1.0",
                "Category",
                act.category(),
                "ResultSignature",
                "None",
                "CorrelationId",
                act.correlationId(),
                "Resource",
                "Microsoft.aadiam",
                "ResourceGroup",
                "Microsoft.aadiam",
                "Level",
                "4",
                "AdditionalDetails",
                Json.text(details(act)),
                "Id",
                eventId,
                "InitiatedBy",
                Json.text(initiatedBy(act, null)),
                "LoggedByService",
                "Core Directory",
                "Result",
                act.failure().isPresent() ? "failure" : "success",
                "TargetResources",
                Json.text(targets(act)),
                "AADTenantId",
                tenantId,
                "ActivityDisplayName",
                act.operation(),
                "ActivityDateTime",
                time,
                "AADOperationType",
                act.kind(),
                "Type",
                "AuditLogs");
        act.failure().ifPresent(reason -> row.put("ResultDescription", reason));
        return row;
    }

    private static ObjectNode initiatedBy(DirectoryAct act, @Nullable String noAddress) {
        if (act.initiator() instanceof ByUser user) {
            return Json.object(
                    "user",
                    Json.object(
                            "id", user.person().id(),
                            "displayName", null,
                            "userPrincipalName", user.person().upn(),
                            "ipAddress", user.ip().orElse(noAddress),
                            "roles", Json.array()));
        }
        if (!(act.initiator() instanceof ByApplication application)) {
            return Json.object();
        }
        return Json.object(
                "app",
                Json.object(
                        "appId",
                        null,
                        "displayName",
                        application.displayName(),
                        "servicePrincipalId",
                        application.servicePrincipalId().orElse(null),
                        "servicePrincipalName",
                        null));
    }

    private static Optional<String> address(Initiator initiator) {
        if (initiator instanceof ByUser user) {
            return user.ip();
        }
        return initiator instanceof ByApplication application ? application.ip() : Optional.empty();
    }

    private static ArrayNode targets(DirectoryAct act) {
        ArrayNode targets = Json.array();
        for (Target target : act.targets()) {
            ObjectNode node = Json.object(
                    "id", target.id(),
                    "displayName", target.displayName().orElse(null),
                    "type", target.type());
            target.user().ifPresent(user -> node.put("userPrincipalName", user.upn()));
            ArrayNode properties = node.putArray("modifiedProperties");
            for (Property property : target.properties()) {
                properties.add(Json.object(
                        "displayName", property.name(),
                        "oldValue", value(property.before()),
                        "newValue", value(property.after())));
            }
            node.set("administrativeUnits", Json.array());
            targets.add(node);
        }
        return targets;
    }

    private static @Nullable String value(Value value) {
        if (value instanceof Text text) {
            return Json.quoted(text.text());
        }
        if (value instanceof Listed listed) {
            return Json.text(listed.list());
        }
        if (value instanceof Moment moment) {
            return Json.quoted(Times.ticks(moment.time()));
        }
        return null;
    }

    private static ArrayNode details(DirectoryAct act) {
        ArrayNode details = Json.array();
        act.details().forEach((key, text) -> details.add(Json.object("key", key, "value", text)));
        return details;
    }

    /** The id of an event: correlation id, five characters that differ from log to log, and a counter. */
    public static String eventId(String correlationId, Ids ids, int number) {
        var random = ids.random("directory/" + correlationId + "/" + number);
        return String.format(
                Locale.ROOT,
                "Directory_%s_%s_%d",
                correlationId,
                Ids.letters(random, 5),
                random.nextInt(1_000_000, 400_000_000));
    }
}

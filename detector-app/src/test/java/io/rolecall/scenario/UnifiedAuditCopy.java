package io.rolecall.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Tells an act of the Entra audit log as the Microsoft 365 unified audit log tells the same act. The logs differ as in the captured
 * pairs of one act: an id of its own, whole seconds without a zone, no address, {@code InterSystemsId} for the correlation id, values
 * that are not wrapped in JSON, and no App ID for credentials and updates. For tests whose events are raw; acts are rendered for both
 * logs.
 */
final class UnifiedAuditCopy {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DefaultPrettyPrinter PRETTY = new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\r\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\r\n"));

    private UnifiedAuditCopy() {}

    /** The copies of the Entra audit records in an event; none when it holds none. */
    static List<byte[]> ofEvent(byte[] event) {
        List<byte[]> copies = new ArrayList<>();
        try {
            JsonNode root = JSON.readTree(event);
            if (root.path("records").isArray()) {
                for (JsonNode entry : root.path("records")) {
                    add(entry, copies);
                }
            } else if (root.isArray()) {
                for (JsonNode entry : root) {
                    add(entry, copies);
                }
            } else {
                add(root, copies);
            }
        } catch (IOException e) {
            return List.of(); // not JSON: no record of the Entra audit log
        }
        return copies;
    }

    private static void add(JsonNode diagnostic, List<byte[]> copies) throws JsonProcessingException {
        JsonNode properties = diagnostic.path("properties");
        if (diagnostic.path("category").asText().equalsIgnoreCase("AuditLogs")
                && properties.path("targetResources").isArray()) {
            copies.add(JSON.writeValueAsString(copy(diagnostic, properties)).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static ObjectNode copy(JsonNode diagnostic, JsonNode properties) {
        String name = diagnostic.path("operationName").asText();
        boolean keepsItsName = name.endsWith(" ") || name.endsWith(".");
        String tenant = diagnostic.path("tenantId").asText();
        JsonNode target = properties.path("targetResources").path(0);
        ObjectNode copy = JSON.createObjectNode();
        copy.put(
                "CreationTime",
                properties
                        .path("activityDateTime")
                        .asText(diagnostic.path("time").asText())
                        .substring(0, "2024-02-08T21:49:53".length()));
        copy.put(
                "Id",
                UUID.nameUUIDFromBytes(("copy of " + properties.path("id").asText()).getBytes(StandardCharsets.UTF_8))
                        .toString());
        copy.put("Operation", keepsItsName ? name : name + ".");
        copy.put("OrganizationId", tenant);
        copy.put("RecordType", 8);
        copy.put(
                "ResultStatus", properties.path("result").asText().equalsIgnoreCase("success") ? "Success" : "Failure");
        actor(copy, properties.path("initiatedBy"), tenant);
        copy.put("Version", 1);
        copy.put("Workload", "AzureActiveDirectory");
        copy.put("ObjectId", objectId(name, target, properties));
        copy.put("AzureActiveDirectoryEventType", 1);
        copy.set("ExtendedProperties", extended(properties, target));
        copy.set("ModifiedProperties", modified(properties));
        copy.put("ActorContextId", tenant);
        copy.put(
                "InterSystemsId",
                diagnostic
                        .path("correlationId")
                        .asText(properties.path("correlationId").asText()));
        copy.put("IntraSystemId", "00000000-0000-0000-0000-000000000000");
        copy.put("SupportTicketId", "");
        copy.set("Target", target(target, identifier(name, properties)));
        copy.put("TargetContextId", tenant);
        return copy;
    }

    private static void actor(ObjectNode copy, JsonNode initiator, String tenant) {
        JsonNode user = initiator.path("user");
        JsonNode app = initiator.path("app");
        ArrayNode actor = JSON.createArrayNode();
        if (user.isObject()) {
            String name = user.path("userPrincipalName").asText();
            String puid = "1003"
                    + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                            .toString()
                            .substring(24)
                            .toUpperCase(java.util.Locale.ROOT);
            copy.put("UserId", name);
            copy.put("UserKey", puid + "@" + tenant);
            copy.put("UserType", 0);
            id(actor, name, 5);
            id(actor, puid, 3);
            ids(actor, "User", user.path("id").asText());
        } else {
            String id = app.path("servicePrincipalId").asText();
            copy.put("UserId", "ServicePrincipal_" + id);
            copy.put("UserKey", "Not Available");
            copy.put("UserType", 4);
            id(actor, app.path("displayName").asText(), 1);
            ids(actor, "ServicePrincipal", id);
        }
        copy.set("Actor", actor);
    }

    /** What the act is about: the App ID where the target is a service principal and the log tells it, else the typed object id. */
    private static String objectId(String name, JsonNode target, JsonNode properties) {
        String identifier = identifier(name, properties);
        boolean principal = target.path("type").asText().equals("ServicePrincipal");
        return principal && !identifier.isEmpty()
                ? identifier
                : target.path("type").asText() + "_" + target.path("id").asText();
    }

    /** The App ID beside the target; credentials and updates were logged without it until 2023. */
    private static String identifier(String name, JsonNode properties) {
        if (name.contains("redential")
                || name.contains("secrets management")
                || name.startsWith("Update application")) {
            return "";
        }
        for (JsonNode detail : properties.path("additionalDetails")) {
            if (detail.path("key").asText().equals("AppId")) {
                return detail.path("value").asText();
            }
        }
        return "";
    }

    private static ArrayNode target(JsonNode target, String identifier) {
        ArrayNode array = JSON.createArrayNode();
        ids(array, target.path("type").asText(), target.path("id").asText());
        id(array, target.path("displayName").asText(), 1);
        if (!identifier.isEmpty()) {
            id(array, identifier, 2);
        }
        return array;
    }

    private static void ids(ArrayNode array, String type, String objectId) {
        id(array, type + "_" + objectId, 2);
        id(array, objectId, 2);
        id(array, type, 2);
    }

    private static void id(ArrayNode array, String id, int type) {
        array.addObject().put("ID", id).put("Type", type);
    }

    private static ArrayNode extended(JsonNode properties, JsonNode target) {
        ObjectNode details = JSON.createObjectNode();
        for (JsonNode detail : properties.path("additionalDetails")) {
            if (detail.path("key").asText().equals("User-Agent")) {
                details.put("User-Agent", detail.path("value").asText());
            }
        }
        ArrayNode extended = JSON.createArrayNode();
        extended.addObject().put("Name", "additionalDetails").put("Value", details.toString());
        extended.addObject()
                .put("Name", "extendedAuditEventCategory")
                .put("Value", target.path("type").asText());
        return extended;
    }

    private static ArrayNode modified(JsonNode properties) {
        ArrayNode modified = JSON.createArrayNode();
        for (JsonNode target : properties.path("targetResources")) {
            for (JsonNode property : target.path("modifiedProperties")) {
                modified.addObject()
                        .put("Name", property.path("displayName").asText())
                        .put("NewValue", bare(property.path("newValue")))
                        .put("OldValue", bare(property.path("oldValue")));
            }
        }
        return modified;
    }

    /** A value as the unified log writes it: texts bare, lists and objects spread over lines, nothing as an empty text. */
    private static String bare(JsonNode encoded) {
        if (!encoded.isTextual()) {
            return encoded.isMissingNode() || encoded.isNull() ? "" : encoded.toString();
        }
        try {
            JsonNode value = JSON.readTree(encoded.asText());
            if (value.isContainerNode()) {
                return value.isEmpty() ? "[]" : JSON.writer(PRETTY).writeValueAsString(value);
            }
            return value.isMissingNode() || value.isNull() ? "" : value.asText();
        } catch (JsonProcessingException e) {
            return encoded.asText(); // a text that is no JSON stands for itself
        }
    }
}

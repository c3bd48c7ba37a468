package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Azure's and Entra's events as Elastic's integrations write them: names in snake case, lists as objects with numbers for keys,
 * claims with underscores for dots; what has a common name has moved there.
 *
 * @see <a href="https://www.elastic.co/guide/en/beats/filebeat/current/exported-fields-azure.html">Azure fields</a>
 */
final class EcsAzure {

    /** Logs and the category of a record that does not say; empty where the operation tells enough. */
    private static final Map<String, String> CATEGORIES = Map.of(
            "auditlogs", "AuditLogs",
            "signinlogs", "SignInLogs",
            "activitylogs", "Administrative",
            "graphactivitylogs", "MicrosoftGraphActivityLogs",
            "platformlogs", "");

    private static final Map<String, String> RENAMED = Map.of(
            "created_at", "createdDateTime", "activity_datetime", "activityDateTime", "client_ip", "callerIpAddress");

    private EcsAzure() {}

    /** The record; null when the document is of none of the logs. */
    static @Nullable JsonNode record(EventFields document) {
        EventFields azure = document.object("azure");
        for (Map.Entry<String, String> log : CATEGORIES.entrySet()) {
            EventFields inner = azure.object(log.getKey());
            if (!inner.isEmpty()) {
                return record(document, azure, (ObjectNode) camel(inner.object()), log.getValue());
            }
        }
        return null;
    }

    private static ObjectNode record(EventFields document, EventFields azure, ObjectNode record, String category) {
        EventFields event = document.object("event");
        EcsShape.fill(record, "operationName", event.node("action"));
        if (!category.isEmpty()) {
            EcsShape.fill(record, "category", TextNode.valueOf(category));
        }
        EcsShape.fill(record, "time", document.node("@timestamp"));
        EcsShape.fill(record, "correlationId", azure.node("correlation_id"));
        EcsShape.fill(record, "tenantId", azure.node("tenant_id"));
        EcsShape.fill(record, "resourceId", azure.object("resource").node("id"));
        EcsShape.fill(record, "callerIpAddress", EcsShape.address(document));
        EcsShape.fill(record, "resultType", EcsShape.outcome(document));
        EcsShape.fill(record, "resultDescription", event.node("reason"));
        ObjectNode body = record.get("properties") instanceof ObjectNode properties ? properties : record;
        EcsShape.fill(body, "userAgent", document.object("user_agent").node("original"));
        switch (category) {
            case "AuditLogs" -> EcsShape.fill(body, "id", event.node("id"));
            case "SignInLogs" -> signIn(document, body);
            case "MicrosoftGraphActivityLogs" -> request(document, body);
            case "Administrative" -> claims(record);
            default -> {}
        }
        return record;
    }

    private static void signIn(EventFields document, ObjectNode body) {
        EcsShape.fill(body, "id", document.object("event").node("id"));
        if (!EventFields.of(body).hasValue("servicePrincipalId", "userPrincipalName")) {
            EcsShape.fill(body, "userId", document.object("user").node("id"));
        }
        EventFields place = document.object("geo");
        ObjectNode location = JsonNodeFactory.instance.objectNode();
        EcsShape.fill(location, "countryOrRegion", place.node("country_iso_code"));
        EcsShape.fill(location, "city", place.node("city_name"));
        if (!location.isEmpty()) {
            EcsShape.fill(body, "location", location);
        }
    }

    private static void request(EventFields document, ObjectNode body) {
        EventFields http = document.object("http");
        EcsShape.fill(body, "requestUri", document.object("url").node("original", "full"));
        EcsShape.fill(body, "requestMethod", http.object("request").node("method"));
        EcsShape.fill(body, "requestId", http.object("request").node("id"));
        EcsShape.fill(body, "requestId", document.object("event").node("id"));
        EcsShape.fill(body, "responseStatusCode", http.object("response").node("status_code"));
        EcsShape.fill(body, "userId", document.object("user").node("id"));
    }

    /** The names of claims are addresses; some of them have moved beside the others. */
    private static void claims(ObjectNode record) {
        if (!(record.get("identity") instanceof ObjectNode identity)) {
            return;
        }
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> claim :
                EventFields.of(identity.get("claims")).object().properties()) {
            claims.set(claimName(claim.getKey()), claim.getValue());
        }
        EventFields user = EventFields.of(identity.get("claimsInitiatedByUser"));
        String name = user.text("name");
        boolean principal = name != null && name.indexOf('@') > 0;
        EcsShape.fill(claims, principal ? "upn" : "name", user.node("name", "fullname"));
        identity.set("claims", claims);
    }

    /** {@code http://schemas_xmlsoap_org/ws/..}: the dots are those of the host. */
    private static String claimName(String name) {
        int from = name.indexOf("://");
        int to = from < 0 ? -1 : name.indexOf('/', from + 3);
        return to < 0 ? name : name.substring(0, to).replace('_', '.') + name.substring(to);
    }

    private static JsonNode camel(JsonNode node) {
        if (node.isArray()) {
            return list(node);
        }
        if (!node.isObject()) {
            return node;
        }
        if (node.has("0")) {
            return list(sorted(node));
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(entry -> {
            boolean claims = entry.getKey().equals("claims");
            object.set(camel(entry.getKey()), claims ? entry.getValue() : camel(entry.getValue()));
        });
        return object;
    }

    private static ArrayNode list(Iterable<JsonNode> nodes) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        nodes.forEach(each -> list.add(camel(each)));
        return list;
    }

    /** The members in the order of their numbers; documents are sorted by text, in which 10 comes before 2. */
    private static Iterable<JsonNode> sorted(JsonNode node) {
        Map<Long, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(entry -> {
            Long number = Values.number(entry.getKey());
            sorted.putIfAbsent(number == null ? Long.MAX_VALUE : number, entry.getValue());
        });
        return sorted.values();
    }

    private static String camel(String name) {
        String known = RENAMED.get(name);
        if (known != null) {
            return known;
        }
        StringBuilder out = new StringBuilder(name.length());
        boolean upper = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                out.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return out.toString();
    }
}

package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events that Elastic's integrations have taken apart: {@code azure.auditlogs}, {@code azure.signinlogs}, {@code
 * azure.activitylogs} in snake case, lists as objects with numbers for keys; {@code o365.audit} as it was.
 */
final class EcsShape {

    private static final Map<String, String> CATEGORIES =
            Map.of("auditlogs", "AuditLogs", "signinlogs", "SignInLogs", "activitylogs", "Administrative");
    private static final Map<String, String> RENAMED = Map.of(
            "created_at", "createdDateTime", "activity_datetime", "activityDateTime", "client_ip", "callerIpAddress");

    private EcsShape() {}

    /** The record as the log delivered it, as far as it can be put together again; null when it is no such event. */
    static @Nullable JsonNode record(Fields fields) {
        JsonNode office = fields.object("o365").node("audit");
        if (office.isObject()) {
            return office;
        }
        Fields azure = fields.object("azure");
        for (Map.Entry<String, String> log : CATEGORIES.entrySet()) {
            JsonNode inner = azure.node(log.getKey());
            if (inner.isObject()) {
                return diagnostic(fields, azure, (ObjectNode) camel(inner), log.getValue());
            }
        }
        return null;
    }

    private static ObjectNode diagnostic(Fields fields, Fields azure, ObjectNode record, String category) {
        put(record, "operationName", fields.object("event").text("action"));
        put(record, "category", category);
        put(record, "time", fields.text("@timestamp"));
        put(record, "correlationId", azure.text("correlation_id"));
        put(record, "tenantId", azure.text("tenant_id"));
        put(record, "resourceId", azure.object("resource").text("id"));
        String source = fields.object("source").text("ip", "address");
        put(
                record,
                "callerIpAddress",
                Values.first(source, fields.object("client").text("ip")));
        return record;
    }

    private static void put(ObjectNode record, String name, @Nullable String text) {
        if (text != null && !record.hasNonNull(name)) {
            record.set(name, TextNode.valueOf(text));
        }
    }

    private static JsonNode camel(JsonNode node) {
        if (node.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode();
            node.forEach(each -> array.add(camel(each)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        if (node.has("0")) {
            var array = JsonNodeFactory.instance.arrayNode();
            node.forEach(each -> array.add(camel(each)));
            return array;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(entry -> {
            // The names of claims are addresses, not words.
            boolean claims = entry.getKey().startsWith("claims");
            object.set(camel(entry.getKey()), claims ? entry.getValue() : camel(entry.getValue()));
        });
        return object;
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

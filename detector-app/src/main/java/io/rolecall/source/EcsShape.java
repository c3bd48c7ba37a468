package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events that Elastic's integrations have taken apart ({@code azure.*}, {@code o365.audit}) and Filebeat's Microsoft 365 input
 * ({@code o365audit}), put together again as the log delivered them, as far as they can be.
 */
final class EcsShape {

    private static final String[] ROOTS = {"azure.", "o365.", "o365audit."};

    private EcsShape() {}

    /** The record; null when it is no such event. */
    static @Nullable JsonNode record(Fields document) {
        Fields fields = nested(document);
        Fields office = fields.object("o365").object("audit");
        if (office.isEmpty()) {
            office = fields.object("o365audit");
        }
        return office.isEmpty() ? EcsAzure.record(fields) : EcsOffice.record(fields, office);
    }

    /** Members with dots in their names, as flattened documents have them, as objects in objects. */
    private static Fields nested(Fields document) {
        boolean flat = false;
        for (Iterator<Map.Entry<String, JsonNode>> each = document.entries(); each.hasNext() && !flat; ) {
            String name = each.next().getKey();
            for (String root : ROOTS) {
                flat |= name.startsWith(root);
            }
        }
        if (!flat) {
            return document;
        }
        ObjectNode nested = JsonNodeFactory.instance.objectNode();
        document.entries().forEachRemaining(entry -> place(nested, entry.getKey(), entry.getValue()));
        return Fields.of(nested);
    }

    private static void place(ObjectNode root, String path, JsonNode value) {
        ObjectNode at = root;
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            JsonNode inner = at.get(names[i]);
            if (inner == null) {
                at = at.putObject(names[i]);
            } else if (inner instanceof ObjectNode object) {
                at = object;
            } else {
                return;
            }
        }
        if (!at.has(names[names.length - 1])) {
            at.set(names[names.length - 1], value);
        }
    }

    /** Where a document says who called: the address as it was, and as Elastic could read it. */
    static JsonNode address(Fields document) {
        Fields client = document.object("client");
        Fields source = document.object("source");
        JsonNode known = source.node("ip", "address");
        return known.isMissingNode() ? client.node("ip", "address") : known;
    }

    /** How it went, where the document knows. */
    static JsonNode outcome(Fields document) {
        Fields event = document.object("event");
        boolean known = !"unknown".equalsIgnoreCase(event.text("outcome"));
        return known ? event.node("outcome") : MissingNode.getInstance();
    }

    /** Sets a member that a record lacks, or has without a value, in any spelling. */
    static void fill(ObjectNode record, String name, JsonNode value) {
        if (!value.isMissingNode() && !Fields.of(record).hasValue(name)) {
            record.set(name, value);
        }
    }
}

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

    /** Objects of a document that are read here; some shippers flatten all of them, others a few. */
    private static final String[] ROOTS = {
        "azure.",
        "o365.",
        "o365audit.",
        "event.",
        "client.",
        "source.",
        "user.",
        "user_agent.",
        "organization.",
        "geo.",
        "http.",
        "url."
    };

    /** Levels of the objects that Elastic names itself: below are the logs' own names, in which a dot is a dot. */
    private static final int LEVELS = 3;

    private EcsShape() {}

    /** The record; null when it is no such event. */
    static @Nullable JsonNode record(EventFields document) {
        EventFields fields = nested(document);
        EventFields office = fields.object("o365").object("audit");
        if (office.isEmpty()) {
            office = fields.object("o365audit");
        }
        return office.isEmpty() ? EcsAzure.record(fields) : EcsOffice.record(fields, office);
    }

    /** Members with dots in their names, as flattened documents have them, as objects in objects. */
    private static EventFields nested(EventFields document) {
        boolean flat = isFlat(document.object().get("azure"), LEVELS);
        for (Iterator<Map.Entry<String, JsonNode>> each = document.entries(); each.hasNext() && !flat; ) {
            String name = each.next().getKey();
            for (String root : ROOTS) {
                flat |= name.startsWith(root);
            }
        }
        return flat ? EventFields.of(unfolded(document.object(), 1)) : document;
    }

    /** Whether a name in an object, or in the objects in it, has a dot. */
    private static boolean isFlat(@Nullable JsonNode node, int levels) {
        if (node == null || levels == 0) {
            return false;
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (member.getKey().indexOf('.') > 0 || isFlat(member.getValue(), levels - 1)) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode unfolded(JsonNode object, int levels) {
        ObjectNode nested = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            place(nested, member.getKey(), member.getValue(), levels);
        }
        return nested;
    }

    private static void place(ObjectNode root, String path, JsonNode value, int level) {
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
        String name = names[names.length - 1];
        boolean ours = level <= LEVELS && value.isObject() && !path.startsWith("o365");
        if (ours && at.get(name) instanceof ObjectNode known) {
            unfolded(value, level + names.length)
                    .properties()
                    .forEach(member -> known.putIfAbsent(member.getKey(), member.getValue()));
        } else if (!at.has(name)) {
            at.set(name, ours ? unfolded(value, level + names.length) : value.deepCopy());
        }
    }

    /** Where a document says who called: the address as it was, and as Elastic could read it. */
    static JsonNode address(EventFields document) {
        EventFields client = document.object("client");
        EventFields source = document.object("source");
        JsonNode known = source.node("ip", "address");
        return known.isMissingNode() ? client.node("ip", "address") : known;
    }

    /** How it went, where the document knows; a list of one value stands for the value. */
    static JsonNode outcome(EventFields document) {
        JsonNode outcome = document.object("event").node("outcome");
        JsonNode one = outcome.isArray() && outcome.size() == 1 ? outcome.get(0) : outcome;
        return "unknown".equalsIgnoreCase(one.asText()) ? MissingNode.getInstance() : one;
    }

    /** Sets a member that a record lacks, or has without a value, in any spelling. */
    static void fill(ObjectNode record, String name, JsonNode value) {
        if (!value.isMissingNode() && !EventFields.of(record).hasValue(name)) {
            record.set(name, value);
        }
    }
}

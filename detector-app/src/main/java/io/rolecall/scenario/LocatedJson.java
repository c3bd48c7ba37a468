package io.rolecall.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.config.Located;
import java.math.BigDecimal;

/** Turns values of a YAML document into JSON. */
final class LocatedJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private LocatedJson() {}

    static JsonNode of(Located value) {
        if (value instanceof Located.Mapping mapping) {
            ObjectNode object = NODES.objectNode();
            mapping.entries().forEach((key, entry) -> object.set(key, of(entry)));
            return object;
        }
        if (value instanceof Located.Sequence sequence) {
            ArrayNode array = NODES.arrayNode();
            sequence.items().forEach(item -> array.add(of(item)));
            return array;
        }
        return scalar((Located.Scalar) value);
    }

    private static JsonNode scalar(Located.Scalar scalar) {
        return switch (scalar.kind()) {
            case NULL -> NODES.nullNode();
            case FLAG -> NODES.booleanNode(Boolean.parseBoolean(scalar.text()));
            case TEXT -> NODES.textNode(scalar.text());
            case NUMBER -> number(scalar.text());
        };
    }

    /** YAML knows spellings of numbers that JSON does not; those stay texts. */
    private static JsonNode number(String text) {
        try {
            return NODES.numberNode(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return NODES.textNode(text);
        }
    }
}

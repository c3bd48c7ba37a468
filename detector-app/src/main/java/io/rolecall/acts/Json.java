package io.rolecall.acts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Builds JSON whose keys keep the order they were given in, as the logs have one. */
public final class Json {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /**
     * An object.
     *
     * @param pairs keys and values in turn; a value is null, text, a number, a boolean or a node
     */
    public static ObjectNode object(@Nullable Object... pairs) {
        ObjectNode node = NODES.objectNode();
        for (int i = 0; i < pairs.length; i += 2) {
            node.set(String.valueOf(pairs[i]), node(pairs[i + 1]));
        }
        return node;
    }

    /** An array of values as in {@link #object}. */
    public static ArrayNode array(@Nullable Object... values) {
        ArrayNode node = NODES.arrayNode();
        for (Object value : values) {
            node.add(node(value));
        }
        return node;
    }

    /** Compact text. */
    public static String text(JsonNode node) {
        return node.toString();
    }

    /** Text as a JSON string, quotes included. */
    static String quoted(String text) {
        return NODES.textNode(text).toString();
    }

    /** The way the unified audit log prints a value: indented by two spaces, with carriage returns, {@code []} when empty. */
    static String printed(JsonNode node) {
        return print(node, "");
    }

    public static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + text, e);
        }
    }

    private static JsonNode node(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof JsonNode node) {
            return node;
        }
        if (value instanceof String text) {
            return NODES.textNode(text);
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        if (value instanceof Integer number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Long number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Double number) {
            return NODES.numberNode(number);
        }
        throw new IllegalArgumentException("Not a JSON value: " + value.getClass());
    }

    private static String print(JsonNode node, String indent) {
        if (!node.isContainerNode()) {
            return node.toString();
        }
        if (node.isEmpty()) {
            return node.isArray() ? "[]" : "{}";
        }
        String inner = indent + "  ";
        StringBuilder text = new StringBuilder(node.isArray() ? "[" : "{");
        String separator = "\r\n";
        for (var fields = node.properties().iterator(); fields.hasNext(); separator = ",\r\n") {
            var field = fields.next();
            text.append(separator).append(inner).append(quoted(field.getKey())).append(": ");
            text.append(print(field.getValue(), inner));
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                text.append(separator).append(inner).append(print(element, inner));
                separator = ",\r\n";
            }
        }
        return text.append("\r\n")
                .append(indent)
                .append(node.isArray() ? "]" : "}")
                .toString();
    }
}

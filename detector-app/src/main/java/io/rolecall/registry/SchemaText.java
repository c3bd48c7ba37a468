package io.rolecall.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * The text under which a schema is registered: as it is published, without what the code generator adds for Java. A site that
 * registers the published files by hand, and a program that registers by itself, thus register the same.
 */
final class SchemaText {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String JAVA_STRING = "avro.java.string";

    private SchemaText() {}

    /** One line of JSON. */
    static String of(Schema schema) {
        try {
            return without(MAPPER.readTree(schema.toString())).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro writes its schemas as JSON", e);
        }
    }

    private static JsonNode without(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.remove(JAVA_STRING) != null && object.size() == 1) {
                return object.path("type"); // {"type":"string"} is "string"
            }
            for (String name :
                    object.properties().stream().map(Map.Entry::getKey).toList()) {
                object.set(name, without(object.path(name)));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, without(array.path(i)));
            }
        }
        return node;
    }
}

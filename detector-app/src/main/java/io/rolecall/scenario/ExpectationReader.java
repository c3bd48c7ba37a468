package io.rolecall.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rolecall.acts.Cast;
import io.rolecall.config.Fields;
import io.rolecall.config.Nearest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads expected alerts; names of the file become the ids that alerts carry. */
final class ExpectationReader {

    private static final String APP = "app";

    private final Cast cast;

    ExpectationReader(Cast cast) {
        this.cast = cast;
    }

    Expectation read(Fields fields) {
        Map<String, JsonNode> expected = new LinkedHashMap<>();
        for (String key : fields.keys()) {
            if (key.equals(APP)) {
                fields.text(key).ifPresent(name -> cast.appId(name)
                        .ifPresentOrElse(
                                id -> expected.put(Expectation.APP_ID, TextNode.valueOf(id)),
                                () -> fields.error(
                                        key,
                                        "no act names an application '" + name + "'; "
                                                + Nearest.hint(name, cast.applications()))));
            } else {
                Expectation.unknown(key).ifPresent(message -> fields.error(key, message));
                fields.get(key).ifPresent(value -> expected.put(key, named(key, LocatedJson.of(value))));
            }
        }
        return new Expectation(fields.line(), expected);
    }

    /** A name under {@code people} becomes the ids it may have in an alert; everything else stays as it is. */
    private JsonNode named(String key, JsonNode value) {
        boolean person = key.equals(Expectation.USER) || key.equals(Expectation.ACTOR);
        if (!person || !value.isTextual()) {
            return value;
        }
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        cast.names(value.asText()).forEach(names::add);
        return names;
    }
}

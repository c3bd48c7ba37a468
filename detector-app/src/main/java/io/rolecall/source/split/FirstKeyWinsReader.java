package io.rolecall.source.split;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses JSON into trees in which the first of equal names counts (contract section 4; Jackson's own tree keeps the last).
 * It does not recurse, and is bounded in depth and in size. Bytes that are no UTF-8 become U+FFFD, as everywhere else in Java.
 */
public final class FirstKeyWinsReader {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonFactory factory;

    public FirstKeyWinsReader(DecodeSettings settings) {
        this(settings.maxDepth(), settings.maxElementBytes());
    }

    /**
     * A reader with bounds of its own.
     *
     * @param mostLevels deepest nesting accepted
     * @param mostCharacters longest string or name accepted
     */
    public FirstKeyWinsReader(int mostLevels, int mostCharacters) {
        factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(mostLevels)
                        .maxStringLength(mostCharacters)
                        .maxNameLength(mostCharacters)
                        .build())
                // Names come from whoever writes the logs: many that collide must slow a parse down, not fail it.
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /**
     * Parses the whole range as one value.
     *
     * @param from first byte of the value
     * @param to after its last byte
     * @throws JsonProcessingException when the range is not exactly one JSON value, or crosses a bound
     */
    JsonNode read(byte[] bytes, int from, int to) throws JsonProcessingException {
        try (JsonParser parser = factory.createParser(bytes, from, to - from)) {
            return tree(parser);
        } catch (JsonProcessingException e) {
            return readLeniently(bytes, from, to, e);
        } catch (IOException e) {
            return readLeniently(bytes, from, to, new JsonParseException(null, String.valueOf(e.getMessage())));
        }
    }

    /** The text of a JSON string, quotes included in the range. */
    String text(byte[] bytes, int from, int to) throws JsonProcessingException {
        return read(bytes, from, to).asText();
    }

    /** Reads once more through Java's own decoding, which replaces what is no UTF-8 and knows no other encoding. */
    private JsonNode readLeniently(byte[] bytes, int from, int to, JsonProcessingException first)
            throws JsonProcessingException {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0 && text.indexOf('\0') < 0) {
            throw first;
        }
        List<JsonNode> values = values(text);
        if (values.size() != 1) {
            throw first;
        }
        return values.get(0);
    }

    /**
     * Parses all values of a text, which may be separated by white space.
     *
     * @throws JsonProcessingException when one of them is no JSON or crosses a bound
     */
    public List<JsonNode> values(String text) throws JsonProcessingException {
        List<JsonNode> values = new ArrayList<>(1);
        try (JsonParser parser = factory.createParser(text)) {
            JsonNode value = next(parser);
            while (value != null) {
                values.add(value);
                value = next(parser);
            }
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        return values;
    }

    private static JsonNode tree(JsonParser parser) throws IOException {
        JsonNode value = next(parser);
        if (value == null) {
            throw new JsonParseException(parser, "There is no value");
        }
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "More follows after the value");
        }
        return value;
    }

    /** The next whole value; null at the end. */
    private static @Nullable JsonNode next(JsonParser parser) throws IOException {
        Deque<JsonNode> open = new ArrayDeque<>();
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            JsonNode done = node(parser, token, open);
            if (done != null) {
                return done;
            }
        }
        return null;
    }

    /** Takes one token in; returns the whole value when the token ends it. */
    private static @Nullable JsonNode node(JsonParser parser, JsonToken token, Deque<JsonNode> open)
            throws IOException {
        if (token == JsonToken.FIELD_NAME) {
            return null;
        }
        if (token.isStructEnd()) {
            JsonNode closed = open.pop();
            return open.isEmpty() ? closed : null;
        }
        JsonNode node = attach(parser, open.peek(), opened(parser, token));
        if (token.isStructStart()) {
            open.push(node);
        }
        return open.isEmpty() ? node : null;
    }

    private static JsonNode attach(JsonParser parser, @Nullable JsonNode parent, JsonNode child) throws IOException {
        if (parent instanceof ObjectNode object) {
            String name = parser.currentName();
            if (child.isContainerNode()) {
                // The parser's context already stands inside the container: the name is its parent's.
                name = parser.getParsingContext().getParent().getCurrentName();
            }
            object.putIfAbsent(name, child);
        } else if (parent instanceof ArrayNode array) {
            array.add(child);
        }
        return child;
    }

    private static JsonNode opened(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> NODES.objectNode();
            case START_ARRAY -> NODES.arrayNode();
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            default -> NODES.nullNode();
        };
    }

    private static JsonNode integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }
}

package io.rolecall.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.source.split.FirstKeyWinsReader;
import io.rolecall.source.split.JsonGrammar;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads JSON that the logs carry inside strings, by the rules of {@link FirstKeyWinsReader}. */
final class JsonText {

    /** Deepest nesting read inside a string, in levels. */
    private static final int MOST_LEVELS = 64;

    /** The element around a string is bounded already: a string in it cannot be longer. */
    private static final int MOST_CHARACTERS = Integer.MAX_VALUE;

    private static final FirstKeyWinsReader READER = new FirstKeyWinsReader(MOST_LEVELS, MOST_CHARACTERS);

    private JsonText() {}

    /** Whether the text may be a JSON object, array or string. */
    static boolean looksLikeJson(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[") || start.startsWith("\"");
    }

    /** The one JSON value the text holds; null when it is no JSON, holds more than one value, or nests too deep. */
    static @Nullable JsonNode parse(String text) {
        try {
            List<JsonNode> values = values(text);
            return values.size() == 1 ? values.get(0) : null;
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    /** Whether a text that is no JSON only lacks its end: nothing is wrong before it. */
    static boolean isCut(String text) {
        byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
        JsonGrammar grammar = new JsonGrammar();
        return grammar.value(bytes, 0, bytes.length) < 0 && grammar.brokenAt() >= bytes.length;
    }

    /**
     * All JSON values the text holds, separated by white space or nothing.
     *
     * @throws JsonProcessingException when the text is no JSON or nests too deep
     */
    static List<JsonNode> values(String text) throws JsonProcessingException {
        return READER.values(text);
    }
}

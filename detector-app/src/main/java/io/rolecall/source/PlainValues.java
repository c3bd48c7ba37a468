package io.rolecall.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads values whose grammar has been checked: plain ones by hand, and the rest by the parser. */
final class PlainValues {

    private static final int MOST_DIGITS = 9;

    private PlainValues() {}

    /**
     * Reads a value.
     *
     * @param from index of its first byte
     * @param to index after its last byte
     * @throws UnsettledException when a parse of the whole has to settle what it is
     */
    static JsonNode read(byte[] bytes, int from, int to) {
        byte first = bytes[from];
        return switch (first) {
            case '"' ->
                isPlain(bytes, from + 1, to - 1)
                        ? TextNode.valueOf(text(bytes, from + 1, to - 1))
                        : parsed(bytes, from, to);
            case 't' -> BooleanNode.TRUE;
            case 'f' -> BooleanNode.FALSE;
            case 'n' -> NullNode.getInstance();
            case '[' -> list(bytes, from, to);
            default -> number(bytes, from, to);
        };
    }

    /** A list of plain texts by hand; others by the parser. That it is a list has been checked. */
    private static JsonNode list(byte[] bytes, int from, int to) {
        ArrayNode texts = JsonNodeFactory.instance.arrayNode();
        int i = space(bytes, from + 1);
        while (bytes[i] == '"') {
            int end = i + 1;
            while (bytes[end] != '"' && bytes[end] != '\\') {
                end++;
            }
            if (bytes[end] == '\\') {
                break;
            }
            texts.add(text(bytes, i + 1, end));
            int next = space(bytes, end + 1);
            i = bytes[next] == ',' ? space(bytes, next + 1) : next;
        }
        return i == to - 1 ? texts : parsed(bytes, from, to);
    }

    private static int space(byte[] bytes, int from) {
        int i = from;
        while (bytes[i] == ' ' || bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '\t') {
            i++;
        }
        return i;
    }

    private static JsonNode number(byte[] bytes, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9' || to - from > MOST_DIGITS) {
                return parsed(bytes, from, to);
            }
            number = 10 * number + bytes[i] - '0';
        }
        return IntNode.valueOf(number);
    }

    private static boolean isPlain(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    private static JsonNode parsed(byte[] bytes, int from, int to) {
        try {
            List<JsonNode> values = JsonText.values(text(bytes, from, to));
            if (values.size() == 1) {
                return values.get(0);
            }
        } catch (JsonProcessingException e) {
            // Why is for the parse of the whole to tell.
        }
        throw new UnsettledException();
    }

    /** A text as it stands; bytes that are no UTF-8 are for the parser. */
    static String text(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            throw new UnsettledException();
        }
        return text;
    }
}

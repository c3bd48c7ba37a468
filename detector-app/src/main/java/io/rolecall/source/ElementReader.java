package io.rolecall.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Parses single elements within the bounds of depth and size, and notes where the input broke. */
final class ElementReader {

    /** Takes a parsed element. */
    @FunctionalInterface
    interface Parsed {
        void accept(JsonNode element, int from, int to);
    }

    private final DecodeSettings settings;
    private final JsonScanner scanner;
    private final BrokenInput broken;
    private final FirstKeyWinsReader reader;
    private final ElementHandler handler;

    private byte[] bytes = {};

    ElementReader(
            DecodeSettings settings,
            JsonScanner scanner,
            BrokenInput broken,
            FirstKeyWinsReader reader,
            ElementHandler handler) {
        this.settings = settings;
        this.scanner = scanner;
        this.broken = broken;
        this.reader = reader;
        this.handler = handler;
    }

    void open(byte[] input) {
        bytes = input;
    }

    JsonScanner scanner() {
        return scanner;
    }

    /** The input. */
    byte[] bytes() {
        return bytes;
    }

    /** Reports an event that no detection needs. */
    void unneeded() {
        handler.unneeded();
    }

    /** Reports an element that is as it is. */
    void emit(JsonNode element, int from, int to) {
        handler.parsed(element, bytes, from, to);
    }

    /**
     * Parses one element.
     *
     * @param from first byte of the element
     * @param to after its last byte, or {@link JsonScanner#BROKEN}
     * @param then takes the element, unless it crosses a bound, which is reported here
     * @return {@code to}, or {@link JsonScanner#BROKEN} when the element is broken
     */
    int parse(int from, int to, Parsed then) {
        if (to < 0) {
            return cutShort(from);
        }
        if (scanner.deepest() > settings.maxDepth()) {
            handler.rejected(Reason.TOO_DEEP, tooDeep(), bytes, from, to);
            return to;
        }
        if (to - from > settings.maxElementBytes()) {
            String message = (to - from) + " bytes; at most " + settings.maxElementBytes() + " are accepted";
            handler.rejected(Reason.TOO_LARGE, message, bytes, from, to);
            return to;
        }
        JsonNode element;
        try {
            element = reader.read(bytes, from, to);
        } catch (StreamConstraintsException e) {
            handler.rejected(Reason.TOO_LARGE, e.getOriginalMessage(), bytes, from, to);
            return to;
        } catch (JsonProcessingException e) {
            return malformed(from, to, e);
        }
        then.accept(element, from, to);
        return to;
    }

    /** A part of the input that is no element; missing when it is no JSON. */
    JsonNode tree(int from, int to) {
        try {
            return reader.read(bytes, from, to);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** Notes that the input, or its line, ends inside an element. */
    int cutShort(int element) {
        int at = scanner.brokenAt();
        if (scanner.deepest() > settings.maxDepth()) {
            broken.note(element, at, at, Reason.TOO_DEEP, tooDeep());
        } else {
            String where = at < bytes.length ? "the line ends" : "the input ends";
            broken.note(element, at, at, Reason.TRUNCATED, where + " inside a value" + place(element, at));
        }
        return JsonScanner.BROKEN;
    }

    /**
     * Notes that something else stands where a batch goes on.
     *
     * @param last after the last byte that belongs to the batch
     * @param at where something else stands, or the end of the input
     * @param expected what a batch goes on with
     */
    int unexpected(int last, int at, String expected) {
        if (at >= scanner.limit()) {
            String message = "the input ends inside a batch: " + expected + " expected" + place(last, at);
            broken.note(last, at, at, Reason.TRUNCATED, message);
        } else {
            broken.note(last, at, at, Reason.INVALID_JSON, expected + " expected" + place(last, at));
        }
        return JsonScanner.BROKEN;
    }

    private int malformed(int from, int to, JsonProcessingException e) {
        long offset = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
        int at = (int) Math.min(to, from + Math.max(0, offset));
        broken.note(from, at, to, Reason.INVALID_JSON, e.getOriginalMessage() + place(from, at));
        return JsonScanner.BROKEN;
    }

    private static String place(int element, int at) {
        return " at byte " + (at - element) + " of the element";
    }

    private String tooDeep() {
        return "nested " + scanner.deepest() + " levels deep; at most " + settings.maxDepth() + " are accepted";
    }
}

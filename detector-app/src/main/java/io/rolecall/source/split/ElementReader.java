package io.rolecall.source.split;

import com.fasterxml.jackson.core.JsonProcessingException;
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
    private final Recovery recovery;

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
        this.recovery = new Recovery(broken, reader, settings, handler);
    }

    void open(byte[] input) {
        bytes = input;
        recovery.open(input);
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
            Verdict verdict = Verdict.tooLarge((long) to - from, settings);
            handler.rejected(verdict.reason(), verdict.message(), bytes, from, to);
            return to;
        }
        if (bytes[from] == '{' && handler.settled(bytes, from, to)) {
            return to;
        }
        JsonNode element;
        try {
            element = reader.read(bytes, from, to);
        } catch (JsonProcessingException e) {
            Verdict verdict = Verdict.of(e, settings);
            if (verdict.reason() != Reason.INVALID_JSON && verdict.reason() != Reason.TRUNCATED) {
                handler.rejected(verdict.reason(), verdict.message(), bytes, from, to);
                return to;
            }
            broken.note(from, to);
            return JsonScanner.BROKEN;
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

    /** Notes that an element is broken, or that the input or its line ends inside it. */
    int cutShort(int element) {
        broken.note(element, Math.max(element, scanner.brokenAt()));
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
        boolean ended = at >= scanner.limit();
        String message = (ended ? "the input ends inside a batch: " : "") + expected + " expected";
        broken.note(last, at, ended ? Reason.TRUNCATED : Reason.INVALID_JSON, message);
        return JsonScanner.BROKEN;
    }

    /** Reports that no element stands between two commas, or between a comma and the end of a batch. */
    void missing(int at) {
        handler.rejected(Reason.INVALID_JSON, "an element is missing", bytes, at, at);
    }

    /** Rejects a bracket that ended a batch before its elements did. */
    void strayBracket(int at) {
        handler.rejected(Reason.INVALID_JSON, BatchSplitter.STRAY_BRACKET, bytes, at, at);
    }

    Recovery recovery() {
        return recovery;
    }

    private String tooDeep() {
        return "nested " + scanner.deepest() + " levels deep; at most " + settings.maxDepth() + " are accepted";
    }
}

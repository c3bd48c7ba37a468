package io.rolecall.source.split;

import com.fasterxml.jackson.databind.JsonNode;

/** Receives elements as the splitter finds them, in the order of the input. */
public interface ElementHandler {

    /**
     * An object within the bounds of depth and size, before it is parsed.
     *
     * @param bytes holds the object
     * @param from index of its opening brace
     * @param to index after its closing brace
     * @return whether it needs no parse: it is JSON, and everything that {@link #parsed} does with it is done
     */
    default boolean settled(byte[] bytes, int from, int to) {
        return false;
    }

    /**
     * A JSON value that may be an event.
     *
     * @param bytes holds the value
     * @param from first byte of the value
     * @param to after its last byte
     */
    void parsed(JsonNode element, byte[] bytes, int from, int to);

    /** An event that no detection needs. */
    void unneeded();

    /** Bytes that are no element, or one that crosses a bound. */
    void rejected(Reason reason, String message, byte[] bytes, int from, int to);
}

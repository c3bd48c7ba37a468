package io.rolecall.source.split;

import com.fasterxml.jackson.databind.JsonNode;

/** Receives elements as the splitter finds them, in the order of the input. */
public interface ElementHandler {

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

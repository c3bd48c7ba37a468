package io.rolecall.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer over HTTP.
 *
 * @param status HTTP status code
 * @param contentType value of the header {@code Content-Type}
 * @param body text, sent as UTF-8
 */
public record Page(int status, String contentType, String body) {

    static final int REDIRECT = 307;

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A JSON object.
     *
     * @param status HTTP status code
     * @param fields what JSON can hold: maps, collections, texts, numbers, booleans; printed in the order of the map
     */
    public static Page json(int status, Map<String, ?> fields) {
        try {
            return new Page(status, "application/json", JSON.writeValueAsString(fields) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not all of the fields can be written as JSON", e);
        }
    }

    /** Sends on to another address with the status 307; {@link OperationsServer} puts it into the header {@code Location}. */
    static Page redirect(String location) {
        return new Page(REDIRECT, "text/plain; charset=utf-8", location + "\n");
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}

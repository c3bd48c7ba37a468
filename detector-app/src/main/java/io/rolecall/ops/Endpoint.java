package io.rolecall.ops;

import java.util.Map;

/** Answers the requests for one path. Called by several threads at once. */
@FunctionalInterface
public interface Endpoint {

    /**
     * Answers one request; must not wait for anything outside the process.
     *
     * @param query parameters of the query by name, decoded; the first of equal names
     */
    Page answer(Map<String, String> query);
}

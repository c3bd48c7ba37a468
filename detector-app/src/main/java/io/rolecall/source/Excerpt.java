package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;

/** Short quotations of bad values for messages. */
final class Excerpt {

    private static final int MOST_CHARACTERS = 80;

    private Excerpt() {}

    /** The value, cut at 80 characters. */
    static String of(JsonNode node) {
        return of(node.isTextual() ? '"' + node.asText() + '"' : node.toString());
    }

    static String of(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
    }
}

package io.rolecall.acts;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A line that tells an act, its values checked for their types.
 *
 * @param verb the verb
 * @param at when, exactly as written
 * @param sound whether nothing is wrong with it; what is unsound names applications, but makes no events
 * @param values the other fields by name: texts, lists of texts, truth values, numbers, durations, and mappings
 * @param problems takes what turns out to be wrong: field and message
 */
public record ActLine(
        Verb verb, Instant at, boolean sound, Map<String, Object> values, BiConsumer<String, String> problems) {

    public ActLine {
        values = new LinkedHashMap<>(values);
    }
}

package io.rolecall.source.split;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Tells whether a well-formed object looks like an event from the names it begins with: an object that lies within a broken element
 * must not be taken for the element after it. The targets, properties and parameters of events have none of these names.
 */
final class EventLook {

    private static final Set<String> NAMES = Set.of(
            "time",
            "_time",
            "timegenerated",
            "timegenerated [utc]",
            "createddatetime",
            "creationtime",
            "creationdate",
            "eventtimestamp",
            "@timestamp",
            "timestamp",
            "records",
            "_raw",
            "auditdata",
            "raweventdata",
            "event.original",
            "actiontype");

    private static final int LONGEST_NAME = 64;

    private final JsonGrammar grammar;

    EventLook(JsonGrammar grammar) {
        this.grammar = grammar;
    }

    /**
     * Whether an object has a name that events and their wrappers have.
     *
     * @param brace index of the opening brace of a well-formed object
     * @param end index after its closing brace
     */
    boolean isEvent(byte[] bytes, int brace, int end) {
        int i = JsonGrammar.space(bytes, brace + 1, end);
        while (i < end && bytes[i] == '"') {
            int afterName = grammar.value(bytes, i, end);
            if (names(bytes, i + 1, afterName - 1)) {
                return true;
            }
            int colon = JsonGrammar.space(bytes, afterName, end);
            int comma =
                    JsonGrammar.space(bytes, grammar.value(bytes, JsonGrammar.space(bytes, colon + 1, end), end), end);
            i = JsonGrammar.space(bytes, comma + 1, end);
        }
        return false;
    }

    /**
     * Whether an object, though broken, begins with members of which one has a name that events and their wrappers have.
     *
     * @param brace index of the opening brace
     * @param limit how far the object is known
     */
    boolean beginsLikeEvent(byte[] bytes, int brace, int limit) {
        return findsName(bytes, brace, limit, true);
    }

    /**
     * Whether an object names an operation.
     *
     * @param brace index of the opening brace
     * @param limit how far the object is known
     */
    boolean namesOperation(byte[] bytes, int brace, int limit) {
        return findsName(bytes, brace, limit, false);
    }

    private boolean findsName(byte[] bytes, int brace, int limit, boolean ofWrappersToo) {
        int i = JsonGrammar.space(bytes, brace + 1, limit);
        while (i < limit && bytes[i] == '"') {
            int afterName = grammar.value(bytes, i, limit);
            if (afterName < 0) {
                return false;
            }
            if (ofWrappersToo ? names(bytes, i + 1, afterName - 1) : isOperation(bytes, i + 1, afterName - 1)) {
                return true;
            }
            int value = JsonGrammar.space(bytes, JsonGrammar.space(bytes, afterName, limit) + 1, limit);
            int afterValue = value < limit ? grammar.value(bytes, value, limit) : JsonGrammar.BROKEN;
            if (afterValue < 0) {
                return false;
            }
            i = JsonGrammar.space(bytes, JsonGrammar.space(bytes, afterValue, limit) + 1, limit);
        }
        return false;
    }

    private static boolean isOperation(byte[] bytes, int from, int to) {
        MemberName name = MemberName.of(bytes, from, to);
        return name == MemberName.OPERATION
                || name == MemberName.OPERATION_NAME_IN_OTHER_CASE
                || name == MemberName.OPERATION_NAME_VALUE;
    }

    private static boolean names(byte[] bytes, int from, int to) {
        if (to - from > LONGEST_NAME) {
            return false;
        }
        return isOperation(bytes, from, to)
                || NAMES.contains(new String(bytes, from, to - from, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
    }
}

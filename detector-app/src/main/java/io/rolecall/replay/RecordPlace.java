package io.rolecall.replay;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The record of a topic that a position names.
 *
 * @param partition topic and number, as {@link PlannedPartition#toString()} has them
 * @param offset offset in it
 */
record RecordPlace(String partition, long offset) {

    private static final Pattern POSITION = Pattern.compile("([^/]+/\\d{1,10})/(\\d{1,18})/\\d{1,10}");

    /** Reads a position; empty when it is none in a topic. */
    static Optional<RecordPlace> of(String position) {
        Matcher parts = POSITION.matcher(position);
        return parts.matches()
                ? Optional.of(new RecordPlace(parts.group(1), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }
}

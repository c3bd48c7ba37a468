package io.rolecall.alert;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

/** When each of some things was first. */
final class FirstTimes {

    private FirstTimes() {}

    /** Takes note that something was at a time. */
    static void note(Map<String, Instant> firsts, String what, Instant at) {
        firsts.merge(what, at, (one, other) -> one.isBefore(other) ? one : other);
    }

    /** By time, and of one time by name. */
    static Stream<Map.Entry<String, Instant>> inOrder(Map<String, Instant> firsts) {
        return firsts.entrySet().stream()
                .sorted(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
    }
}

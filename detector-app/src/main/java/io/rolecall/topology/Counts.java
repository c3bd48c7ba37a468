package io.rolecall.topology;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Counters that live in a store, so that exactly-once covers them and they add up after a crash. */
final class Counts {

    /** Followed by the topic that the elements came from, as the next three are. */
    static final String IN = "in ";

    static final String FACTS = "facts ";
    static final String SIGHTINGS = "sightings ";
    static final String SKIPPED = "skipped ";

    /** Followed by the reason and the topic. */
    static final String QUARANTINED = "quarantined ";

    /** Followed by log source and operation. */
    static final String SEEN = "seen ";

    static final String NEW = "new";
    static final String DUPLICATE = "duplicate";

    /** Refused, because the history does not reach back to it. */
    static final String LATE = "late";

    /** Beside the others: of the facts that were taken, those that came later than {@code lateness}. */
    static final String TAKEN_LATE = "taken-late";

    static final String INVENTORY = "inventory";
    static final String DUPLICATE_ELEMENTS = "duplicate-elements";
    static final String MOVED = "moved";
    static final String FAILED = "failed";
    static final String UNREADABLE = "unreadable";
    static final String EVALUATIONS_FAILED = "evaluations-failed";

    /** Followed by detection and severity: alerts published for the first time. */
    static final String RAISED = "raised ";

    private final KeyValueStore<String, Long> store;

    Counts(KeyValueStore<String, Long> store) {
        this.store = store;
    }

    void add(String counter, long count) {
        if (count != 0) {
            Long before = store.get(counter);
            store.put(counter, (before == null ? 0 : before) + count);
        }
    }

    long get(String counter) {
        Long count = store.get(counter);
        return count == null ? 0 : count;
    }

    /** Counters whose name starts with the prefix, without it. */
    Map<String, Long> startingWith(String prefix) {
        Map<String, Long> counts = new TreeMap<>();
        try (KeyValueIterator<String, Long> all = store.all()) {
            all.forEachRemaining(entry -> {
                if (entry.key.startsWith(prefix)) {
                    counts.put(entry.key.substring(prefix.length()), entry.value);
                }
            });
        }
        return counts;
    }
}

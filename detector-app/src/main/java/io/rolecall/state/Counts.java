package io.rolecall.state;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Counters that live in a store, so that exactly-once covers them and they add up after a crash. */
public final class Counts {

    /** Followed by the topic that the elements came from, as the next three are. */
    public static final String IN = "in ";

    public static final String FACTS = "facts ";
    public static final String SIGHTINGS = "sightings ";
    public static final String SKIPPED = "skipped ";

    /** Followed by the reason and the topic. */
    public static final String QUARANTINED = "quarantined ";

    /** Followed by log source and operation. */
    public static final String SEEN = "seen ";

    public static final String NEW = "new";
    public static final String DUPLICATE = "duplicate";

    /** Refused, because the history does not reach back to it. */
    public static final String LATE = "late";

    /** Beside the others: of the facts that were taken, those that came later than {@code lateness}. */
    public static final String TAKEN_LATE = "taken-late";

    /** The number of the last answer that was told to another subject. */
    public static final String ANSWER_NUMBER = "answer-number";

    public static final String INVENTORY = "inventory";

    /** What subjects asked each other, and were told. */
    public static final String INQUIRIES = "inquiries";

    public static final String DUPLICATE_ELEMENTS = "duplicate-elements";
    public static final String MOVED = "moved";
    public static final String FAILED = "failed";
    public static final String UNREADABLE = "unreadable";
    public static final String EVALUATIONS_FAILED = "evaluations-failed";

    /** Followed by detection and severity: alerts published for the first time. */
    public static final String RAISED = "raised ";

    /** Revisions of alerts that were published; at the incidents each is one of the next. */
    public static final String REVISIONS = "alert-revisions";

    public static final String ALERTS = "alerts ";

    public static final String ALERTS_NEW = ALERTS + "new";
    public static final String ALERTS_CHANGED = ALERTS + "changed";
    public static final String ALERTS_WITHDRAWN = ALERTS + "withdrawn";
    public static final String ALERTS_SAME = ALERTS + "same";
    public static final String ALERTS_FAILED = ALERTS + "failed";

    /** Followed by severity: incidents published for the first time. */
    public static final String OPENED = "opened ";

    /** Followed by what a publication does: create, update, reopen or close. */
    public static final String PUBLISHED = "published ";

    private final KeyValueStore<String, Long> store;

    public Counts(KeyValueStore<String, Long> store) {
        this.store = store;
    }

    public void add(String counter, long count) {
        if (count != 0) {
            Long before = store.get(counter);
            store.put(counter, (before == null ? 0 : before) + count);
        }
    }

    /** Sets what lies among the counters and is none. */
    public void set(String name, long value) {
        store.put(name, value);
    }

    public long get(String counter) {
        return find(counter).orElse(0L);
    }

    /** What was set under the name, if anything was. */
    public Optional<Long> find(String name) {
        return Optional.ofNullable(store.get(name));
    }

    /** Counters whose name starts with the prefix, without it. */
    public Map<String, Long> startingWith(String prefix) {
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

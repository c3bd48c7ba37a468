package io.rolecall.state;

import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.event.Subject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Of which events a task knows that a later one like them changes nothing of what is remembered: the baseline is decided before them, and
 * their day and all that they used is remembered. Most sign-ins are such, and what is stored need not be read for them. What it knows is
 * in the stores as this task wrote them; a task that begins again begins with nothing, and so it does after anything was forgotten.
 */
final class SettledMemory {

    /** About 4 MB. */
    private static final int MOST = 1 << 13;

    private final Map<Like, Instant> since = new HashMap<>();

    /** What is equal in events of which one changes nothing after the other. */
    record Like(Subject subject, ActivitySource source, long day, Map<Dimension, SortedSet<String>> uses) {}

    static Map<Dimension, SortedSet<String>> noUses() {
        return new EnumMap<>(Dimension.class);
    }

    /** Whether an event at a time changes nothing; false is no answer. */
    boolean holds(Like like, Instant time) {
        @Nullable Instant from = since.get(like);
        return from != null && time.isAfter(from);
    }

    /** Notes that every later event changes nothing. */
    void note(Like like, Instant time) {
        if (since.size() >= MOST) {
            since.clear();
        }
        since.merge(like, time, EventDays::earlier);
    }

    void forget() {
        since.clear();
    }
}

package io.rolecall.ops;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tasks for which something is overdue.
 *
 * @param since since when for the first of them
 * @param lasted how long that is
 * @param tasks how many of how many, and some of their ids
 * @param unread records that wait for them
 */
record Overdue(Instant since, Duration lasted, String tasks, long unread) {

    private static final int NAMED = 5;

    /**
     * Finds them.
     *
     * @param tasks all that are assigned, by id
     * @param last when what should happen last did
     * @param over how long ago that is, when it is too long
     */
    static Optional<Overdue> of(
            Map<String, TaskStanding> tasks,
            Function<TaskStanding, Instant> last,
            Function<Instant, Optional<Duration>> over) {
        Map<String, TaskStanding> late = new TreeMap<>(tasks);
        late.values().removeIf(standing -> over.apply(last.apply(standing)).isEmpty());
        return late.values().stream().map(last).min(Comparator.naturalOrder()).flatMap(since -> over.apply(since)
                .map(lasted -> new Overdue(
                        since,
                        lasted,
                        late.size() + " of " + tasks.size() + " assigned tasks (" + names(late) + ")",
                        late.values().stream()
                                .mapToLong(standing -> standing.input().unread())
                                .sum())));
    }

    private static String names(Map<String, TaskStanding> tasks) {
        return tasks.keySet().stream().limit(NAMED).collect(Collectors.joining(", "))
                + (tasks.size() > NAMED ? ", ..." : "");
    }
}

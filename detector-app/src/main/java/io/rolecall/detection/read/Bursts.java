package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Interval;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UserDay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for the earliest window in which so many distinct users were asked for consent, reading only as much of a long history as
 * the answer needs.
 *
 * @param threshold distinct users, at least 2
 * @param window longest time from the first to the last of them
 */
public record Bursts(int threshold, Duration window) {

    /** User-days of the first page; each further one is twice as large. */
    private static final int FIRST_PAGE = 32;

    /**
     * What was read.
     *
     * @param burst clicks of the earliest window that reached the threshold; none when none did
     * @param clicks all clicks that were read
     * @param covered the span of time in which they are complete
     */
    public record Result(List<Click> burst, List<Click> clicks, Interval covered) {

        public Result {
            burst = List.copyOf(burst);
            clicks = List.copyOf(clicks);
        }
    }

    /**
     * Reads a history.
     *
     * @param focus what changed of it
     */
    public Result read(ApplicationHistory history, Interval focus) {
        SubjectProfile profile = history.profile();
        if (profile.getFirstUserActAt().isEmpty() || profile.getLastUserActAt().isEmpty()) {
            return new Result(List.of(), List.of(), Interval.ALL);
        }
        Instant first = profile.getFirstUserActAt().get();
        Instant last = profile.getLastUserActAt().get();
        for (int page = FIRST_PAGE; page <= SubjectHistory.MOST_FACTS / 2; page *= 2) {
            List<UserDay> days = history.userDays(first, last, page);
            List<Click> clicks = asked(history, days);
            List<Click> burst = earliest(clicks);
            if (!burst.isEmpty() || days.size() < page) {
                return new Result(burst, clicks, Interval.ALL);
            }
        }
        // A long and slow history: what changed can only complete a window around it.
        Instant from = focus.from().isBefore(first) ? first : focus.from().minus(window);
        Instant to = focus.to().isAfter(last) ? last : focus.to().plus(window);
        List<Click> near = asked(history, history.userDays(from, to, FIRST_PAGE));
        return new Result(earliest(near), near, new Interval(from, to));
    }

    /** The clicks of users who were asked; whoever is given access by an administrator is not. */
    private static List<Click> asked(ApplicationHistory history, List<UserDay> days) {
        return Clicks.of(days, history).stream()
                .filter(click -> !click.byAnother())
                .toList();
    }

    /** The clicks up to the one that first completes the threshold within the window, and the rest of that window. */
    private List<Click> earliest(List<Click> clicks) {
        Deque<Click> open = new ArrayDeque<>();
        Map<String, Integer> users = new HashMap<>();
        for (Click click : clicks) {
            open.addLast(click);
            users.merge(click.user(), 1, Integer::sum);
            while (open.getFirst().at().isBefore(click.at().minus(window))) {
                users.computeIfPresent(open.removeFirst().user(), (user, count) -> count == 1 ? null : count - 1);
            }
            if (users.size() >= threshold) {
                Instant start = open.getFirst().at();
                Interval span = new Interval(start, start.plus(window));
                return clicks.stream().filter(one -> span.contains(one.at())).toList();
            }
        }
        return List.of();
    }
}

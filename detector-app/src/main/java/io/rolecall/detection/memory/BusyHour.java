package io.rolecall.detection.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * An hour in which something happened more often than in any of the {@value HourCount#KEPT_DAYS} days before it.
 *
 * @param hour start of the UTC clock hour
 * @param number how often it happened in it
 * @param usual the most in an hour of the days before; 0 when it never happened
 */
public record BusyHour(Instant hour, long number, long usual) {

    private static final Duration BEFORE = Duration.ofDays(HourCount.KEPT_DAYS);

    /**
     * Those from a time on.
     *
     * @param hours ascending, from {@value HourCount#KEPT_DAYS} days before {@code from}
     * @param count successes or failures of an hour
     * @param from hours that begin earlier only count as usual ones
     * @param least smallest number that is told, at least 1
     */
    public static List<BusyHour> of(List<HourCount> hours, ToLongFunction<HourCount> count, Instant from, long least) {
        List<BusyHour> busy = new ArrayList<>();
        // The numbers fall from first to last: what an equal or larger one follows is never again the largest.
        Deque<HourCount> before = new ArrayDeque<>();
        for (HourCount hour : hours) {
            while (!before.isEmpty()
                    && before.getFirst().hour().isBefore(hour.hour().minus(BEFORE))) {
                before.removeFirst();
            }
            long number = count.applyAsLong(hour);
            long usual = before.isEmpty() ? 0 : count.applyAsLong(before.getFirst());
            if (!hour.hour().isBefore(from) && number >= least && number > usual) {
                busy.add(new BusyHour(hour.hour(), number, usual));
            }
            while (!before.isEmpty() && count.applyAsLong(before.getLast()) <= number) {
                before.removeLast();
            }
            before.addLast(hour);
        }
        return busy;
    }
}

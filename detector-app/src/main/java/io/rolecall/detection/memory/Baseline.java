package io.rolecall.detection.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a subject has been watched for long enough to call something new: {@value #EVENTS} successful events on {@value #DAYS}
 * UTC days, the first of them 14 x 24 h old. Copies of one act count once. Every further event, however late it
 * comes, leaves the moment of reaching where it is or moves it earlier.
 *
 * @param first event time of the earliest event; empty when there was none
 * @param firstEventId its event id; of several at one time the smallest
 * @param fifth event time of the {@value #EVENTS}th act
 * @param thirdDay earliest event time on the {@value #DAYS}rd UTC day with events
 */
public record Baseline(
        Optional<Instant> first, Optional<String> firstEventId, Optional<Instant> fifth, Optional<Instant> thirdDay) {

    /** Events that make a baseline. */
    public static final int EVENTS = 5;

    /** UTC days on which they lie. */
    public static final int DAYS = 3;

    /** How long before the first must lie. */
    public static final Duration AGE = Duration.ofDays(14);

    /** Of a subject without events. */
    public static final Baseline NONE =
            new Baseline(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The moment from which on everything was there; empty when it was never reached. */
    public Optional<Instant> reachedAt() {
        return first.isEmpty() || fifth.isEmpty() || thirdDay.isEmpty()
                ? Optional.empty()
                : Stream.of(first.get().plus(AGE), fifth.get(), thirdDay.get()).max(Instant::compareTo);
    }

    /** Whether an event at a time has a baseline before it: its own events are earlier than the time, not at it. */
    public boolean isReachedBefore(Instant time) {
        return fifth.filter(time::isAfter).isPresent()
                && thirdDay.filter(time::isAfter).isPresent()
                && first.filter(start -> !start.plus(AGE).isAfter(time)).isPresent();
    }
}

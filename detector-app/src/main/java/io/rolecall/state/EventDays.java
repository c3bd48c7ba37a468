package io.rolecall.state;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Event times as numbers. Times that do not fit nanoseconds in a long (before 1677, after 2262) are clamped. */
public final class EventDays {

    /** Sightings are kept in slots of this length. */
    static final Duration SLOT = Duration.ofMinutes(10);

    private static final long NANOS_A_SECOND = 1_000_000_000;

    private static final long NANOS_A_DAY = 86_400 * NANOS_A_SECOND;

    static final Instant EARLIEST = ofNanos(Long.MIN_VALUE);
    static final Instant LATEST = ofNanos(Long.MAX_VALUE);

    private EventDays() {}

    public static long nanos(Instant time) {
        if (time.isBefore(EARLIEST)) {
            return Long.MIN_VALUE;
        }
        if (time.isAfter(LATEST)) {
            return Long.MAX_VALUE;
        }
        // The second that the earliest lies in begins before it: there, count back from the next one.
        boolean back = time.getEpochSecond() < 0 && time.getNano() > 0;
        return back
                ? (time.getEpochSecond() + 1) * NANOS_A_SECOND + (time.getNano() - NANOS_A_SECOND)
                : time.getEpochSecond() * NANOS_A_SECOND + time.getNano();
    }

    public static Instant ofNanos(long nanos) {
        return Instant.EPOCH.plusNanos(nanos);
    }

    /** Days since 1970-01-01, UTC. */
    static long day(Instant time) {
        return Math.floorDiv(nanos(time), NANOS_A_DAY);
    }

    /** Start of the UTC day. */
    static Instant midnight(Instant time) {
        return Instant.ofEpochSecond(day(time) * Duration.ofDays(1).toSeconds());
    }

    static Instant hour(Instant time) {
        return time.truncatedTo(ChronoUnit.HOURS);
    }

    /** Start of the ten-minute slot. */
    static Instant slot(Instant time) {
        return start(time, SLOT);
    }

    /** Start of the span that a time lies in; spans follow each other from 1970-01-01 on. */
    static Instant start(Instant time, Duration span) {
        long seconds = span.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
    }

    static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    public static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** {@code time - span}, clamped. */
    public static Instant minus(Instant time, Duration span) {
        Instant fitting = ofNanos(nanos(time));
        return fitting.isBefore(EARLIEST.plus(span)) ? EARLIEST : fitting.minus(span);
    }

    /** {@code time + span}, clamped. */
    public static Instant plus(Instant time, Duration span) {
        Instant fitting = ofNanos(nanos(time));
        return fitting.isAfter(LATEST.minus(span)) ? LATEST : fitting.plus(span);
    }
}

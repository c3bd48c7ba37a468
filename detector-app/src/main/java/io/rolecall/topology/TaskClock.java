package io.rolecall.topology;

import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The task's event time: the largest seen, kept in a store, so that lateness is judged alike after a restart. No wall clock comes
 * in.
 */
final class TaskClock {

    private static final String MOVED = "rolecall.moved";
    static final String NEWEST = "newest-event-time";

    private final Counts counts;
    private final Retention retention;
    private Instant newest;
    private Instant expiredAt;

    TaskClock(Counts counts, Retention retention) {
        this.counts = counts;
        this.retention = retention;
        long stored = counts.get(NEWEST);
        this.newest = stored == 0 ? Instant.MIN : EventTimes.ofNanos(stored);
        this.expiredAt = newest;
    }

    Instant newest() {
        return newest;
    }

    Instant historyHorizon() {
        return retention.historyHorizon(newest);
    }

    /** A fact that only moves from a stand-in was judged when it first came. */
    boolean isLate(AppEvent fact, Headers headers) {
        return headers.lastHeader(MOVED) == null && fact.getEventTime().isBefore(retention.latenessHorizon(newest));
    }

    String lateMessage(AppEvent fact) {
        return "The event of " + fact.getEventTime() + " lies more than "
                + retention.lateness().toHours() + " hours behind the newest, of " + newest + ".";
    }

    /**
     * Takes the time of a fact.
     *
     * @return whether a day of event time has passed since this last returned true, so that it is time to expire
     */
    boolean advance(AppEvent fact) {
        if (!retention.bounded() || !fact.getEventTime().isAfter(newest)) {
            return false;
        }
        counts.add(NEWEST, EventTimes.nanos(fact.getEventTime()) - counts.get(NEWEST));
        newest = fact.getEventTime();
        if (newest.isBefore(EventTimes.plus(expiredAt, Duration.ofDays(1)))) {
            return false;
        }
        expiredAt = newest;
        return true;
    }

    static Headers movedHeaders() {
        return new RecordHeaders().add(MOVED, new byte[] {1});
    }
}

package io.rolecall.state;

import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The task's event time: the largest seen, kept in a store, so that lateness is measured alike after a restart. No wall clock comes
 * in.
 */
public final class TaskClock {

    private static final String MOVED = "rolecall.moved";
    public static final String NEWEST = "newest-event-time";

    private final Counts counts;
    private final Retention retention;
    private Instant newest;

    public TaskClock(Counts counts, Retention retention) {
        this.counts = counts;
        this.retention = retention;
        long stored = counts.get(NEWEST);
        this.newest = stored == 0 ? Instant.MIN : EventDays.ofNanos(stored);
    }

    public Instant newest() {
        return newest;
    }

    public Instant historyHorizon() {
        return retention.historyHorizon(newest);
    }

    /** Event time before which nothing is kept. */
    public Instant keptFrom() {
        return retention.keptFrom(newest);
    }

    /** Event time before which nothing counts as activity, and no profile is kept without a later fact. */
    Instant profilesFrom() {
        return retention.profilesFrom(newest);
    }

    /** Start of the first UTC day of which counts are kept. */
    Instant countsFrom() {
        return retention.countsFrom(newest);
    }

    /** Whether a fact lies before all that the history promises to hold. One that only moves was measured when it first came. */
    public boolean isBeforeHistory(AppEvent fact, Headers headers) {
        Instant from = fact.getOperation().equals(Operations.ACTOR_ADDRESS) ? keptFrom() : historyHorizon();
        return !isMoving(headers) && fact.getEventTime().isBefore(from);
    }

    /** Whether a fact comes later than results are exact for. */
    public boolean isLate(AppEvent fact, Headers headers) {
        return !isMoving(headers) && fact.getEventTime().isBefore(retention.latenessHorizon(newest));
    }

    private static boolean isMoving(Headers headers) {
        return headers.lastHeader(MOVED) != null;
    }

    public String lateMessage(AppEvent fact) {
        return "The event of " + fact.getEventTime() + " lies before what is kept of its history: more than "
                + retention.history().toDays()
                + " days, the largest window of the policy and lateness, behind the newest, of "
                + newest + ".";
    }

    /**
     * Takes the time of a fact.
     *
     * @return whether a day of event time has begun with it, so that it is time to expire; told from what is stored alone, so that a
     *     service that is often started anew expires as one that runs on
     */
    public boolean advance(AppEvent fact) {
        if (!retention.bounded() || !fact.getEventTime().isAfter(newest)) {
            return false;
        }
        counts.set(NEWEST, EventDays.nanos(fact.getEventTime()));
        boolean dayBegins = EventDays.day(fact.getEventTime()) > EventDays.day(newest);
        newest = fact.getEventTime();
        return dayBegins;
    }

    public static Headers movedHeaders() {
        return new RecordHeaders().add(MOVED, new byte[] {1});
    }
}

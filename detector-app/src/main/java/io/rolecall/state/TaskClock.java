package io.rolecall.state;

import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SourceProgress;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A task's event time, against which facts are late and state expires: its low watermark, so that a backlog is no lateness. No wall
 * clock comes in.
 */
public final class TaskClock {

    private static final String MOVED = "rolecall.moved";

    private final LowWatermark watermark;
    private final Retention retention;

    public TaskClock(LowWatermark watermark, Retention retention) {
        this.watermark = watermark;
        this.retention = retention;
    }

    /** The event time; {@link Instant#MIN} before there is any. */
    public Instant time() {
        return watermark.time();
    }

    /** Where the watermark stands, and why. */
    public LowWatermark.Standing standing() {
        return watermark.standing();
    }

    public Instant historyHorizon() {
        return retention.historyHorizon(time());
    }

    /** Event time before which nothing is kept. */
    public Instant keptFrom() {
        return retention.keptFrom(time());
    }

    /** Event time before which no sighting is kept. */
    public Instant sightingsFrom() {
        return retention.sightingsFrom(time());
    }

    /** Event time before which nothing counts as activity, and no profile is kept without a later fact. */
    Instant profilesFrom() {
        return retention.profilesFrom(time());
    }

    /** Start of the first UTC day of which counts are kept. */
    Instant countsFrom() {
        return retention.countsFrom(time());
    }

    /** Whether a fact lies before all that the history promises to hold. One that only moves was measured when it first came. */
    public boolean isBeforeHistory(AppEvent fact, Headers headers) {
        Instant from = fact.getOperation().equals(Operations.ACTOR_ADDRESS) ? sightingsFrom() : historyHorizon();
        return !isMoving(headers) && fact.getEventTime().isBefore(from);
    }

    /** Whether a fact comes later than results are exact for. */
    public boolean isLate(AppEvent fact, Headers headers) {
        return !isMoving(headers) && fact.getEventTime().isBefore(retention.latenessHorizon(time()));
    }

    /** Whether a fact only moves from one subject to another, and was measured when it first came. */
    public static boolean isMoving(Headers headers) {
        return headers.lastHeader(MOVED) != null;
    }

    public String lateMessage(AppEvent fact) {
        return "The event of " + fact.getEventTime() + " lies before what is kept of its history: more than "
                + retention.history().toDays()
                + " days, the largest window of the policy and lateness, behind the low watermark of the logs, of "
                + time() + ".";
    }

    /**
     * Takes how far a step has read.
     *
     * @return whether a day of event time has begun with it, so that it is time to expire; told from what is stored alone, so that a
     *     service that is often started anew expires as one that runs on
     */
    public boolean take(SourceProgress progress) {
        Instant before = time();
        return watermark.take(progress) && dayBegan(before);
    }

    /** Takes notice of topics that have come or gone; says the same. */
    public boolean refresh() {
        Instant before = time();
        return watermark.refresh() && dayBegan(before);
    }

    private boolean dayBegan(Instant before) {
        return retention.bounded() && EventDays.day(time()) > EventDays.day(before);
    }

    public static Headers movedHeaders() {
        return new RecordHeaders().add(MOVED, new byte[] {1});
    }
}

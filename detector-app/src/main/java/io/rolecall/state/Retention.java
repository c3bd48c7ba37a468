package io.rolecall.state;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.memory.HourCount;
import io.rolecall.policy.Policy;
import java.time.Duration;
import java.time.Instant;

/**
 * How far state reaches back in event time. Without a bound on lateness nothing expires, because the next file may hold the
 * oldest event.
 *
 * @param bounded whether lateness is bounded
 * @param lateness how far a fact may lie behind the low watermark for its result to be exact
 * @param history how far the history promises to reach back, for what comes late and for what an alert may still become: the
 *     largest window of the policy and lateness
 * @param borrowWithin how far from an act a sighting may lie from which its address is resolved
 */
public record Retention(boolean bounded, Duration lateness, Duration history, Duration borrowWithin) {

    /** A profile outlives its last fact by this long. */
    static final Duration PROFILE = Duration.ofDays(400);

    public static Retention of(DetectorConfig config, Catalogue catalogue, Policy policy) {
        return new Retention(
                config.boundedLateness(),
                config.lateness(),
                catalogue.window(policy).plus(config.lateness()),
                config.borrowWithin());
    }

    /** Event time before which the history may have expired: an act that lies further back is refused. */
    Instant historyHorizon(Instant time) {
        return bounded ? EventDays.minus(time, history) : Instant.MIN;
    }

    /**
     * Event time before which nothing is kept: what an act is judged by lies up to a window before it, and an address up to {@code
     * borrowWithin} before that. So whatever may still be found of the acts that the history promises is found from all of them.
     */
    public Instant keptFrom(Instant time) {
        Duration window = history.minus(lateness);
        return bounded ? EventDays.minus(time, history.plus(window).plus(borrowWithin)) : Instant.MIN;
    }

    /** Event time before which no sighting is kept: the addresses of the oldest acts that may come lie {@code borrowWithin} before. */
    public Instant sightingsFrom(Instant time) {
        return bounded ? EventDays.minus(time, history.plus(borrowWithin)) : Instant.MIN;
    }

    /** Event time before which no profile is kept whose subject has had no fact since, and nothing counts as activity. */
    Instant profilesFrom(Instant time) {
        return bounded ? EventDays.minus(time, PROFILE) : Instant.MIN;
    }

    /**
     * Start of the first UTC day of which counts are kept: so long before an event that may still come in time that it finds all that
     * its baseline is counted from.
     */
    Instant countsFrom(Instant time) {
        if (!bounded) {
            return Instant.MIN;
        }
        Duration kept =
                Duration.ofDays(HourCount.KEPT_DAYS).plus(lateness).plusDays(1).minusNanos(1);
        return EventDays.midnight(EventDays.minus(EventDays.midnight(time), Duration.ofDays(kept.toDays())));
    }

    /** Event time before which a fact is late. */
    Instant latenessHorizon(Instant time) {
        return bounded ? EventDays.minus(time, lateness) : Instant.MIN;
    }
}

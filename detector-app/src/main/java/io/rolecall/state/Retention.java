package io.rolecall.state;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.policy.Policy;
import java.time.Duration;
import java.time.Instant;

/**
 * How far state reaches back in event time. Without a bound on lateness nothing expires, because the next file may hold the
 * oldest event.
 *
 * @param bounded whether lateness is bounded
 * @param lateness how far a fact may lie behind the largest event time for its result to be exact
 * @param history how far the history reaches back: the largest window of the policy and lateness
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
    Instant historyHorizon(Instant newest) {
        return bounded ? EventDays.minus(newest, history) : Instant.MIN;
    }

    /** Event time before which nothing is kept: the addresses of the oldest acts lie up to {@code borrowWithin} before them. */
    public Instant keptFrom(Instant newest) {
        return bounded ? EventDays.minus(newest, history.plus(borrowWithin)) : Instant.MIN;
    }

    /** Event time before which a fact is late. */
    Instant latenessHorizon(Instant newest) {
        return bounded ? EventDays.minus(newest, lateness) : Instant.MIN;
    }
}

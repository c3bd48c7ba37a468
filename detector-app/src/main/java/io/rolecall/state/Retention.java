package io.rolecall.state;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

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

    public static Retention of(DetectorConfig config, Policy policy) {
        Duration window = Catalogue.all().stream()
                .flatMap(detection -> windows(detection, policy))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return new Retention(
                config.boundedLateness(), config.lateness(), window.plus(config.lateness()), config.borrowWithin());
    }

    private static Stream<Duration> windows(Detection detection, Policy policy) {
        Stream<Duration> chosen = policy.settings(detection.card().id()).values().values().stream()
                .filter(Duration.class::isInstance)
                .map(Duration.class::cast);
        return Stream.concat(Stream.of(detection.card().window()), chosen);
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

package io.rolecall.config;

import java.time.Duration;

/**
 * Settings of the engine (contract section 7), typed.
 *
 * @param applicationId Kafka Streams application id
 * @param tenantId tenant of events that name none
 * @param lateness how far a fact may lie behind the low watermark of the logs for its result to be exact
 * @param boundedLateness whether lateness is enforced and old history expires; false for files, whose order never matters
 * @param maxFuture how far an event may lie after the reference time
 * @param borrowWithin how far from an act a sighting of its actor may lie for its address to be resolved from it, either side
 * @param resolveWithin how long a fact waits for its App ID, wall clock
 * @param revisionInterval least time between two revisions of one alert, wall clock
 * @param idleAfter how long a partition of the logs that is read to its end must have been quiet, wall clock, to hold the low
 *     watermark no more
 * @param holdAtMost how far a partition holds the low watermark behind the newest event, event time
 * @param evidenceInterval least time between two revisions of one alert that change only evidence, counts or the investigation
 * @param incidents when incidents are published
 * @param topics topic names
 */
public record DetectorConfig(
        String applicationId,
        String tenantId,
        Duration lateness,
        boolean boundedLateness,
        Duration maxFuture,
        Duration borrowWithin,
        Duration resolveWithin,
        Duration revisionInterval,
        Duration idleAfter,
        Duration holdAtMost,
        Duration evidenceInterval,
        Incidents incidents,
        Topics topics) {

    /**
     * When an incident is published for the first time, after there was something to tell; wall clock.
     *
     * @param settle when the events state every address and the App ID is known
     * @param settleUnconfirmed otherwise; at least {@code settle}
     */
    public record Incidents(Duration settle, Duration settleUnconfirmed) {}

    /** The defaults of the contract, for the live service. */
    public static final DetectorConfig DEFAULT = new DetectorConfig(
            "rolecall",
            "unknown",
            Duration.ofDays(7),
            true,
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            Duration.ofHours(6),
            Duration.ofDays(120),
            Duration.ofMinutes(1),
            new Incidents(Duration.ofSeconds(60), Duration.ofMinutes(20)),
            Topics.DEFAULT);

    /** The same without a bound on lateness, for files. */
    public DetectorConfig forFiles() {
        return new DetectorConfig(
                applicationId,
                tenantId,
                lateness,
                false,
                maxFuture,
                borrowWithin,
                resolveWithin,
                revisionInterval,
                idleAfter,
                holdAtMost,
                evidenceInterval,
                incidents,
                topics);
    }
}

package io.rolecall.config;

import java.time.Duration;

/**
 * Settings of the engine (contract section 7), typed.
 *
 * @param applicationId Kafka Streams application id
 * @param tenantId tenant of events that name none
 * @param lateness how far a fact may lie behind the largest event time of its task
 * @param boundedLateness whether lateness is enforced and old history expires; false for files, whose order never matters
 * @param maxFuture how far an event may lie after the reference time
 * @param borrowWithin how far from an act a sighting of its actor may lie for its address to be resolved from it, either side
 * @param resolveWithin how long a fact waits for its App ID, wall clock
 * @param revisionInterval least time between two revisions of one alert, wall clock
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
        Topics topics) {

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
                topics);
    }
}

package io.rolecall.detection.memory;

import java.time.Instant;

/**
 * How often something happened in one UTC clock hour; an event id counts once.
 *
 * @param hour start of the hour
 * @param successes successful events
 * @param failures failed events; sign-ins interrupted after the right password are neither
 */
public record HourCount(Instant hour, long successes, long failures) {

    /** How far counts reach back from the newest event, in days; what {@code lateness} may still bring is kept beside. */
    public static final int KEPT_DAYS = 45;
}

package io.rolecall.cli;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time given on the command line.
 *
 * @param instant the time; null is the present
 */
record PointInTime(@Nullable Instant instant) {

    Instant resolve(Clock clock) {
        Instant given = instant;
        return given == null ? clock.instant() : given;
    }
}

package io.rolecall.alert;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Alerts carry microseconds, events nanoseconds: the one place where the difference is cut off. */
final class Micros {

    private Micros() {}

    static Instant of(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}

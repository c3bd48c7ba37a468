package io.rolecall.alert;

import io.rolecall.event.AvroJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Alerts carry microseconds, events nanoseconds: the one place where the difference is cut off. */
final class Micros {

    private Micros() {}

    static Instant of(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** The same in a sentence. */
    static String text(Instant time) {
        return AvroJson.time(of(time));
    }
}

package io.rolecall.acts;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The times of events: logs with fractions show some, so that they are not taken for whole seconds. */
final class LogTime {

    /** What every time in whole seconds gets: the same for all, so that the distances between acts are as written. */
    private static final int FRACTION = 432_198_700;

    private LogTime() {}

    /** The time of an act: as written, and within its second when that has no fraction. */
    static Instant of(Instant written) {
        return written.equals(written.truncatedTo(ChronoUnit.SECONDS)) ? written.plusNanos(FRACTION) : written;
    }
}

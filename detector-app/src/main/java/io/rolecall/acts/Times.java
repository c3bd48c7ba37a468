package io.rolecall.acts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The ways the logs write a time; all of them UTC. */
public final class Times {

    private static final DateTimeFormatter TICKS = of("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS");
    private static final DateTimeFormatter MILLIS = of("yyyy-MM-dd'T'HH:mm:ss.SSS");
    private static final DateTimeFormatter SECONDS = of("yyyy-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter US = of("M/d/yyyy h:mm:ss a");
    private static final DateTimeFormatter US_MILLIS = of("M/d/yyyy, h:mm:ss.SSS a");

    private Times() {}

    /** {@code 2025-03-03T10:15:30.1234567Z}. */
    static String ticks(Instant time) {
        return TICKS.format(time) + "Z";
    }

    /** {@code 2025-03-03T10:15:30.1234567+00:00}. */
    static String ticksWithOffset(Instant time) {
        return TICKS.format(time) + "+00:00";
    }

    /** {@code 2025-03-03T10:15:30.123Z}. */
    static String millis(Instant time) {
        return MILLIS.format(time) + "Z";
    }

    /** {@code 2025-03-03T10:15:30}, as the unified audit log writes it: no zone. */
    static String seconds(Instant time) {
        return SECONDS.format(time);
    }

    /** {@code 3/3/2025 10:15:30 AM}. */
    public static String us(Instant time) {
        return US.format(time);
    }

    /** {@code 3/3/2025, 10:15:30.123 AM}, as exports of Log Analytics write it. */
    public static String usMillis(Instant time) {
        return US_MILLIS.format(time);
    }

    private static DateTimeFormatter of(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US).withZone(ZoneOffset.UTC);
    }
}

package io.rolecall.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them in the files: {@code 45d}, {@code 12h}, {@code 30m}, {@code 90s}. */
public final class Durations {

    /** The accepted form, also in the published JSON Schema: a whole number of at most six digits and a unit. */
    public static final String PATTERN = "[0-9]{1,6}[dhms]";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([dhms])");

    private Durations() {}

    /** Reads a duration; empty when the text has another form. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "d" -> Duration.ofDays(amount);
                    case "h" -> Duration.ofHours(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofSeconds(amount);
                });
    }

    /** Writes a duration in its largest unit without a remainder; parts of a second are dropped. */
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds == 0) {
            return "0s";
        }
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}

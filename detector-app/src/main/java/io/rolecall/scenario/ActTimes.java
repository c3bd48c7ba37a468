package io.rolecall.scenario;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The times of acts: {@code +9d}, {@code +9d4h30m}, {@code +9d 04:30}, counted from a fixed instant, or RFC 3339. */
final class ActTimes {

    /** What {@code +0d} means. */
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** The accepted form of a time that counts from {@link #START}, also in the published JSON Schema. */
    static final String PATTERN = "\\+(?=[0-9])(?:[0-9]{1,4}d)?(?:[0-9]{1,5}h)?(?:[0-9]{1,6}m)?(?:[0-9]{1,7}s)?"
            + "(?: [0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?)?";

    private static final Pattern FORM = Pattern.compile("\\+(?=[0-9])(?:([0-9]{1,4})d)?(?:([0-9]{1,5})h)?"
            + "(?:([0-9]{1,6})m)?(?:([0-9]{1,7})s)?(?: ([0-2][0-9]):([0-5][0-9])(?::([0-5][0-9]))?)?");

    /** Seconds of the groups of the form, in their order. */
    private static final int[] SECONDS = {86_400, 3_600, 60, 1, 3_600, 60, 1};

    private ActTimes() {}

    /** Reads a time; empty when the text has another form. */
    static Optional<Instant> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return absolute(text);
        }
        Duration after = Duration.ZERO;
        for (int group = 1; group <= SECONDS.length; group++) {
            String amount = matcher.group(group);
            if (amount != null) {
                after = after.plusSeconds(Long.parseLong(amount) * SECONDS[group - 1]);
            }
        }
        return Optional.of(START.plus(after));
    }

    private static Optional<Instant> absolute(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty(); // told by the caller, with the forms there are
        }
    }
}

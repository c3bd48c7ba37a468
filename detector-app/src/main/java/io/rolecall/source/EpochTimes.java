package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as numbers since 1970, which no log of these sources writes but collectors do (Splunk, Fluentd, Logstash): seconds,
 * milliseconds, microseconds or nanoseconds, plain, with a fraction, or as a text. The unit follows from the size: between 2000
 * and 2100 a number has one reading only. Any other number names no time.
 */
final class EpochTimes {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,20}(?:\\.[0-9]{1,20})?(?:[eE][+-]?[0-9]{1,2})?");
    private static final BigDecimal FIRST = BigDecimal.valueOf(946_684_800L);
    private static final BigDecimal LAST = BigDecimal.valueOf(4_102_444_800L);
    private static final int[] DECIMALS = {0, 3, 6, 9};
    private static final int NANOS = 9;
    private static final int YEAR = 4;

    private EpochTimes() {}

    /** Whether the value is a number, plain or as a text. */
    static boolean isNumber(JsonNode node) {
        return node.isNumber()
                || (node.isTextual()
                        && !isDate(node.asText())
                        && NUMBER.matcher(node.asText().strip()).matches());
    }

    /** Whether a text begins as most times do, with four digits and a dash, and so is no number. */
    private static boolean isDate(String text) {
        if (text.length() <= YEAR || text.charAt(YEAR) != '-') {
            return false;
        }
        for (int i = 0; i < YEAR; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** The instant that a number names; null when it lies in the range of no unit. */
    static @Nullable Instant parse(JsonNode number) {
        BigDecimal value = number.isNumber()
                ? decimal(number)
                : new BigDecimal(number.asText().strip());
        for (int decimals : DECIMALS) {
            BigDecimal seconds = value.movePointLeft(decimals);
            if (seconds.compareTo(FIRST) >= 0 && seconds.compareTo(LAST) < 0) {
                BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
                long nanos = seconds.subtract(whole)
                        .movePointRight(NANOS)
                        .setScale(0, RoundingMode.FLOOR)
                        .longValueExact();
                return Instant.ofEpochSecond(whole.longValueExact(), nanos);
            }
        }
        return null;
    }

    /** As it was written, not as binary fractions round it. */
    private static BigDecimal decimal(JsonNode number) {
        String text = number.asText();
        return NUMBER.matcher(text).matches() ? new BigDecimal(text) : BigDecimal.ZERO;
    }
}

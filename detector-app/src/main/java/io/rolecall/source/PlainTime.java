package io.rolecall.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Times as the logs write most of them, {@code 2026-03-01T10:00:00}, with or without decimals and {@code Z}: read by hand, because
 * every event has one and a pattern takes ten times as long.
 */
final class PlainTime {

    private static final String FORM = "dddd-dd-ddTdd:dd:dd";
    private static final int SECONDS = FORM.length();
    private static final int MOST_DECIMALS = 9;

    private PlainTime() {}

    /** The instant; null when the text is of another form, or names no time. */
    static @Nullable Instant parse(String text) {
        int length = text.length();
        int end = length > SECONDS && text.charAt(length - 1) == 'Z' ? length - 1 : length;
        if (end < SECONDS || !isOfForm(text)) {
            return null;
        }
        int nanos = end == SECONDS ? 0 : nanos(text, end);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (nanos < 0 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        try {
            long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                    .toEpochDay();
            return Instant.ofEpochSecond(((day * 24 + hour) * 60 + minute) * 60 + second, nanos);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static boolean isOfForm(String text) {
        for (int i = 0; i < SECONDS; i++) {
            char c = text.charAt(i);
            char form = FORM.charAt(i);
            if (form == 'd' ? !isDigit(c) : c != form) {
                return false;
            }
        }
        return true;
    }

    /** Of the decimals after the seconds; negative when there are none, or too many. */
    private static int nanos(String text, int end) {
        int decimals = end - SECONDS - 1;
        if (text.charAt(SECONDS) != '.' || decimals < 1 || decimals > MOST_DECIMALS) {
            return -1;
        }
        int nanos = 0;
        for (int i = 0; i < MOST_DECIMALS; i++) {
            int at = SECONDS + 1 + i;
            if (at < end && !isDigit(text.charAt(at))) {
                return -1;
            }
            nanos = 10 * nanos + (at < end ? text.charAt(at) - '0' : 0);
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

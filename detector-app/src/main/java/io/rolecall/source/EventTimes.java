package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.source.split.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times in every format of the logs: ISO with {@code T} or a space, with an offset or none (UTC), with up to nine decimals, and
 * the US format of exports, with or without a comma or an offset.
 */
public final class EventTimes {

    /** No log of these sources is older. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final int MOST_CHARACTERS = 48;
    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})[Tt ](\\d{2}):(\\d{2})(?::(\\d{2})"
            + "(?:[.,](\\d{1,18}))?)?\\s*([Zz]|UTC|GMT|[+-]\\d{2}:?\\d{2})?");
    private static final Pattern US =
            Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4}),?\\s+(\\d{1,2}):(\\d{2})(?::(\\d{2})"
                    + "(?:\\.(\\d{1,18}))?)?\\s*([AaPp][Mm])?\\s*([Zz]|UTC|GMT|[+-]\\d{2}:?\\d{2})?");

    private EventTimes() {}

    /**
     * The first time given among the nodes; null when all are missing, null or blank. A number is a collector's own, and so is what
     * no log writes: such a node is read only where none holds a time of the log, a number then as {@link EpochTimes} reads it.
     *
     * @throws RejectedElementException when something is given, but no time that can be
     */
    static @Nullable Instant first(JsonNode... nodes) throws RejectedElementException {
        JsonNode number = null;
        JsonNode unreadable = null;
        for (JsonNode node : nodes) {
            boolean blank = node.isTextual() && Values.text(node) == null;
            if (node.isMissingNode() || node.isNull() || blank) {
                continue;
            }
            if (EpochTimes.isNumber(node)) {
                number = number == null ? node : number;
                continue;
            }
            Instant time = node.isTextual() ? parse(node.asText()) : null;
            if (isPossible(time)) {
                return time;
            }
            unreadable = unreadable == null ? node : unreadable;
        }
        Instant epoch = number == null ? null : EpochTimes.parse(number);
        if (isPossible(epoch)) {
            return epoch;
        }
        JsonNode wrong = number == null ? unreadable : number;
        if (wrong == null) {
            return null;
        }
        throw new RejectedElementException(Reason.BAD_TIME, "event time is " + Excerpt.of(wrong));
    }

    private static boolean isPossible(@Nullable Instant time) {
        return time != null && !time.isBefore(EARLIEST);
    }

    /** The instant the text names; null when it names none. A text without a zone is in UTC. */
    public static @Nullable Instant parse(String raw) {
        if (raw.length() > MOST_CHARACTERS) {
            return null;
        }
        Instant plain = PlainTime.parse(raw);
        if (plain != null) {
            return plain;
        }
        // Some exports put a narrow no-break space before AM and PM.
        String text = raw.replace('\u202F', ' ').replace('\u00A0', ' ').strip();
        try {
            Matcher iso = ISO.matcher(text);
            if (iso.matches()) {
                LocalDateTime local = local(iso, 1, 2, 3, number(iso, 4));
                return local.toInstant(offset(iso.group(8)));
            }
            Matcher us = US.matcher(text);
            return us.matches() ? local(us, 3, 1, 2, hour(us)).toInstant(offset(us.group(9))) : null;
        } catch (DateTimeException noSuchTime) {
            return null;
        }
    }

    private static LocalDateTime local(Matcher matcher, int year, int month, int day, int hour) {
        int second = matcher.group(6) == null ? 0 : number(matcher, 6);
        return LocalDateTime.of(
                number(matcher, year),
                number(matcher, month),
                number(matcher, day),
                hour,
                number(matcher, 5),
                second,
                nanos(matcher.group(7)));
    }

    private static int hour(Matcher us) {
        int hour = number(us, 4);
        String half = us.group(8);
        if (half == null) {
            return hour;
        }
        if (hour < 1 || hour > 12) {
            throw new DateTimeException("hour " + hour + " of a half day");
        }
        return hour % 12 + (half.charAt(0) == 'P' || half.charAt(0) == 'p' ? 12 : 0);
    }

    private static int nanos(@Nullable String decimals) {
        return decimals == null ? 0 : Integer.parseInt((decimals + "000000000").substring(0, 9));
    }

    private static ZoneOffset offset(@Nullable String zone) {
        boolean utc = zone == null || Character.isLetter(zone.charAt(0));
        return utc ? ZoneOffset.UTC : ZoneOffset.of(zone);
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}

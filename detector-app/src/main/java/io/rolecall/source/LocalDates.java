package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.source.split.Reason;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates of numbers with slashes in the time columns of events: {@code 05/06/2026, 09:00:00.123}. */
public final class LocalDates {

    private static final Pattern LOCAL = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4})(,?\\s+\\d{1,2}:\\d{2}.*)");
    private static final int MOST_CHARACTERS = 48;

    private static final Set<String> COLUMNS = Set.of(
            "time",
            "timegenerated",
            "activitydatetime",
            "createddatetime",
            "creationdate",
            "creationtime",
            "eventtimestamp",
            "timestamp",
            "@timestamp",
            "start_time");

    private LocalDates() {}

    /** Whether a column, with or without an export's ending, holds a time that an event may be of. */
    public static boolean isTimeColumn(String name) {
        return COLUMNS.contains(EventFields.withoutEnding(name).toLowerCase(Locale.ROOT));
    }

    /** The text with its first two numbers in each other's place; null when it is no such date. */
    public static @Nullable String swapped(String text) {
        Matcher matcher = matcher(text);
        return matcher == null
                ? null
                : matcher.group(2) + '/' + matcher.group(1) + '/' + matcher.group(3) + matcher.group(4);
    }

    /** First and second number of a local date; null when the text is none. */
    public static int @Nullable [] numbers(String text) {
        Matcher matcher = matcher(text);
        return matcher == null
                ? null
                : new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))};
    }

    /**
     * The element with the local dates of its time columns written month first, as the decoders read them.
     *
     * @param element whose local dates have the day first
     * @throws RejectedElementException when one of them is impossible with the day first
     */
    static Element monthFirst(Element element) throws RejectedElementException {
        ObjectNode copy = null;
        for (Map.Entry<String, JsonNode> entry : element.json().properties()) {
            JsonNode value = entry.getValue();
            String text = value.isTextual() && isTimeColumn(entry.getKey()) ? value.asText() : "";
            Matcher matcher = matcher(text);
            if (matcher == null) {
                continue;
            }
            if (!exists(matcher)) {
                throw new RejectedElementException(
                        Reason.BAD_TIME, "event time is " + Excerpt.of(value) + ": no such date with the day first");
            }
            copy = copy == null ? element.json().deepCopy() : copy;
            copy.put(entry.getKey(), swapped(text));
        }
        return copy == null ? element : new Element(EventFields.of(copy), element.wrappers(), element.cloudApp());
    }

    private static boolean exists(Matcher date) {
        try {
            LocalDate.of(
                    Integer.parseInt(date.group(3)), Integer.parseInt(date.group(2)), Integer.parseInt(date.group(1)));
            return true;
        } catch (DateTimeException noSuchDate) {
            return false;
        }
    }

    private static @Nullable Matcher matcher(String text) {
        if (text.length() > MOST_CHARACTERS || text.indexOf('/') < 0) {
            return null;
        }
        Matcher matcher = LOCAL.matcher(text.strip());
        return matcher.matches() ? matcher : null;
    }
}

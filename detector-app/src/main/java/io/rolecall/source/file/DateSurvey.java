package io.rolecall.source.file;

import io.rolecall.source.EventTimes;
import io.rolecall.source.LocalDates;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.DateOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which order the local dates of one file have: a number above 12 tells, and so does a time of another form in the same
 * row that states the same moment (Purview's {@code AuditData} beside {@code CreationDate}). The first row that tells decides.
 */
final class DateSurvey {

    private static final int LAST_MONTH = 12;

    /** What makes a file worth a survey, wherever it stands. */
    private static final Pattern LIKELY = Pattern.compile("\\d{1,2}/\\d{1,2}/\\d{4},?\\s+\\d{1,2}:\\d{2}");

    /** A member that is a text: its name and the text, with the backslashes of JSON within JSON. */
    private static final Pattern MEMBER =
            Pattern.compile("\"([^\"\\\\]{1,40})\\\\*\"\\s*:\\s*\\\\*\"([^\"\\\\]{8,48})\\\\*\"");

    private boolean found;
    private @Nullable DateOrder order;

    /** Whether the begin of a file holds anything like a local date. */
    static boolean isWorthwhile(byte[] begin) {
        return LIKELY.matcher(new String(begin, StandardCharsets.ISO_8859_1)).find();
    }

    /** Whether a local date was found. */
    boolean found() {
        return found;
    }

    /** The order; null while nothing has told. */
    @Nullable
    DateOrder order() {
        return order;
    }

    /** Looks at the rows of a chunk until one tells. */
    void look(Chunk chunk) {
        byte[] bytes = chunk.value();
        int from = 0;
        while (from < bytes.length && order == null) {
            int to = from;
            while (to < bytes.length && bytes[to] != '\n') {
                to++;
            }
            if (holdsSlash(bytes, from, to)) {
                row(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            }
            from = to + 1;
        }
    }

    private void row(String row) {
        Matcher member = MEMBER.matcher(row);
        String local = null;
        int at = 0;
        while (order == null && member.find(at)) {
            // A name that turns out to be a text's end must not hide the name after it.
            at = member.start(2);
            if (!LocalDates.isTimeColumn(member.group(1))) {
                continue;
            }
            int[] numbers = LocalDates.numbers(member.group(2));
            if (numbers != null) {
                found = true;
                local = member.group(2);
                decide(numbers[0], numbers[1]);
            }
        }
        if (order == null && local != null) {
            compare(row, local);
        }
    }

    private void decide(int first, int second) {
        if (first > LAST_MONTH && second <= LAST_MONTH) {
            order = DateOrder.DAY_FIRST;
        } else if (second > LAST_MONTH && first <= LAST_MONTH) {
            order = DateOrder.MONTH_FIRST;
        }
    }

    /** Looks for a time of another form in a row that is the local one in exactly one of the orders. */
    private void compare(String row, String local) {
        Instant monthFirst = seconds(EventTimes.parse(local));
        String swapped = LocalDates.swapped(local);
        Instant dayFirst = swapped == null ? null : seconds(EventTimes.parse(swapped));
        if (monthFirst == null || dayFirst == null || monthFirst.equals(dayFirst)) {
            return;
        }
        Matcher member = MEMBER.matcher(row);
        for (int at = 0; order == null && member.find(at); at = member.start(2)) {
            String text = member.group(2);
            if (!LocalDates.isTimeColumn(member.group(1)) || LocalDates.numbers(text) != null) {
                continue;
            }
            Instant stated = seconds(EventTimes.parse(text));
            if (monthFirst.equals(stated)) {
                order = DateOrder.MONTH_FIRST;
            } else if (dayFirst.equals(stated)) {
                order = DateOrder.DAY_FIRST;
            }
        }
    }

    private static @Nullable Instant seconds(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static boolean holdsSlash(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '/') {
                return true;
            }
        }
        return false;
    }
}

package io.rolecall.detection.read;

import io.rolecall.detection.memory.MailHour;
import io.rolecall.detection.memory.MailMinutes;
import io.rolecall.detection.read.MailPeaks.Peak;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many mailboxes were used in each so many consecutive minutes, and the largest such number that lies wholly in the 14 days before, in
 * one pass over the minutes. A window with most mailboxes begins with a minute in which something was used, and of those before a window
 * the only one that does not is the one that ends with it.
 */
final class MailWindows {

    private static final int SECONDS_A_MINUTE = 60;
    private static final int MINUTES_AN_HOUR = 60;
    private static final long USUAL = MailPeaks.USUAL.toMinutes();

    private final int length;
    private final List<Long> crowded;
    private final long[] minutes;
    private final long[] mailboxes;

    /** A window by its first minute, and how many mailboxes it has. */
    private record Counted(long from, int mailboxes) {}

    /** Mailboxes between two places that both only move on. */
    private final class Span {

        private final Map<Long, Integer> counts = new HashMap<>();
        private int next;
        private int first;

        /** Moves on to the minutes from one to another, exclusive. */
        int distinct(long from, long to) {
            for (; next < minutes.length && minutes[next] < to; next++) {
                counts.merge(mailboxes[next], 1, Integer::sum);
            }
            for (; first < next && minutes[first] < from; first++) {
                counts.computeIfPresent(mailboxes[first], (mailbox, count) -> count == 1 ? null : count - 1);
            }
            return counts.size();
        }
    }

    /** @param length in minutes */
    MailWindows(MailMinutes mail, int length) {
        this.length = length;
        this.crowded = mail.hours().stream()
                .filter(MailHour::moreMailboxes)
                .map(MailWindows::start)
                .toList();
        int size = mail.hours().stream()
                .flatMap(hour -> hour.minutes().values().stream())
                .mapToInt(Long::bitCount)
                .sum();
        this.minutes = new long[size];
        this.mailboxes = new long[size];
        int at = 0;
        for (MailHour hour : mail.hours()) {
            for (int minute = 0; minute < MINUTES_AN_HOUR; minute++) {
                for (Map.Entry<Long, Long> mailbox : hour.minutes().entrySet()) {
                    if ((mailbox.getValue() >>> minute & 1) != 0) {
                        minutes[at] = start(hour) + minute;
                        mailboxes[at++] = mailbox.getKey();
                    }
                }
            }
        }
    }

    private static long start(MailHour hour) {
        return hour.hour().getEpochSecond() / SECONDS_A_MINUTE;
    }

    /** The windows that begin with a minute in which something was used, by time. */
    List<Peak> peaks() {
        List<Peak> peaks = new ArrayList<>();
        Span ahead = new Span();
        Span before = new Span();
        Deque<Counted> waiting = new ArrayDeque<>();
        Deque<Counted> largest = new ArrayDeque<>();
        for (int i = 0; i < minutes.length; i++) {
            if (i > 0 && minutes[i] == minutes[i - 1]) {
                continue;
            }
            long from = minutes[i];
            int count = ahead.distinct(from, from + length);
            while (!waiting.isEmpty() && waiting.getFirst().from() <= from - length) {
                enter(largest, waiting.removeFirst());
            }
            while (!largest.isEmpty() && largest.getFirst().from() < from - USUAL) {
                largest.removeFirst();
            }
            int justBefore = before.distinct(from - length, from);
            int usual = Math.max(
                    justBefore, largest.isEmpty() ? 0 : largest.getFirst().mailboxes());
            peaks.add(peak(from, count, usual));
            waiting.addLast(new Counted(from, count));
        }
        return peaks;
    }

    /** Keeps only what is larger than all that follows. */
    private static void enter(Deque<Counted> largest, Counted next) {
        while (!largest.isEmpty() && largest.getLast().mailboxes() <= next.mailboxes()) {
            largest.removeLast();
        }
        largest.addLast(next);
    }

    private Peak peak(long from, int count, int usual) {
        Instant start = Instant.ofEpochSecond(from * SECONDS_A_MINUTE);
        boolean known = crowded.stream()
                .noneMatch(hour -> hour + MINUTES_AN_HOUR <= from && hour + MINUTES_AN_HOUR > from - USUAL);
        return new Peak(start, start.plus(Duration.ofMinutes(length)), count, 0, usual, known);
    }
}

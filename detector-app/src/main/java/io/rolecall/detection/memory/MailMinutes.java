package io.rolecall.detection.memory;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Use of mailboxes in a span of time.
 *
 * @param from start, inclusive: minutes before it do not count
 * @param to end, exclusive: minutes and slots that begin then or later do not count
 * @param hours hours with use, ascending
 */
public record MailMinutes(Instant from, Instant to, List<MailHour> hours) {

    private static final int MINUTES_AN_HOUR = 60;
    private static final int SECONDS_A_MINUTE = 60;

    /**
     * The consecutive minutes in which most mailboxes were used.
     *
     * @param from start of the earliest such minutes
     * @param mailboxes distinct mailboxes used in them
     * @param atLeast whether there may have been more: an hour had more mailboxes than are told apart
     */
    public record Busiest(Instant from, int mailboxes, boolean atLeast) {}

    public MailMinutes {
        hours = List.copyOf(hours);
    }

    /**
     * The largest number of distinct mailboxes in consecutive UTC minutes that lie in the span.
     *
     * @param minutes how many, at least 1
     * @return empty when no mailbox was used
     */
    public Optional<Busiest> busiest(int minutes) {
        Map<Long, Integer> inWindow = new HashMap<>();
        Deque<Map.Entry<Long, Set<Long>>> window = new ArrayDeque<>();
        Busiest most = null;
        // A window that holds most begins with a minute in which something was used.
        for (Map.Entry<Long, Set<Long>> next : byMinute().entrySet()) {
            while (!window.isEmpty() && window.getFirst().getKey() <= next.getKey() - minutes) {
                window.removeFirst().getValue().forEach(mailbox -> inWindow.merge(mailbox, -1, MailMinutes::left));
            }
            window.addLast(next);
            next.getValue().forEach(mailbox -> inWindow.merge(mailbox, 1, Integer::sum));
            if (most == null || inWindow.size() > most.mailboxes()) {
                Instant start = Instant.ofEpochSecond(window.getFirst().getKey() * SECONDS_A_MINUTE);
                most = new Busiest(start, inWindow.size(), false);
            }
        }
        boolean atLeast = hours.stream().anyMatch(MailHour::moreMailboxes);
        return Optional.ofNullable(most).map(found -> new Busiest(found.from(), found.mailboxes(), atLeast));
    }

    /** Ten-minute slots that begin in the span, ascending; those without use are left out. */
    public List<MailSlot> slots() {
        return hours.stream()
                .flatMap(hour -> hour.slots().stream())
                .filter(slot -> isWithin(slot.start()))
                .toList();
    }

    /** The mailboxes of every minute with use, by minutes since the epoch. */
    private Map<Long, Set<Long>> byMinute() {
        Map<Long, Set<Long>> mailboxes = new TreeMap<>();
        for (MailHour hour : hours) {
            long start = hour.hour().getEpochSecond() / SECONDS_A_MINUTE;
            hour.minutes().forEach((mailbox, bits) -> minutes(bits)
                    .filter(minute -> isWithin(Instant.ofEpochSecond((start + minute) * SECONDS_A_MINUTE)))
                    .forEach(minute -> mailboxes
                            .computeIfAbsent(start + minute, any -> new TreeSet<>())
                            .add(mailbox)));
        }
        return mailboxes;
    }

    private boolean isWithin(Instant time) {
        return !time.isBefore(from) && time.isBefore(to);
    }

    private static Stream<Integer> minutes(long bits) {
        List<Integer> minutes = new ArrayList<>();
        for (int minute = 0; minute < MINUTES_AN_HOUR; minute++) {
            if ((bits >>> minute & 1) != 0) {
                minutes.add(minute);
            }
        }
        return minutes.stream();
    }

    private static @Nullable Integer left(Integer known, Integer change) {
        return known + change == 0 ? null : known + change;
    }
}

package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.detection.memory.MailMinutes;
import io.rolecall.detection.memory.MailSlot;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UseHour;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Times at which an application used more mailboxes, or sent more mail, than at others. What is counted is kept for less long than that it
 * was counted: nothing is said of a time before which days are missing.
 *
 * @param mail use by minutes and ten minutes
 * @param knownFrom from when on nothing is missing; the earliest time when nothing ever is
 */
public record MailPeaks(MailMinutes mail, Instant knownFrom) {

    /** How far back the usual is looked for. */
    public static final Duration USUAL = Duration.ofDays(14);

    /** Length of the slots by which mail sent is counted. */
    private static final Duration SLOT = Duration.ofMinutes(10);

    /** Most peaks that are told, and most roll-ups that are read for the evidence of one. */
    private static final int MOST = 4;

    private static final int MOST_HOURS = SubjectHistory.MOST_FACTS / MOST / 2;

    /**
     * One of them.
     *
     * @param from start
     * @param to end, exclusive
     * @param count distinct mailboxes, or messages
     * @param senders mailboxes that mail was sent from, of messages
     * @param usual the largest number of mailboxes in as long a time, of mailboxes
     * @param usualKnown whether that is all: not when an hour had more mailboxes than are told apart
     */
    public record Peak(Instant from, Instant to, long count, long senders, long usual, boolean usualKnown) {

        /** For sentences. */
        public String when() {
            return "from " + Facts.time(from) + " to " + Facts.time(to);
        }
    }

    /** A peak with the uses in it, by time. */
    public record Shown(Peak peak, List<AppEvent> uses) {

        public AppEvent act() {
            return uses.get(0);
        }
    }

    /** Reads what is remembered. */
    public static MailPeaks of(ApplicationHistory history) {
        SubjectProfile profile = history.profile();
        Instant first = profile.getFirstSeen();
        Instant last = profile.getLastSeen();
        if (history.memory().baseline(ActivitySource.MAIL_USE).first().isEmpty()) {
            return new MailPeaks(new MailMinutes(first, first, List.of()), Instant.MIN);
        }
        MailMinutes mail = history.memory().mailMinutes(first, last.plusSeconds(1));
        SortedSet<LocalDate> missing = new TreeSet<>(history.memory()
                .activeDays(Set.of(ActivitySource.MAIL_USE), FirstUses.day(first), FirstUses.day(last)));
        mail.hours().forEach(hour -> missing.remove(FirstUses.day(hour.hour())));
        Instant knownFrom = missing.isEmpty()
                ? Instant.MIN
                : OwnActivity.start(missing.last().plusDays(1));
        return new MailPeaks(mail, knownFrom);
    }

    /** From when on it is known what was usual. */
    public Instant usualKnownFrom() {
        return knownFrom.equals(Instant.MIN) ? knownFrom : knownFrom.plus(USUAL);
    }

    /**
     * Peaks in the number of mailboxes: those that meet a condition, which do not overlap, else the largest.
     *
     * @param minutes length, in consecutive minutes of UTC
     * @param more what the number must exceed for the usual to matter
     */
    public List<Peak> ofMailboxes(int minutes, int more, Predicate<Peak> condition) {
        List<Peak> all = new MailWindows(mail, minutes)
                .peaks().stream()
                        .filter(peak -> !peak.from().isBefore(usualKnownFrom()))
                        .toList();
        return chosen(
                all,
                condition,
                Comparator.comparing((Peak peak) -> peak.count() > more && peak.usualKnown())
                        .thenComparing(Peak::count));
    }

    /**
     * Peaks in the mail sent, likewise.
     *
     * @param within length; as many whole slots of ten minutes of UTC as it holds are counted together
     */
    public List<Peak> ofSending(Duration within, Predicate<Peak> condition) {
        Duration span = SLOT.multipliedBy(within.dividedBy(SLOT));
        List<MailSlot> sent = mail.slots().stream()
                .filter(slot -> slot.sends() > 0 && !slot.start().isBefore(knownFrom))
                .toList();
        List<Peak> all = sent.stream()
                .map(first -> sending(
                        first.start(),
                        span,
                        sent.stream()
                                .filter(slot -> !slot.start().isBefore(first.start())
                                        && slot.start().isBefore(first.start().plus(span)))
                                .toList()))
                .toList();
        return chosen(all, condition, Comparator.comparing(Peak::count));
    }

    private static Peak sending(Instant from, Duration span, List<MailSlot> slots) {
        Set<Long> senders =
                slots.stream().flatMap(slot -> slot.senders().stream()).collect(Collectors.toSet());
        long messages = slots.stream().mapToLong(MailSlot::sends).sum();
        return new Peak(from, from.plus(span), messages, senders.size(), 0, true);
    }

    private static List<Peak> chosen(List<Peak> all, Predicate<Peak> condition, Comparator<Peak> size) {
        List<Peak> meeting = new ArrayList<>();
        for (Peak peak : all) {
            boolean apart = meeting.isEmpty()
                    || !peak.from().isBefore(meeting.get(meeting.size() - 1).to());
            if (apart && condition.test(peak)) {
                meeting.add(peak);
            }
        }
        return meeting.isEmpty()
                ? all.stream().max(size.thenComparing(Peak::from, Comparator.reverseOrder())).stream()
                        .toList()
                : meeting;
    }

    /**
     * The first peaks with the uses in them, as far as the history holds any; of an hour's uses of one mailbox, by one user, from one
     * address, the first stands for all.
     *
     * @param sent whether only mail sent counts
     */
    public static List<Shown> shown(ApplicationHistory history, Collection<Peak> peaks, boolean sent) {
        return peaks.stream()
                .limit(MOST)
                .map(peak -> new Shown(
                        peak,
                        history.uses(peak.from(), peak.to().minusNanos(1), MOST_HOURS).stream()
                                .filter(hour -> isWithin(hour, peak))
                                .filter(hour -> hour.getAction().equals("mail-send")
                                        || (!sent && hour.getAction().equals("mail-read")))
                                .map(UseHour::getFirstEvent)
                                .flatMap(Optional::stream)
                                .filter(Facts::succeeded)
                                .sorted(Facts.ORDER)
                                .toList()))
                .filter(shown -> !shown.uses().isEmpty())
                .toList();
    }

    private static boolean isWithin(UseHour hour, Peak peak) {
        return hour.getFirst().isBefore(peak.to()) && !hour.getLast().isBefore(peak.from());
    }
}

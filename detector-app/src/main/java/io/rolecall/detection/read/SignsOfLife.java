package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.Baseline;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.detection.memory.Memory;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What shows an application alive: what it does ({@link OwnActivity}), and the credentials and grants that it is given, which are acts of
 * the history.
 */
final class SignsOfLife {

    private final Memory memory;
    private final OwnActivity activity;
    private final List<AppEvent> directory;
    private final List<AppEvent> gifts;
    private final SortedSet<LocalDate> days;

    /** @param from before this, what single users consented to may be left out */
    SignsOfLife(ApplicationHistory history, Instant from) {
        this.memory = history.memory();
        this.activity = new OwnActivity(history);
        this.directory = new ArrayList<>(history.acts());
        directory.addAll(ActsOfUsers.of(history).acts());
        directory.removeIf(act -> !Facts.succeeded(act) || !isOfDirectory(act));
        this.gifts = Facts.distinct(Stream.concat(
                        directory.stream(), activity.ofUsers(from, OwnActivity.end(OwnActivity.LAST_DAY)).stream())
                .filter(SignsOfLife::isGift)
                .toList());
        this.days = new TreeSet<>(activity.days());
        gifts.forEach(gift -> days.add(FirstUses.day(gift.getEventTime())));
    }

    private static boolean isOfDirectory(AppEvent act) {
        return ActivitySource.of(act)
                .filter(source -> !OwnActivity.SOURCES.contains(source))
                .isPresent();
    }

    /** Whether an act successfully gives a credential or a grant. */
    static boolean isGift(AppEvent act) {
        return Facts.succeeded(act)
                && ActivitySource.of(act)
                        .filter(ActivitySource.CREDENTIALS_AND_GRANTS::equals)
                        .isPresent();
    }

    /**
     * The first credential, grant or sign-in of each UTC day before which there were none of a number of days.
     *
     * @param from start, inclusive
     */
    List<AppEvent> afterDaysWithout(long least, Instant from) {
        List<AppEvent> found = new ArrayList<>();
        for (LocalDate day : days.tailSet(from.isBefore(Instant.EPOCH) ? OwnActivity.FIRST_DAY : FirstUses.day(from))) {
            SortedSet<LocalDate> earlier = days.headSet(day);
            if (earlier.isEmpty() || !earlier.last().plusDays(least).isAfter(day)) {
                awakening(day).min(Facts.ORDER).ifPresent(found::add);
            }
        }
        return found;
    }

    /** The first credential, grant or sign-in at most so long after a time, both ends included, as far as the logs can tell. */
    Optional<AppEvent> firstAfter(Instant time, Duration span) {
        Instant from = time.minus(Facts.CLOCK_SKEW);
        Instant to = time.plus(span).plus(Facts.CLOCK_SKEW);
        for (LocalDate day : days.subSet(FirstUses.day(from), FirstUses.day(to).plusDays(1))) {
            Optional<AppEvent> first = awakening(day)
                    .filter(act -> Facts.isWithin(act.getEventTime(), time, span))
                    .min(Facts.ORDER);
            if (first.isPresent()) {
                return first;
            }
        }
        return Optional.empty();
    }

    /** What broke the silence of some time before an act, for sentences; empty when nothing did. */
    Optional<String> within(Duration silence, AppEvent act) {
        Instant time = act.getEventTime();
        Instant start = time.minus(silence);
        return Stream.concat(
                        gifts.stream(), activity.ofUsers(start, time).stream().filter(SignsOfLife::isGift))
                .map(AppEvent::getEventTime)
                .filter(at -> Facts.surelyBefore(start, at) && Facts.surelyBefore(at, time))
                .max(Comparator.naturalOrder())
                .map(at -> "a credential or grant at " + Facts.time(at))
                .or(() -> activity.before(time, silence));
    }

    /** The last day before an act on which it was seen alive. */
    Optional<LocalDate> lastDayBefore(AppEvent act) {
        SortedSet<LocalDate> earlier = days.headSet(FirstUses.day(act.getEventTime()));
        return earlier.isEmpty() ? Optional.empty() : Optional.of(earlier.last());
    }

    /**
     * Whether there was a baseline before a silence that ends with an act. Sign-ins of users stand in two logs, of which one is counted;
     * acts in the directory count, whatever they are.
     */
    boolean hasBaselineBefore(Duration silence, AppEvent act) {
        Instant start = act.getEventTime().minus(silence);
        return Stream.of(ActivitySource.USER_SIGN_INS, ActivitySource.UNIFIED_USER_SIGN_INS)
                .map(other -> memory.baseline(without(other), directory))
                .anyMatch(baseline -> baseline.isReachedBefore(act.getEventTime()) && isFullBy(baseline, start));
    }

    private static boolean isFullBy(Baseline baseline, Instant time) {
        return Stream.of(baseline.fifth(), baseline.thirdDay())
                .allMatch(part -> part.filter(at -> Facts.mayPrecede(at, time)).isPresent());
    }

    private Stream<AppEvent> awakening(LocalDate day) {
        Instant from = OwnActivity.start(day);
        Instant to = OwnActivity.end(day);
        return Stream.concat(
                gifts.stream().filter(gift -> FirstUses.day(gift.getEventTime()).equals(day)),
                activity.signIns(from, to));
    }

    private static Set<ActivitySource> without(ActivitySource one) {
        Set<ActivitySource> sources = EnumSet.copyOf(OwnActivity.SOURCES);
        sources.remove(one);
        return sources;
    }
}

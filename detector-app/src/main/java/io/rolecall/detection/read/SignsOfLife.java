package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Interval;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.Baseline;
import io.rolecall.detection.memory.BaselineNeed;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.detection.memory.Memory;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.UserDay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
 * What shows an application alive: successful sign-ins with it, its use of mail, files and Azure, and the credentials and grants that it
 * is given. The days of sign-ins and use are remembered, their exact times read from the roll-ups where they decide; credentials and grants are
 * acts of the history.
 */
public final class SignsOfLife {

    private static final Set<ActivitySource> SIGN_INS = Set.of(
            ActivitySource.SERVICE_PRINCIPAL_SIGN_INS,
            ActivitySource.MANAGED_IDENTITY_SIGN_INS,
            ActivitySource.USER_SIGN_INS,
            ActivitySource.UNIFIED_USER_SIGN_INS);

    private static final Set<ActivitySource> REMEMBERED = remembered();

    private static final LocalDate FIRST_DAY = LocalDate.EPOCH;
    private static final LocalDate LAST_DAY = LocalDate.of(2200, 1, 1);

    /** Most entries of one reading. */
    private static final int MOST = 64;

    private final ApplicationHistory history;
    private final Memory memory;
    private final List<AppEvent> directory;
    private final List<AppEvent> gifts;
    private final SortedSet<LocalDate> days;
    private int budget = SubjectHistory.MOST_FACTS;

    private SignsOfLife(ApplicationHistory history, List<AppEvent> directory, List<AppEvent> gifts) {
        this.history = history;
        this.memory = history.memory();
        this.directory = directory;
        this.gifts = gifts;
        this.days = new TreeSet<>(memory.activeDays(REMEMBERED, FIRST_DAY, LAST_DAY));
        gifts.forEach(gift -> days.add(FirstUses.day(gift.getEventTime())));
    }

    /** What has to be remembered for it. */
    public static BaselineNeed[] needs() {
        return REMEMBERED.stream().map(BaselineNeed::of).toArray(BaselineNeed[]::new);
    }

    /**
     * Those of an application.
     *
     * @param from before this, what single users consented to may be left out
     */
    public static SignsOfLife of(ApplicationHistory history, Instant from) {
        List<AppEvent> directory = new ArrayList<>(history.acts());
        directory.addAll(ActsOfUsers.of(history).acts());
        directory.removeIf(act -> !Facts.succeeded(act)
                || ActivitySource.of(act).filter(REMEMBERED::contains).isPresent()
                || ActivitySource.of(act).isEmpty());
        Stream<AppEvent> lately =
                history.userDays(from, Instant.MAX, MOST).stream().flatMap(day -> day.getActs().stream());
        List<AppEvent> gifts = Facts.distinct(Stream.concat(directory.stream(), lately)
                .filter(SignsOfLife::isGift)
                .toList());
        return new SignsOfLife(history, directory, gifts);
    }

    /** Whether an act successfully gives a credential or a grant. */
    public static boolean isGift(AppEvent act) {
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
        for (LocalDate day : days.tailSet(from.isBefore(Instant.EPOCH) ? FIRST_DAY : FirstUses.day(from))) {
            SortedSet<LocalDate> earlier = days.headSet(day);
            if (earlier.isEmpty() || !earlier.last().plusDays(least).isAfter(day)) {
                awakening(start(day), end(day)).min(Facts.ORDER).ifPresent(found::add);
            }
        }
        return found;
    }

    /** The first credential, grant or sign-in at most so long after a time, both ends included, as far as the logs can tell. */
    Optional<AppEvent> firstAfter(Instant time, Duration span) {
        Instant from = time.minus(Facts.CLOCK_SKEW);
        Instant to = time.plus(span).plus(Facts.CLOCK_SKEW);
        for (LocalDate day : days.subSet(FirstUses.day(from), FirstUses.day(to).plusDays(1))) {
            Optional<AppEvent> first = awakening(start(day), end(day))
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
        LocalDate first = FirstUses.day(start);
        LocalDate last = FirstUses.day(time);
        Stream<AppEvent> ofUsers = read(most -> history.userDays(start, time, most)).stream()
                .map(UserDay::getActs)
                .flatMap(List::stream);
        Optional<Instant> gift = Stream.concat(gifts.stream(), ofUsers.filter(SignsOfLife::isGift))
                .map(AppEvent::getEventTime)
                .filter(at -> Facts.surelyBefore(start, at) && Facts.surelyBefore(at, time))
                .max(Comparator.naturalOrder());
        if (gift.isPresent()) {
            return gift.map(at -> "a credential or grant at " + Facts.time(at));
        }
        SortedSet<LocalDate> between = days.subSet(first.plusDays(1), last);
        if (!between.isEmpty()) {
            return Optional.of("it was active on " + between.last());
        }
        return Stream.concat(
                        spans(start, end(first)).filter(one -> Facts.surelyBefore(start, one.to())),
                        spans(start(last), time).filter(one -> Facts.surelyBefore(one.from(), time)))
                .map(Interval::to)
                .map(at -> "a sign-in or use at " + Facts.time(at))
                .findFirst();
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

    private Stream<AppEvent> awakening(Instant from, Instant to) {
        Stream<AppEvent> signIns = signIns(from, to).flatMap(hour -> hour.getFirstEvent().stream());
        return Stream.concat(gifts.stream(), signIns)
                .filter(act -> !act.getEventTime().isBefore(from)
                        && !act.getEventTime().isAfter(to));
    }

    /** Successful ones; the application's own stand apart, so that neither hides the other. */
    private Stream<SignInHour> signIns(Instant from, Instant to) {
        return Stream.concat(
                        read(most -> history.ownSignIns(from, to, most)).stream(),
                        read(most -> history.signIns(from, to, most)).stream())
                .filter(hour -> hour.getSuccesses() > 0);
    }

    /** From the first to the last event of what was used, or signed in to, successfully. */
    private Stream<Interval> spans(Instant from, Instant to) {
        Stream<Interval> used = read(most -> history.uses(from, to, most)).stream()
                .filter(use -> use.getFirstEvent().filter(Facts::succeeded).isPresent())
                .map(use -> new Interval(use.getFirst(), use.getLast()));
        Stream<Interval> azure = read(most -> history.azureActivity(from, to, most)).stream()
                .filter(slot -> slot.getOutcome().equals("success"))
                .map(slot -> new Interval(slot.getFirst().getEventTime(), slot.getLast()));
        return Stream.of(signIns(from, to).map(hour -> new Interval(hour.getFirst(), hour.getLast())), used, azure)
                .flatMap(all -> all);
    }

    private interface Reading<T> {
        List<T> read(int most);
    }

    private <T> List<T> read(Reading<T> reading) {
        if (budget <= 0) {
            return List.of();
        }
        List<T> read = reading.read(Math.min(MOST, budget));
        budget -= read.size();
        return read;
    }

    private static Set<ActivitySource> remembered() {
        Set<ActivitySource> sources = EnumSet.copyOf(SIGN_INS);
        sources.addAll(Set.of(ActivitySource.MAIL_USE, ActivitySource.FILE_USE, ActivitySource.AZURE_ACTIVITY));
        return sources;
    }

    private static Set<ActivitySource> without(ActivitySource one) {
        Set<ActivitySource> sources = EnumSet.copyOf(REMEMBERED);
        sources.remove(one);
        return sources;
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Instant end(LocalDate day) {
        return start(day.plusDays(1)).minusNanos(1);
    }
}

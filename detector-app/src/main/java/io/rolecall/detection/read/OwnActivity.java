package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Interval;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.BaselineNeed;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.UseHour;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * When an application was active: successful sign-ins with it, of itself and of users, and its use of mail, files and Azure. The days are
 * remembered; times are read from the roll-ups of the history, within a bound.
 */
public final class OwnActivity {

    /** The kinds of events that are remembered. */
    static final Set<ActivitySource> SOURCES = Collections.unmodifiableSet(EnumSet.of(
            ActivitySource.SERVICE_PRINCIPAL_SIGN_INS,
            ActivitySource.MANAGED_IDENTITY_SIGN_INS,
            ActivitySource.USER_SIGN_INS,
            ActivitySource.UNIFIED_USER_SIGN_INS,
            ActivitySource.MAIL_USE,
            ActivitySource.FILE_USE,
            ActivitySource.AZURE_ACTIVITY));

    /** The first of all days that are looked at. */
    static final LocalDate FIRST_DAY = LocalDate.EPOCH;

    /** The last. */
    static final LocalDate LAST_DAY = LocalDate.of(2200, 1, 1);

    /** Most entries of one reading. */
    private static final int MOST = 64;

    private final ApplicationHistory history;
    private final SortedSet<LocalDate> days;
    private int budget = SubjectHistory.MOST_FACTS;

    OwnActivity(ApplicationHistory history) {
        this.history = history;
        this.days = Collections.unmodifiableSortedSet(
                new TreeSet<>(history.memory().activeDays(SOURCES, FIRST_DAY, LAST_DAY)));
    }

    /** What has to be remembered for it. */
    public static BaselineNeed[] needs() {
        return SOURCES.stream().map(BaselineNeed::of).toArray(BaselineNeed[]::new);
    }

    /** The UTC days on which it was active. */
    SortedSet<LocalDate> days() {
        return days;
    }

    /** Successful sign-ins of an interval, both ends included: the first of each roll-up. */
    Stream<AppEvent> signIns(Instant from, Instant to) {
        return within(from, to, signInHours(from, to).flatMap(hour -> hour.getFirstEvent().stream()));
    }

    /** The same of successful use. */
    Stream<AppEvent> uses(Instant from, Instant to) {
        return within(
                from,
                to,
                Stream.concat(
                        useHours(from, to).flatMap(use -> use.getFirstEvent().stream()),
                        azureSlots(from, to).map(AzureSlot::getFirst)));
    }

    /** What it did in some time before another time, for sentences; empty when it did nothing, or exactly so long before. */
    Optional<String> before(Instant time, Duration span) {
        Instant start = time.minus(span);
        LocalDate first = FirstUses.day(start);
        LocalDate last = FirstUses.day(time);
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

    /** Reads user days within the same bound. */
    List<AppEvent> ofUsers(Instant from, Instant to) {
        return read(most -> history.userDays(from, to, most)).stream()
                .flatMap(day -> day.getActs().stream())
                .toList();
    }

    /** Successful ones, which neither the failed ones hide, nor those of users the application's own. */
    private Stream<SignInHour> signInHours(Instant from, Instant to) {
        return read(most -> history.successes(from, to, most)).stream();
    }

    /** From the first to the last event of what was used, or signed in to, successfully. */
    private Stream<Interval> spans(Instant from, Instant to) {
        // The order matters: what is read first takes from the bound first.
        Stream<Interval> used = useHours(from, to).map(use -> new Interval(use.getFirst(), use.getLast()));
        Stream<Interval> azure =
                azureSlots(from, to).map(slot -> new Interval(slot.getFirst().getEventTime(), slot.getLast()));
        return Stream.of(signInHours(from, to).map(hour -> new Interval(hour.getFirst(), hour.getLast())), used, azure)
                .flatMap(Function.identity());
    }

    private Stream<UseHour> useHours(Instant from, Instant to) {
        return read(most -> history.uses(from, to, most)).stream()
                .filter(use -> use.getFirstEvent().filter(Facts::succeeded).isPresent());
    }

    private Stream<AzureSlot> azureSlots(Instant from, Instant to) {
        return read(most -> history.azureActivity(from, to, most)).stream()
                .filter(slot -> slot.getOutcome().equals("success"));
    }

    static Stream<AppEvent> within(Instant from, Instant to, Stream<AppEvent> acts) {
        return acts.filter(
                act -> !act.getEventTime().isBefore(from) && !act.getEventTime().isAfter(to));
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

    static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static Instant end(LocalDate day) {
        return start(day.plusDays(1)).minusNanos(1);
    }
}

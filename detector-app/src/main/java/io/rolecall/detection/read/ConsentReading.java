package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Interval;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UserDay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads an application's consents within bounds and decides which were given while it was young or rare. Up to
 * {@value #FEW} users everything is read and evaluated. Beyond, an application may have millions: then the first
 * {@value #YOUNG_DAYS} user-days of its youth (by day, then user) are evaluated, and of its later days those that, with the 30 days
 * before, hold at most {@value #RARE_DAYS} user-days. Both are functions of the facts, whatever their order.
 */
public final class ConsentReading {

    /** Users up to which everything is read. */
    static final int FEW = 64;

    static final int YOUNG_DAYS = 128;
    static final int RARE_DAYS = 32;

    static final Duration YOUNG = Duration.ofDays(14);
    static final Duration RARE_SPAN = Duration.ofDays(30);
    public static final Duration RARE_AGE = Duration.ofDays(14);
    static final int RARE_USERS = 3;

    /** How long after the last consent a grant may still be removed: as long as a profile lives. */
    private static final Duration PROFILE_LIFE = Duration.ofDays(400);

    /** Most entries read while looking for rare days. */
    private static final int BUDGET = SubjectHistory.MOST_FACTS - YOUNG_DAYS - 2 * RARE_DAYS;

    private final ApplicationHistory history;
    private final SubjectProfile profile;
    private final List<Interval> youth;
    private final List<Read> evaluated = new ArrayList<>();
    private final List<AppEvent> acts = new ArrayList<>();

    /**
     * A successful click with what its time tells of the application.
     *
     * @param youngSince the addition of the application or its service principal at most 14 days before
     * @param rareAmong other users who consented in the 30 days before, when at most 3; empty when more, or not old enough
     * @param lasting whether the application keeps its access without the user
     */
    public record Read(Click click, Optional<Instant> youngSince, Optional<Integer> rareAmong, boolean lasting) {

        public boolean qualifies() {
            return youngSince.isPresent() || rareAmong.isPresent();
        }
    }

    /**
     * What was read.
     *
     * @param clicks clicks that gave the application something, by time
     * @param acts every act of single users that was read, removals of grants among them
     * @param covered span of time in which the clicks are complete
     * @param complete whether everything was read that the history holds
     */
    public record Result(List<Read> clicks, List<AppEvent> acts, Interval covered, boolean complete) {}

    private ConsentReading(ApplicationHistory history) {
        this.history = history;
        this.profile = history.profile();
        this.youth = youth();
    }

    public static Result read(ApplicationHistory history, Interval focus) {
        return new ConsentReading(history).read(focus);
    }

    private Result read(Interval focus) {
        Optional<Instant> first = profile.getFirstUserActAt();
        Optional<Instant> last = profile.getLastUserActAt();
        if (first.isEmpty() || last.isEmpty()) {
            return new Result(List.of(), List.of(), Interval.ALL, true);
        }
        if (profile.getConsentUsers() + profile.getAssignedUsers() <= FEW) {
            List<UserDay> days = history.userDays(first.get(), last.get().plus(PROFILE_LIFE), YOUNG_DAYS * 2);
            if (days.size() < YOUNG_DAYS * 2) {
                List<Click> clicks = successful(days);
                ConsentRemovals removals = removals(clicks, days, true);
                clicks.forEach(click -> evaluated.add(evaluate(click, clicks, removals)));
                return new Result(List.copyOf(evaluated), List.copyOf(acts), Interval.ALL, true);
            }
        }
        return many(clamp(focus, first.get(), last.get()), last.get());
    }

    private Result many(Interval changed, Instant last) {
        Instant from = changed.from();
        Instant to = earlier(changed.to().plus(RARE_SPAN), last);
        for (Interval span : youth) {
            if (!span.to().isBefore(from) && !span.from().isAfter(to)) {
                from = earlier(from, span.from());
                List<UserDay> days = history.userDays(span.from(), span.to(), YOUNG_DAYS);
                List<Click> clicks = successful(days);
                ConsentRemovals removals = removals(clicks, days, false);
                clicks.stream()
                        .filter(click -> span.contains(click.at()))
                        .forEach(click ->
                                evaluated.add(new Read(click, young(click), Optional.empty(), removals.lasts(click))));
            }
        }
        Instant end = rare(changed.from(), to);
        return new Result(List.copyOf(evaluated), List.copyOf(acts), new Interval(Facts.day(from), end), false);
    }

    /** Judges the days after its youth one by one; returns until when it got. */
    private Instant rare(Instant from, Instant to) {
        int budget = BUDGET;
        Instant cursor = Facts.day(from);
        while (!cursor.isAfter(to)) {
            List<UserDay> next = history.userDays(cursor, to, 1);
            if (next.isEmpty()) {
                return to;
            }
            if (budget <= 0) {
                return cursor.minusNanos(1);
            }
            Instant day = Facts.day(dayOf(next.get(0), cursor));
            Instant end = day.plus(Duration.ofDays(1)).minusNanos(1);
            List<UserDay> span = history.userDays(day.minus(RARE_SPAN), end, RARE_DAYS + 1);
            budget -= span.size() + 1;
            if (span.size() <= RARE_DAYS) {
                List<Click> clicks = successful(span);
                ConsentRemovals removals = removals(clicks, span, false);
                clicks.stream()
                        .filter(click ->
                                !click.at().isBefore(day) && !click.at().isAfter(end))
                        .filter(click -> young(click).isEmpty())
                        .forEach(click -> evaluated.add(evaluate(click, clicks, removals)));
            }
            cursor = end.plusNanos(1);
        }
        return to;
    }

    private Read evaluate(Click click, List<Click> known, ConsentRemovals removals) {
        return new Read(click, young(click), rareAmong(click, known), removals.lasts(click));
    }

    private ConsentRemovals removals(List<Click> clicks, List<UserDay> days, boolean complete) {
        return new ConsentRemovals(
                history,
                clicks,
                days.stream().flatMap(day -> day.getActs().stream()).toList(),
                complete);
    }

    private Optional<Instant> young(Click click) {
        return youth.stream()
                .filter(span -> span.contains(click.at()))
                .map(span -> span.from().plus(Facts.CLOCK_SKEW))
                .findFirst();
    }

    private Optional<Integer> rareAmong(Click click, List<Click> known) {
        Instant since = click.at().minus(RARE_SPAN);
        if (profile.getFirstSeen().isAfter(click.at().minus(RARE_AGE))) {
            return Optional.empty();
        }
        int others = (int) known.stream()
                .filter(other -> !other.at().isBefore(since) && other.at().isBefore(click.at()))
                .map(Click::user)
                .filter(user -> !user.equals(click.user()))
                .distinct()
                .count();
        return others <= RARE_USERS ? Optional.of(others) : Optional.empty();
    }

    /** Spans in which the application is young, each from a minute before one of its additions. */
    private List<Interval> youth() {
        TreeSet<Instant> starts = new TreeSet<>();
        profile.getRegistration().ifPresent(registration -> starts.add(registration.getAt()));
        profile.getServicePrincipalAddedAt().ifPresent(starts::add);
        history.acts().stream()
                .filter(act ->
                        Facts.is(act, Operations.ADD_APPLICATION) || Facts.is(act, Operations.ADD_SERVICE_PRINCIPAL))
                .filter(Facts::succeeded)
                .map(AppEvent::getEventTime)
                .forEach(starts::add);
        List<Interval> spans = new ArrayList<>();
        for (Instant start : starts) {
            Interval span = new Interval(start.minus(Facts.CLOCK_SKEW), start.plus(YOUNG));
            int latest = spans.size() - 1;
            if (latest >= 0 && !spans.get(latest).to().isBefore(span.from())) {
                spans.set(latest, new Interval(spans.get(latest).from(), span.to()));
            } else {
                spans.add(span);
            }
        }
        return spans;
    }

    private List<Click> successful(List<UserDay> days) {
        days.forEach(day -> acts.addAll(day.getActs()));
        return Clicks.of(days, history).stream().filter(Click::consents).toList();
    }

    private static Instant dayOf(UserDay day, Instant otherwise) {
        return day.getActs().stream()
                .map(AppEvent::getEventTime)
                .min(Instant::compareTo)
                .orElse(otherwise);
    }

    private static Interval clamp(Interval focus, Instant first, Instant last) {
        Instant from = focus.from().isBefore(first) ? first : earlier(focus.from(), last);
        Instant to = focus.to().isAfter(last) ? last : focus.to();
        return new Interval(from, to.isBefore(from) ? from : to);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}

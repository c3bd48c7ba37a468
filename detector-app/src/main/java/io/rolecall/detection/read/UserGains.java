package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Interval;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UserDay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what single users' grants gained, within bounds. Up to {@value ConsentReading#FEW} users everything is read together. Beyond,
 * every UTC day is read by itself, of each at most the first {@value #DAY} users: what is found of a day is a function of that day,
 * whatever else was read with it.
 */
public final class UserGains {

    /** Most user-days read together. */
    static final int ALL_DAYS = 256;

    /** Most users read of one day of an application that many use. */
    static final int DAY = 128;

    /** Most days that are read one by one in one evaluation. */
    static final int MOST_DAYS = 2;

    /** How long after the last consent a grant may still be removed: as long as a profile lives. */
    private static final Duration PROFILE_LIFE = Duration.ofDays(400);

    private static final Duration ONE_DAY = Duration.ofDays(1);

    private UserGains() {}

    /**
     * What was read.
     *
     * @param gains by time
     * @param covered span of time in which they are complete
     */
    public record Result(List<Gain> gains, Interval covered) {

        public Result {
            gains = List.copyOf(gains);
        }
    }

    /**
     * Reads a history.
     *
     * @param focus what changed of it
     */
    public static Result read(ApplicationHistory history, Interval focus) {
        SubjectProfile profile = history.profile();
        Optional<Instant> first = profile.getFirstUserActAt();
        Optional<Instant> last = profile.getLastUserActAt();
        if (first.isEmpty() || last.isEmpty()) {
            return new Result(List.of(), Interval.ALL);
        }
        if (profile.getConsentUsers() + profile.getAssignedUsers() <= ConsentReading.FEW) {
            List<UserDay> days = history.userDays(first.get(), last.get().plus(PROFILE_LIFE), ALL_DAYS);
            if (days.size() < ALL_DAYS) {
                return new Result(gains(history, days, true), Interval.ALL);
            }
        }
        Interval span = new Interval(
                focus.from().isBefore(first.get()) ? first.get() : focus.from(),
                focus.to().isAfter(last.get()) ? last.get() : focus.to());
        return byDay(history, span, focus);
    }

    private static Result byDay(ApplicationHistory history, Interval span, Interval focus) {
        List<Gain> gains = new ArrayList<>();
        Instant day = span.from();
        for (int read = 0; read < MOST_DAYS; read++) {
            List<UserDay> next = day.isAfter(span.to()) ? List.of() : history.userDays(day, span.to(), 1);
            if (next.isEmpty()) {
                return new Result(earliest(gains), new Interval(startOf(focus), focus.to()));
            }
            Instant found = next.get(0).getActs().stream()
                    .map(AppEvent::getEventTime)
                    .min(Instant::compareTo)
                    .map(Facts::day)
                    .orElse(day);
            gains.addAll(gains(history, history.userDays(found, found, DAY), false));
            day = found.plus(ONE_DAY);
        }
        return new Result(earliest(gains), new Interval(startOf(focus), day.minusNanos(1)));
    }

    /** The whole first day is read. */
    private static Instant startOf(Interval focus) {
        return focus.from().equals(Instant.MIN) ? focus.from() : Facts.day(focus.from());
    }

    /** Of each grant that is widened what the first such day shows: a later day that is read alone tells no more either. */
    private static List<Gain> earliest(List<Gain> gains) {
        return gains.stream()
                .filter(gain -> gains.stream()
                        .filter(other -> other.widens() && other.anchor().equals(gain.anchor()))
                        .noneMatch(other -> Facts.day(other.time()).isBefore(Facts.day(gain.time()))))
                .toList();
    }

    private static List<Gain> gains(ApplicationHistory history, List<UserDay> days, boolean complete) {
        List<AppEvent> acts =
                days.stream().flatMap(day -> day.getActs().stream()).toList();
        List<Click> clicks = Clicks.of(days, history);
        ConsentRemovals removals = new ConsentRemovals(
                history, clicks.stream().filter(Click::consents).toList(), acts, complete);
        Gains gains =
                new Gains(Stream.concat(acts.stream(), history.acts().stream()).toList());
        return clicks.stream()
                .flatMap(click -> gains
                        .of(
                                wholly(click, acts),
                                click.user(),
                                (gain, scope) -> removals.took(
                                        click.user(), scope, grant -> gains.isOf(grant, gain), gain.act()))
                        .stream())
                .sorted(Gain.ORDER)
                .toList();
    }

    /** The successful acts of a click with those by which a list became smaller, which are no consent by themselves. */
    private static List<AppEvent> wholly(Click click, List<AppEvent> acts) {
        String id = Clicks.click(click.main());
        Stream<AppEvent> taking = acts.stream()
                .filter(Facts::succeeded)
                .filter(act -> Clicks.click(act).equals(id))
                .filter(act -> Gains.details(act)
                        .filter(grant -> grant.getPrincipalId()
                                .map(click.user()::equalsIgnoreCase)
                                .orElse(true))
                        .isPresent());
        return Facts.distinct(Stream.concat(click.granted().stream(), taking).toList());
    }
}

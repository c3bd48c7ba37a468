package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.UserDay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What single users let an application do, or others for them, as far as it is read at once: the earliest {@value #MOST_DAYS} user-days
 * of the history, by day, then user. A function of the facts, whatever their order. Of an application with more, later acts of single
 * users are not looked at: a popular one has millions, and every consent to it would have them read.
 *
 * @param acts the acts, by time
 * @param clicks those of them that gave the application something, by click
 * @param complete whether that is all that the history holds
 */
public record ActsOfUsers(List<AppEvent> acts, List<Click> clicks, boolean complete) {

    static final int MOST_DAYS = 64;

    /** How long after the last grant it may still be removed: as long as a profile lives. */
    private static final Duration PROFILE_LIFE = Duration.ofDays(400);

    /** Reads them. */
    public static ActsOfUsers of(ApplicationHistory history) {
        return of(history, MOST_DAYS);
    }

    /**
     * The same within another bound.
     *
     * @param mostDays most user-days that are read
     */
    static ActsOfUsers of(ApplicationHistory history, int mostDays) {
        Optional<Instant> first = history.profile().getFirstUserActAt();
        Optional<Instant> last = history.profile().getLastUserActAt();
        if (first.isEmpty() || last.isEmpty()) {
            return new ActsOfUsers(List.of(), List.of(), true);
        }
        List<UserDay> days = history.userDays(first.get(), last.get().plus(PROFILE_LIFE), mostDays);
        return new ActsOfUsers(
                days.stream()
                        .flatMap(day -> day.getActs().stream())
                        .sorted(Facts.ORDER)
                        .toList(),
                Clicks.of(days, history).stream().filter(Click::consents).toList(),
                days.size() < mostDays);
    }

    /** Which scopes of the users were taken away again. */
    public ConsentRemovals removals(SubjectHistory history) {
        return new ConsentRemovals(history, clicks, acts, complete);
    }
}

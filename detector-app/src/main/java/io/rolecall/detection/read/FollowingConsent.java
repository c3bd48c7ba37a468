package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.event.Acts;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.DelegatedGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a consent to an application follows an act within a time: of a user, or for the whole tenant. */
public final class FollowingConsent {

    /** Acts after which consents are looked for; of more, the earliest and the latest half of so many. */
    private static final int MOST_ACTS = 14;

    /** User-days read after each. */
    private static final int MOST_DAYS = 32;

    private FollowingConsent() {}

    /** The first consent that gave something within the time after any of the acts. */
    public static Optional<AppEvent> of(Collection<AppEvent> acts, Duration within, ApplicationHistory history) {
        return chosen(Facts.distinct(acts)).stream()
                .flatMap(act -> Stream.concat(forAll(history), ofUsers(history, act.getEventTime(), within))
                        .filter(consent -> Facts.isWithin(consent.getEventTime(), act.getEventTime(), within)))
                .min(Facts.ORDER);
    }

    private static List<AppEvent> chosen(List<AppEvent> acts) {
        int half = MOST_ACTS / 2;
        return acts.size() <= MOST_ACTS
                ? acts
                : Stream.concat(acts.stream().limit(half), acts.stream().skip(acts.size() - half))
                        .toList();
    }

    private static Stream<AppEvent> forAll(ApplicationHistory history) {
        return history.acts().stream()
                .filter(act -> Facts.succeeded(act) && Acts.isTenantWide(act))
                .filter(act -> Facts.is(act, Operations.CONSENT)
                        || (act.getDetails().orElse(null) instanceof DelegatedGrant grant
                                && !grant.getAdded().isEmpty()));
    }

    private static Stream<AppEvent> ofUsers(ApplicationHistory history, Instant from, Duration within) {
        List<Click> clicks = Clicks.of(
                history.userDays(from.minus(Facts.CLOCK_SKEW), from.plus(within).plus(Facts.CLOCK_SKEW), MOST_DAYS),
                history);
        return clicks.stream().filter(Click::consents).map(Click::main);
    }
}

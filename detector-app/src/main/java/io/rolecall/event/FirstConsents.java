package io.rolecall.event;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Consent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a tenant is told of the consents of its people: the first successful one of each UTC hour, without what it was for. Millions of
 * consents come to at most 24 small facts a day.
 */
public final class FirstConsents {

    /** The first: by time, then by event, then whichever copy is the smaller one. */
    public static final Comparator<AppEvent> ORDER = Comparator.comparing(AppEvent::getEventTime)
            .thenComparing(AppEvent::getEventId)
            .thenComparing((one, other) -> one.compareTo(other));

    private FirstConsents() {}

    /** Whether an event is a consent by a person, for that person alone, that gave an application anything. */
    public static boolean isOne(AppEvent event) {
        return event.getOperation().equals(Operations.CONSENT)
                && event.getOutcome().equals("success")
                && event.getActor().getType().equals("user")
                && Details.of(event, Consent.class)
                        .filter(consent -> !consent.getOnBehalfOfAll().orElse(false) && adds(consent))
                        .isPresent();
    }

    /** A consent that states no scopes at all counts; one that repeats what was there does not. */
    private static boolean adds(Consent consent) {
        Set<String> before = consent.getBefore().stream()
                .map(scope -> scope.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return consent.getScopes().isEmpty()
                || consent.getScopes().stream().anyMatch(scope -> !before.contains(scope.toLowerCase(Locale.ROOT)));
    }

    /** Start of the UTC hour of which it may be the first. */
    public static Instant hour(AppEvent consent) {
        return consent.getEventTime().truncatedTo(ChronoUnit.HOURS);
    }

    /** What the tenant is told: who consented to what application when, and nothing of the scopes. */
    public static AppEvent told(AppEvent consent) {
        return AppEvent.newBuilder(consent).setDetails(null).build();
    }

    /** Whether a fact of a tenant is such a one. */
    public static boolean isTold(AppEvent fact) {
        return fact.getOperation().equals(Operations.CONSENT);
    }
}

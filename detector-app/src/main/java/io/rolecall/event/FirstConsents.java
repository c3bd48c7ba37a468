package io.rolecall.event;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Consent;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a tenant is told of the consents of its people: the first successful one of each ten minutes, without what it was for. Millions of
 * consents come to at most 144 small facts a day.
 */
public final class FirstConsents {

    /** The first. */
    public static final Comparator<AppEvent> ORDER = Earliest.ORDER;

    private static final long SLOT_SECONDS = 600;

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

    /** Start of the ten minutes of UTC of which it may be the first. */
    public static Instant slot(AppEvent consent) {
        return slot(consent.getEventTime());
    }

    /** Start of the ten minutes of UTC in which a time lies. */
    public static Instant slot(Instant time) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), SLOT_SECONDS) * SLOT_SECONDS);
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

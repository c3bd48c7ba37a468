package io.rolecall.detection.read;

import io.rolecall.inventory.ImportedFacts;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Consent;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.state.AuthorisedSpan;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When an application was authorised: given application roles or delegated scopes, for whomever, or consented to, successfully. The
 * profile keeps the spans between pauses of more than {@link #PAUSE}. They are a function of the set of times: what lies inside a span is
 * not told apart, and what joins two of them makes them one.
 */
public final class Authorisations {

    /** Longest pause inside a span: of shorter ones nothing is known. */
    public static final Duration PAUSE = Duration.ofDays(30);

    /** Most spans kept of one application, the latest: those of five years at least. */
    public static final int MOST = 64;

    private Authorisations() {}

    /** Whether an act authorises the application. */
    public static boolean isOne(AppEvent act) {
        return SignsOfLife.isGift(act) && (act.getDetails().orElse(null) instanceof AppRole || isConsent(act));
    }

    /** Whether it does so by delegated scopes: a consent, or a delegated grant. */
    public static boolean isConsent(AppEvent act) {
        Object details = act.getDetails().orElse(null);
        return SignsOfLife.isGift(act) && (details instanceof Consent || details instanceof DelegatedGrant);
    }

    /** The known spans with what an event tells; the same list when it tells nothing new. */
    public static List<AuthorisedSpan> merge(List<AuthorisedSpan> known, AppEvent event) {
        if (ImportedFacts.isImported(event) || !isOne(event)) {
            return known;
        }
        long second = event.getEventTime().getEpochSecond();
        if (known.stream().anyMatch(span -> span.getFirst() <= second && second <= span.getLast())) {
            return known;
        }
        List<AuthorisedSpan> all = new ArrayList<>(known);
        all.add(new AuthorisedSpan(second, second));
        all.sort(Comparator.comparing(AuthorisedSpan::getFirst));
        List<AuthorisedSpan> joined = new ArrayList<>();
        for (AuthorisedSpan span : all) {
            AuthorisedSpan last = joined.isEmpty() ? span : joined.get(joined.size() - 1);
            if (joined.isEmpty() || span.getFirst() - last.getLast() > PAUSE.toSeconds()) {
                joined.add(span);
            } else {
                joined.set(
                        joined.size() - 1,
                        new AuthorisedSpan(last.getFirst(), Math.max(last.getLast(), span.getLast())));
            }
        }
        return List.copyOf(joined.subList(Math.max(0, joined.size() - MOST), joined.size()));
    }

    /**
     * The last authorisation before an act, where the pause before the act is longer than {@link #PAUSE}.
     *
     * @param act may be an authorisation itself, of which other acts of the same click are no earlier ones
     * @return empty when the pause is shorter, or nothing is known
     */
    public static Optional<Instant> lastBeforePause(SubjectProfile profile, AppEvent act) {
        long second = act.getEventTime().getEpochSecond();
        long begins = second - Facts.CLOCK_SKEW.toSeconds();
        Optional<AuthorisedSpan> latest = profile.getAuthorisations().stream()
                .filter(span -> span.getFirst() < begins)
                .reduce((earlier, later) -> later);
        return latest.map(AuthorisedSpan::getLast)
                .filter(last -> second - last > PAUSE.toSeconds())
                .map(Instant::ofEpochSecond);
    }
}

package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.event.Acts;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UserDay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What shows that a tenant has to do with an application: consents, its service principal, sign-ins; what failed too. */
public final class Appearances {

    /** Most user-days, and most roll-ups of sign-ins, that are read from either end of a history. */
    public static final int MOST = 96;

    /** Operations that are read. */
    public static final Set<String> OPERATIONS = Stream.concat(
                    Clicks.OPERATIONS.stream(), Stream.of(Operations.ADD_SERVICE_PRINCIPAL, Operations.SIGN_IN))
            .collect(Collectors.toUnmodifiableSet());

    private static final Comparator<Appearance> ORDER =
            Comparator.comparing(Appearance::act, Facts.ORDER).thenComparing(Appearance::succeeded);

    private static final Duration LAST_DAY = Duration.ofDays(1);

    /**
     * One of them.
     *
     * @param act the act, or the earliest of the sign-ins that are rolled up with it
     * @param succeeded whether it, or any of these, succeeded
     */
    public record Appearance(AppEvent act, boolean succeeded) {

        public boolean isSignIn() {
            return Facts.is(act, Operations.SIGN_IN);
        }

        public boolean isConsent() {
            return !isSignIn() && !Facts.is(act, Operations.ADD_SERVICE_PRINCIPAL);
        }

        /** The part of its actor. */
        public String role() {
            if (isSignIn()) {
                return "signed-in";
            }
            if (isConsent()) {
                return succeeded ? "consented" : "asked-for-consent";
            }
            return "added";
        }

        /** For {@code explain}. */
        public String label() {
            return (isSignIn() ? "a sign-in" : isConsent() ? "a consent" : "its service principal")
                    + (succeeded ? "" : ", failed");
        }

        /** Who did what, without time and place. */
        String words() {
            if (isSignIn()) {
                return (succeeded ? " signed in" : " tried to sign in");
            }
            if (isConsent()) {
                return succeeded ? " consented" : " asked for consent";
            }
            return succeeded ? " added its service principal" : " tried to add its service principal";
        }

        public String sentence() {
            return Facts.capital(Facts.actor(act)) + words();
        }
    }

    private Appearances() {}

    /**
     * Those of a history, ordered by time and event id.
     *
     * @param most how many user-days, and how many roll-ups, to read of the earliest ones, and of those of the last day; at least 1
     */
    public static List<Appearance> of(ApplicationHistory history, int most) {
        List<Appearance> all = new ArrayList<>();
        history.acts().stream().filter(Appearances::isOne).forEach(act -> all.add(of(act)));
        users(history, most).stream()
                .flatMap(day -> day.getActs().stream())
                .filter(act -> isOne(act) && !Acts.assignsUser(act))
                .forEach(act -> all.add(of(act)));
        signIns(history, most).forEach(hour -> hour.getFirstEvent()
                .ifPresent(first -> all.add(new Appearance(first, hour.getSuccesses() > 0))));
        return all.stream().distinct().sorted(ORDER).toList();
    }

    private static boolean isOne(AppEvent act) {
        return OPERATIONS.contains(act.getOperation());
    }

    private static Appearance of(AppEvent act) {
        return new Appearance(act, Facts.succeeded(act));
    }

    private static List<UserDay> users(ApplicationHistory history, int most) {
        SubjectProfile profile = history.profile();
        if (profile.getFirstUserActAt().isEmpty() || profile.getLastUserActAt().isEmpty()) {
            return List.of();
        }
        Instant last = profile.getLastUserActAt().get();
        List<UserDay> earliest = history.userDays(profile.getFirstUserActAt().get(), last, most);
        return earliest.size() < most ? earliest : joined(earliest, history.userDays(last, last, most));
    }

    private static List<SignInHour> signIns(ApplicationHistory history, int most) {
        SubjectProfile profile = history.profile();
        Instant last = profile.getLastSeen();
        if (profile.getFirstSeen().isAfter(last)) {
            return List.of(); // known by an import alone
        }
        List<SignInHour> earliest = history.signIns(profile.getFirstSeen(), last, most);
        return earliest.size() < most ? earliest : joined(earliest, history.signIns(last.minus(LAST_DAY), last, most));
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().toList();
    }
}

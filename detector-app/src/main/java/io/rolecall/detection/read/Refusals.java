package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.event.Actors;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Consent;
import io.rolecall.schema.SignIn;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UserDay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads which consents to an application were refused, and what an administrator gave it afterwards. Up to {@value
 * ConsentReading#FEW} users everything is read; beyond, the first {@value #FIRST} entries of users and days, and those before what was
 * given for all first: functions of the facts, whatever their order.
 */
public final class Refusals {

    private static final int ALL_DAYS = 256;
    private static final int FIRST = 96;
    private static final int BEFORE_GIVEN = 32;
    private static final int MOST_GIVEN = 3;

    private static final String FOR_ALL = "*";

    private final ApplicationHistory history;
    private final Duration then;

    /**
     * A consent that was refused.
     *
     * @param act what shows it
     * @param users names of who was refused, lower case; empty when the event names nobody
     * @param how how it ended, for sentences
     * @param given the first that an administrator gave afterwards, for all or for that user
     */
    public record Refusal(AppEvent act, Set<String> users, String how, Optional<AppEvent> given) {

        private Refusal then(Optional<AppEvent> afterwards) {
            return new Refusal(act, users, how, afterwards);
        }
    }

    /** What an administrator gave, to one user or to all. */
    private record Given(AppEvent act, String to, Instant at) {}

    private Refusals(ApplicationHistory history, Duration then) {
        this.history = history;
        this.then = then;
    }

    /**
     * All refusals that were read, by time.
     *
     * @param then how long after a refusal what is given counts
     */
    public static List<Refusal> of(ApplicationHistory history, Duration then) {
        return new Refusals(history, then).read();
    }

    private List<Refusal> read() {
        List<Given> given = forAll();
        List<Instant> ends = given.stream().limit(MOST_GIVEN).map(Given::at).toList();
        List<Click> clicks = Clicks.of(days(ends), history);
        clicks.stream()
                .filter(click -> click.byAnother() && click.consents())
                .map(click -> new Given(click.main(), click.user(), click.at()))
                .forEach(given::add);
        given.sort(Comparator.comparing(Given::at).thenComparing(Given::act, Facts.ORDER));
        List<Refusal> refusals = new ArrayList<>();
        history.acts().stream()
                .filter(Click::blocked)
                .map(act -> refusal(act, "blocked"))
                .forEach(refusals::add);
        history.acts().stream()
                .filter(act -> Facts.is(act, Operations.CREATE_REQUEST) && Facts.succeeded(act))
                .map(act -> refusal(act, "sent to an administrator"))
                .forEach(refusals::add);
        clicks.forEach(click -> click.acts().stream()
                .filter(Click::blocked)
                .map(act -> refusal(act, "blocked", click.user()))
                .forEach(refusals::add));
        signIns(ends).forEach(act -> refusal(act).ifPresent(refusals::add));
        return refusals.stream()
                .map(one -> one.then(given.stream()
                        .filter(gift -> gift.to().equals(FOR_ALL) || one.users().contains(gift.to()))
                        .filter(gift -> Facts.isWithin(gift.at(), one.act().getEventTime(), then))
                        .map(Given::act)
                        .findFirst()))
                .sorted(Comparator.comparing(Refusal::act, Facts.ORDER))
                .toList();
    }

    private static Optional<Refusal> refusal(AppEvent signIn) {
        return Details.of(signIn, SignIn.class)
                .flatMap(SignIn::getErrorCode)
                .map(code -> refusal(signIn, code == 65004 ? "declined" : "left to an administrator"));
    }

    private static Refusal refusal(AppEvent act, String how, String... more) {
        Set<String> users = new HashSet<>(Actors.keys(act.getActor()));
        users.addAll(List.of(more));
        return new Refusal(act, users, how, Optional.empty());
    }

    /** What was given for all, by time: scopes really added, or a consent that does not state any. */
    private List<Given> forAll() {
        Stream<Given> gains = Gains.forAll(history).stream().map(gain -> new Given(gain.main(), FOR_ALL, gain.time()));
        Stream<Given> unstated = history.acts().stream()
                .filter(Facts::succeeded)
                .filter(act -> Details.of(act, Consent.class)
                        .filter(consent -> consent.getOnBehalfOfAll().orElse(false)
                                && consent.getScopes().isEmpty())
                        .isPresent())
                .map(act -> new Given(act, FOR_ALL, act.getEventTime()));
        return new ArrayList<>(Stream.concat(gains, unstated)
                .sorted(Comparator.comparing(Given::at).thenComparing(Given::act, Facts.ORDER))
                .toList());
    }

    private Set<UserDay> days(List<Instant> ends) {
        SubjectProfile profile = history.profile();
        Optional<Instant> first = profile.getFirstUserActAt();
        Optional<Instant> last = profile.getLastUserActAt();
        Set<UserDay> days = new LinkedHashSet<>();
        if (first.isEmpty() || last.isEmpty()) {
            return days;
        }
        boolean few = profile.getConsentUsers() + profile.getAssignedUsers() <= ConsentReading.FEW;
        days.addAll(history.userDays(first.get(), last.get(), few ? ALL_DAYS : FIRST));
        if (!few) {
            ends.forEach(end -> days.addAll(history.userDays(end.minus(then), end, BEFORE_GIVEN)));
        }
        return days;
    }

    private List<AppEvent> signIns(List<Instant> ends) {
        SubjectProfile profile = history.profile();
        if (profile.getFirstSeen().isAfter(profile.getLastSeen())) {
            return List.of();
        }
        TreeMap<String, AppEvent> byId = new TreeMap<>();
        Stream.concat(
                        history.refusedConsents(profile.getFirstSeen(), profile.getLastSeen(), FIRST).stream(),
                        ends.stream()
                                .flatMap(end -> history.refusedConsents(end.minus(then), end, BEFORE_GIVEN).stream()))
                .forEach(act -> byId.put(act.getEventId(), act));
        return List.copyOf(byId.values());
    }
}

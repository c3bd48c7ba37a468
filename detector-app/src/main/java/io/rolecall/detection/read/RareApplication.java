package io.rolecall.detection.read;

import io.rolecall.detection.Answer;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.detection.read.HeldPermissions.Held;
import io.rolecall.event.Acts;
import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Consent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When an application acted or was consented to, and what was known of its permissions and of who had authorised it until then. */
public final class RareApplication {

    /** How long before an act the application must have done nothing, where its last authorisation is long ago. */
    public static final Duration QUIET = Duration.ofDays(30);

    private final ApplicationHistory history;
    private final PermissionSets sets;
    private final OwnActivity activity;
    private final ActsOfUsers users;
    private final List<AppEvent> authorisations;
    private final List<AppEvent> consents;
    private final List<Privilege> risky;
    private final List<Held> olderRisky;

    /** Reads what is known of one. */
    public RareApplication(ApplicationHistory history, PermissionSets sets) {
        this.history = history;
        this.sets = sets;
        this.activity = new OwnActivity(history);
        this.users = ActsOfUsers.of(history);
        this.authorisations = Facts.distinct(Stream.concat(history.acts().stream(), users.acts().stream())
                .filter(Authorisations::isOne)
                .toList());
        this.consents =
                authorisations.stream().filter(Authorisations::isConsent).toList();
        this.risky = RiskyGrants.of(history, sets);
        this.olderRisky = RiskyGrants.held(history, sets);
    }

    /**
     * Sign-ins, uses and consents, by time: the first since it was seen, since it is so old, and since each of its authorisations and of what was taken from
     * everybody; and
     * the first of every day before which it did nothing for {@link #QUIET}.
     */
    public List<AppEvent> candidates(Duration age) {
        Instant seen = history.profile().getFirstSeen();
        SortedSet<LocalDate> days = new TreeSet<>(activity.days());
        consents.forEach(consent -> days.add(FirstUses.day(consent.getEventTime())));
        SortedSet<Instant> since = new TreeSet<>(Set.of(seen, seen.plus(age)));
        authorisations.forEach(act -> since.add(act.getEventTime().plus(Facts.CLOCK_SKEW)));
        // What is taken from everybody may leave it to few.
        history.acts().stream()
                .filter(act -> Facts.succeeded(act) && Acts.isTenantWide(act))
                .forEach(act -> since.add(act.getEventTime().plus(Facts.CLOCK_SKEW)));
        for (LocalDate day : days) {
            SortedSet<LocalDate> before = activity.days().headSet(day);
            if (before.isEmpty() || !before.last().plusDays(QUIET.toDays()).isAfter(day)) {
                since.add(OwnActivity.start(day));
            }
        }
        Map<String, AppEvent> found = new HashMap<>();
        since.stream()
                .filter(time -> time.isBefore(OwnActivity.end(OwnActivity.LAST_DAY)))
                .forEach(time -> first(days, time).ifPresent(act -> found.put(act.getEventId(), act)));
        return Facts.distinct(found.values());
    }

    private Optional<AppEvent> first(SortedSet<LocalDate> days, Instant time) {
        for (LocalDate day : days.tailSet(FirstUses.day(time))) {
            Instant from = OwnActivity.start(day).isBefore(time) ? time : OwnActivity.start(day);
            Instant to = OwnActivity.end(day);
            Optional<AppEvent> first = Stream.of(
                            activity.signIns(from, to),
                            activity.uses(from, to),
                            OwnActivity.within(from, to, consents.stream()))
                    .flatMap(Function.identity())
                    .min(Facts.ORDER);
            if (first.isPresent()) {
                return first;
            }
        }
        return Optional.empty();
    }

    /** The permissions of risky grants that it held at the time of an act. */
    public List<Permission> held(AppEvent act) {
        return held(act.getEventTime());
    }

    /** Whether none of some permissions is held any more. */
    public boolean areGone(List<Permission> permissions) {
        return Collections.disjoint(held(OwnActivity.end(OwnActivity.LAST_DAY)), permissions);
    }

    private List<Permission> held(Instant time) {
        Stream<Permission> older = olderRisky.stream()
                .filter(held -> held.at(time))
                .map(Held::permission)
                // Where the history tells of a permission, it does so more exactly than the profile.
                .filter(permission -> risky.stream()
                        .noneMatch(privilege -> privilege.permission().equals(Optional.of(permission))));
        return Stream.concat(
                        risky.stream()
                                .filter(privilege -> privilege.heldAt(time))
                                .flatMap(privilege -> privilege.permission().stream()),
                        older)
                .distinct()
                .toList();
    }

    /** Whether, before an act, at least one and at most so many users had consented, and nothing was granted for everybody. */
    public Answer isOfFew(AppEvent act, int most) {
        Instant time = act.getEventTime();
        List<Click> before = before(act);
        Set<String> consented = before.stream().map(Click::user).collect(Collectors.toSet());
        long known = consented.size() + olderUsers();
        if (isForAll(time)) {
            return Answer.no("it was granted for everybody");
        }
        if (!users.complete()) {
            return Answer.no("more users consented than are read at once");
        }
        String told = Facts.count(known, "user") + " had consented before " + Facts.time(time);
        return Answer.of(known >= 1 && known <= most, told)
                .by(before.stream().map(Click::main).toList());
    }

    /** The consents of users before an act. */
    public List<Click> before(AppEvent act) {
        return users.clicks().stream()
                .filter(Click::succeeded)
                .filter(click -> Facts.surelyBefore(click.at(), act.getEventTime())
                        && click.acts().stream()
                                .noneMatch(one -> one.getEventId().equals(act.getEventId())))
                .toList();
    }

    /** Whether, before an act, the last authorisation is longer ago than that, and it did nothing for {@link #QUIET}. */
    public Answer isIdle(AppEvent act, Duration idle) {
        Optional<Instant> last = Authorisations.lastBeforePause(history.profile(), act);
        if (last.isEmpty()) {
            return Answer.no("it is not known to have been authorised last more than "
                    + Facts.length(Authorisations.PAUSE) + " before " + Facts.time(act.getEventTime()));
        }
        Instant time = last.orElseThrow();
        String told = "it was authorised last at " + Facts.time(time);
        if (act.getEventTime().getEpochSecond() - time.getEpochSecond() <= idle.toSeconds()) {
            return Answer.no(told);
        }
        return activity.before(act.getEventTime(), QUIET)
                .map(did -> Answer.no(told + ", but before " + Facts.time(act.getEventTime()) + " there was " + did))
                .orElseGet(() -> Answer.yes(told));
    }

    /** Users that only the profile still knows; some of them may only have been asked. */
    private long olderUsers() {
        return Math.max(0, history.profile().getConsentUsers() - ConsentRemovals.asked(history, users.acts()));
    }

    private boolean isForAll(Instant time) {
        Set<String> held = new HashSet<>();
        boolean told = false;
        for (AppEvent act : history.acts()) {
            if (Facts.succeeded(act) && Acts.isTenantWide(act) && Facts.surelyBefore(act.getEventTime(), time)) {
                told = true;
                apply(act, held);
            }
        }
        return !held.isEmpty()
                || (!told
                        && HeldPermissions.of(
                                        history.profile(),
                                        sets,
                                        List.copyOf(sets.sets().keySet()))
                                .stream()
                                .anyMatch(one -> one.permission().type() == Permission.Type.DELEGATED && one.at(time)));
    }

    private static void apply(AppEvent act, Set<String> held) {
        if (act.getDetails().orElse(null) instanceof Consent) {
            held.add("");
        }
        Grants.forAll(act).ifPresent(grant -> {
            String api = grant.getResourceId().or(grant::getResourceName).orElse("");
            if (Facts.is(act, Operations.REMOVE_DELEGATED_GRANT)) {
                held.remove("");
            }
            grant.getRemoved().forEach(scope -> held.remove(api + "\n" + scope));
            grant.getAdded().forEach(scope -> held.add(api + "\n" + scope));
        });
    }

    /** For sentences: what an act is. */
    public static String label(AppEvent act) {
        String what =
                Authorisations.isConsent(act) ? "a consent" : Facts.is(act, Operations.SIGN_IN) ? "a sign-in" : "a use";
        return what + " at " + Facts.time(act.getEventTime());
    }

    /** The values of permissions, for sentences. */
    public static String labels(List<Permission> permissions) {
        return permissions.isEmpty()
                ? "nothing"
                : permissions.stream()
                        .map(Permission::value)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
    }
}

package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.DelegatedGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Grants of one user that were turned into grants for all: the event may show one list before and after, as if nothing had been
 * added. It is told by the history: the first act for all on an API whose old list is that of a user's grant.
 */
public final class Conversions {

    /** Most days of single users that are read to find the user's grant. */
    private static final int MOST_DAYS = 256;

    private static final Duration FURTHEST = Duration.ofDays(400);

    private Conversions() {}

    /**
     * What is given for all, with what such grants had given one user until then.
     *
     * @param history the application's
     * @param sets the policy's, whose permissions the profile keeps when they were given for all
     */
    public static List<Gain> withThem(ApplicationHistory history, PermissionSets sets) {
        List<Gain> gains = new ArrayList<>(Gains.forAll(history));
        List<AppEvent> acts = history.acts().stream()
                .filter(Facts::succeeded)
                .filter(act -> Gains.details(act).filter(Grants::isForAll).isPresent())
                .sorted(Facts.ORDER)
                .toList();
        List<AppEvent> turned = acts.stream().filter(act -> isFirst(act, acts)).toList();
        if (!turned.isEmpty()) {
            List<AppEvent> ofUsers =
                    ofUsers(history, turned.get(turned.size() - 1).getEventTime());
            Gains reader =
                    new Gains(Stream.concat(acts.stream(), ofUsers.stream()).toList());
            for (AppEvent act : turned) {
                reader.turned(act, ofUsers, acts)
                        .map(gain -> notHeld(history, sets, gain))
                        .filter(gain -> !gain.scopes().isEmpty())
                        .ifPresent(gains::add);
            }
        }
        return gains.stream().sorted(Gain.ORDER).toList();
    }

    /** Whether no other act for all on the API came before, and the list was not empty. */
    private static boolean isFirst(AppEvent act, List<AppEvent> acts) {
        DelegatedGrant grant = Gains.details(act).orElseThrow();
        return !Gains.before(grant).isEmpty()
                && grant.getRemoved().isEmpty()
                && acts.stream()
                        .filter(other -> Gains.details(other)
                                .filter(earlier -> earlier.getResourceId().equals(grant.getResourceId()))
                                .isPresent())
                        .noneMatch(other -> Facts.ORDER.compare(other, act) < 0);
    }

    private static List<AppEvent> ofUsers(ApplicationHistory history, Instant until) {
        return history.userDays(until.minus(FURTHEST), until, MOST_DAYS).stream()
                .flatMap(day -> day.getActs().stream())
                .filter(Facts::succeeded)
                .filter(act -> Facts.mayPrecede(act.getEventTime(), until))
                .toList();
    }

    private static Gain notHeld(ApplicationHistory history, PermissionSets sets, Gain gain) {
        Set<String> scopes = Gain.anyCase(gain.scopes());
        scopes.removeIf(scope -> gain.appId()
                .map(api -> new Permission(api, scope, Permission.Type.DELEGATED))
                .filter(sets::containsAnywhere)
                .filter(permission -> HeldPermissions.heldBefore(history.profile(), permission, gain.time()))
                .isPresent());
        return new Gain(
                gain.act(),
                gain.click(),
                gain.api(),
                gain.appId(),
                gain.principal(),
                scopes,
                gain.existing(),
                gain.ofOneUser(),
                gain.lost());
    }
}

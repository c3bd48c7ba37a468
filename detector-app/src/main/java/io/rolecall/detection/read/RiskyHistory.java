package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.read.HeldPermissions.Held;
import io.rolecall.detection.read.Keys.AddedKey;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The risky acts on one application, by its own history. */
final class RiskyHistory {

    /** How long after a credential a permission may follow that makes it one of a privileged application. */
    private static final Duration WINDOW = Duration.ofDays(30);

    private final ApplicationHistory history;
    private final PermissionSets sets;
    private final List<Grant> grants;

    private RiskyHistory(ApplicationHistory history, PermissionSets sets) {
        this.history = history;
        this.sets = sets;
        this.grants = history.grants().stream()
                .filter(grant -> RiskyGrants.isRisky(sets, grant.permission()))
                .toList();
    }

    /** Grants of roles, grants for everybody, users' consents, and credentials, by time. */
    static List<RiskyAct> of(ApplicationHistory history, PermissionSets sets) {
        RiskyHistory risky = new RiskyHistory(history, sets);
        return Stream.of(RiskyActs.roles(risky.grants, sets), risky.forAll(), risky.ofUsers(), risky.credentials())
                .flatMap(List::stream)
                .sorted(RiskyAct.ORDER)
                .toList();
    }

    /** Those of which the act alone does not tell that they are risky: grants whose API or role it does not name, and credentials. */
    static List<RiskyAct> untold(ApplicationHistory history, PermissionSets sets) {
        RiskyHistory risky = new RiskyHistory(history, sets);
        return Stream.of(RiskyActs.roles(risky.grants, sets), risky.forAll(), risky.credentials())
                .flatMap(List::stream)
                .filter(one -> RiskyActs.asks(one.act(), sets))
                .sorted(RiskyAct.ORDER)
                .toList();
    }

    private List<RiskyAct> forAll() {
        return RiskyActs.risky(Conversions.withThem(history, sets), sets);
    }

    private List<RiskyAct> ofUsers() {
        List<RiskyAct> found = new ArrayList<>();
        for (Privilege privilege : RiskyGrants.of(history, sets)) {
            if (!privilege.holder().isEmpty()) {
                privilege
                        .gifts()
                        .forEach(act -> found.add(RiskyAct.grant(
                                act,
                                RiskyAct.CONSENTED,
                                privilege.permission().stream().toList(),
                                privilege.isGone())));
            }
        }
        return found;
    }

    private List<RiskyAct> credentials() {
        List<AddedKey> keys = Keys.added(history.acts());
        if (keys.isEmpty()) {
            return List.of();
        }
        List<Held> held = RiskyGrants.held(history, sets);
        List<UserScopes.Scope> ofUsers = UserScopes.of(history, sets, List.of(RiskyGrants.SCOPES));
        List<RiskyAct> found = new ArrayList<>();
        for (AddedKey key : keys) {
            if (key.verifies() && !key.signsSaml()) {
                List<Permission> permissions = permissions(key, held, ofUsers);
                if (!permissions.isEmpty()) {
                    found.add(new RiskyAct(
                            key.act(),
                            RiskyAct.ADDED_CREDENTIAL,
                            key.what() + " to an application that can use " + Permission.values(permissions),
                            permissions,
                            List.of(key.keyId()),
                            CredentialKind.isExplainedInside(history, key, keys),
                            key.removedBy().isPresent()));
                }
            }
        }
        return found;
    }

    private List<Permission> permissions(AddedKey key, List<Held> held, List<UserScopes.Scope> ofUsers) {
        Instant until = key.time().plus(WINDOW);
        return Stream.concat(
                        Privileges.of(key, WINDOW, grants, held).permissions().stream(),
                        ofUsers.stream()
                                .filter(scope -> scope.meets(key.time(), until)
                                        && key.livesAt(scope.act().getEventTime()))
                                .map(UserScopes.Scope::permission))
                .distinct()
                .toList();
    }
}

package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.read.HeldPermissions.Held;
import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.AppEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Risky grants: an application role of {@code permissive}, {@code tier-0} or {@code mailbox-wide}, or a delegated scope of {@code
 * risky-scopes}, for everybody or by a user's consent. Judged from the facts alone, whatever other detections are set to.
 */
public final class RiskyGrants {

    /** Sets of the application roles. */
    static final List<String> ROLES = List.of("permissive", "tier-0", "mailbox-wide");

    /** Set of the delegated scopes. */
    static final String SCOPES = "risky-scopes";

    /** The sets of which some permission makes a grant risky. */
    static final List<String> SETS = List.of("permissive", "tier-0", "mailbox-wide", SCOPES);

    private final PermissionSets sets;
    private final Map<String, Privilege> found = new TreeMap<>();
    private final Map<String, List<Privilege.Change>> changes = new TreeMap<>();

    private RiskyGrants(PermissionSets sets) {
        this.sets = sets;
    }

    /** Whether a permission is one that makes its grant risky. */
    public static boolean isRisky(PermissionSets sets, Permission permission) {
        return permission.type() == Permission.Type.APPLICATION
                ? sets.contains(ROLES, permission)
                : sets.contains(SCOPES, permission);
    }

    /** The permissions of risky grants that the profile knows, which reaches further back than the history. */
    static List<Held> held(SubjectHistory history, PermissionSets sets) {
        return HeldPermissions.of(history.profile(), sets, SETS).stream()
                .filter(held -> isRisky(sets, held.permission()))
                .toList();
    }

    /** The permissions that were given by risky grants, and when they were given and taken; those of single users within the bound of {@link ActsOfUsers}. */
    public static List<Privilege> of(ApplicationHistory history, PermissionSets sets) {
        RiskyGrants risky = new RiskyGrants(sets);
        Grants grants = new Grants(history.acts());
        risky.roles(history.acts(), grants);
        risky.scopesForAll(history.acts(), grants);
        risky.scopesOfUsers(history);
        return risky.found.entrySet().stream()
                .map(entry -> entry.getValue().with(risky.changes.getOrDefault(entry.getKey(), List.of())))
                .toList();
    }

    private void roles(List<AppEvent> acts, Grants grants) {
        for (AppEvent act : acts) {
            boolean given = Facts.is(act, Operations.ADD_APP_ROLE);
            if (Facts.succeeded(act) && (given || Grants.removesRole(act))) {
                grants.named(act).ifPresent(grant -> add(grant, "", act, given));
            }
        }
    }

    private void scopesForAll(List<AppEvent> acts, Grants grants) {
        for (AppEvent act : acts) {
            if (Facts.succeeded(act)) {
                Grants.forAll(act).ifPresent(details -> {
                    String api = grants.api(details);
                    details.getAdded().forEach(scope -> add(scope(act, api, scope), "", act, true));
                    details.getRemoved().forEach(scope -> add(scope(act, api, scope), "", act, false));
                });
            }
        }
    }

    private void scopesOfUsers(ApplicationHistory history) {
        ActsOfUsers read = ActsOfUsers.of(history);
        ConsentRemovals removals = read.removals(history);
        for (Click click : read.clicks()) {
            for (Permission permission : click.added(sets, SCOPES)) {
                Grant grant = new Grant(click.main(), permission, Optional.empty(), Optional.empty());
                String key = add(grant, click.user(), click.main(), true);
                List<Privilege.Change> known = changes.getOrDefault(key, List.of());
                for (AppEvent removal : removals.of(click.user(), permission)) {
                    if (known.stream()
                            .noneMatch(change -> change.act().getEventId().equals(removal.getEventId()))) {
                        add(grant, click.user(), removal, false);
                    }
                }
            }
        }
    }

    private static Grant scope(AppEvent act, String api, String scope) {
        return new Grant(
                act, Grants.permission(api, scope, Permission.Type.DELEGATED), Optional.empty(), Optional.empty());
    }

    private String add(Grant grant, String holder, AppEvent act, boolean given) {
        String key =
                grant.key().toLowerCase(Locale.ROOT) + "\n" + grant.permission().type() + "\n" + holder;
        if (isRisky(sets, grant.permission())) {
            found.putIfAbsent(
                    key, new Privilege(grant.key(), holder, grant.label(), Optional.of(grant.permission()), List.of()));
            changes.computeIfAbsent(key, any -> new ArrayList<>()).add(new Privilege.Change(act, given));
        }
        return key;
    }
}

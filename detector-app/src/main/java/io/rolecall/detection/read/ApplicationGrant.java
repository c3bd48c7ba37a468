package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.ResolvedAddress;
import io.rolecall.event.Acts;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Policy;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.DelegatedGrant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an application gave to an application in one act: application roles, scopes for everybody or for one user, a directory role.
 *
 * @param act the successful act
 * @param permissions what it gave; none for a directory role, and when the event does not tell
 * @param directoryRoles the directory roles it gave
 * @param undone whether everything has been taken back
 */
public record ApplicationGrant(
        AppEvent act, List<Permission> permissions, List<DirectoryRoles.Given> directoryRoles, boolean undone) {

    /** Operations by which anything is given, or taken back. */
    public static final Set<String> CHANGES = Stream.of(Grants.OF_ROLES, Grants.OF_SCOPES, DirectoryRoles.CHANGES)
            .flatMap(Collection::stream)
            .collect(Collectors.toUnmodifiableSet());

    /** Operations by which anything is given. */
    public static final Set<String> GIVES = Stream.of(
                    List.of(Operations.ADD_APP_ROLE, Operations.ADD_DELEGATED_GRANT), DirectoryRoles.GIVES)
            .flatMap(Collection::stream)
            .collect(Collectors.toUnmodifiableSet());

    public ApplicationGrant {
        permissions = List.copyOf(permissions);
        directoryRoles = List.copyOf(directoryRoles);
    }

    /** Whether an act may be one: done by an application, which then is asked who it is. */
    public static boolean mayBe(AppEvent act) {
        return Facts.succeeded(act)
                && act.getActor().getType().equals("application")
                && CHANGES.contains(act.getOperation());
    }

    /** All of them, by time. Those for one user as far as {@link ActsOfUsers} reads. */
    public static List<ApplicationGrant> of(ApplicationHistory history) {
        List<AppEvent> acts = history.acts();
        Map<String, ApplicationGrant> found = new LinkedHashMap<>();
        byAct(history.grants(), Grant::act)
                .forEach((id, grants) -> found.put(
                        id,
                        new ApplicationGrant(
                                grants.get(0).act(),
                                grants.stream().map(Grant::permission).toList(),
                                List.of(),
                                grants.stream().allMatch(Grant::undone))));
        byAct(DirectoryRoles.given(acts), DirectoryRoles.Given::act)
                .forEach((id, roles) -> found.put(
                        id,
                        new ApplicationGrant(
                                roles.get(0).act(),
                                List.of(),
                                roles,
                                roles.stream().allMatch(one -> one.takenBy().isPresent()))));
        acts.stream()
                .filter(act -> mayBe(act) && !found.containsKey(act.getEventId()))
                .forEach(act -> untold(act).ifPresent(grant -> found.put(act.getEventId(), grant)));
        ofUsers(history).forEach(grant -> found.put(grant.act().getEventId(), grant));
        return found.values().stream()
                .sorted(Comparator.comparing(ApplicationGrant::act, Facts.ORDER))
                .toList();
    }

    private static <T> Map<String, List<T>> byAct(List<T> given, Function<T, AppEvent> act) {
        return given.stream()
                .filter(one -> mayBe(act.apply(one)))
                .collect(Collectors.groupingBy(
                        one -> act.apply(one).getEventId(), LinkedHashMap::new, Collectors.toList()));
    }

    /** A grant of which the event does not tell for whom it is, or what it gives. */
    private static Optional<ApplicationGrant> untold(AppEvent act) {
        if (act.getDetails().orElse(null) instanceof DelegatedGrant grant) {
            return grant.getAdded().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ApplicationGrant(
                            act, Grants.named(grant, grant.getAdded()).toList(), List.of(), false));
        }
        return Facts.is(act, Operations.ADD_APP_ROLE) || Facts.is(act, Operations.ADD_DELEGATED_GRANT)
                ? Optional.of(new ApplicationGrant(act, List.of(), List.of(), false))
                : Optional.empty();
    }

    /** Whether it is of a permission set, or a directory role, which stands beside the sets. */
    public boolean isListed(Policy policy) {
        return !directoryRoles.isEmpty() || permissions.stream().anyMatch(policy.permissionSets()::containsAnywhere);
    }

    /** What the policy's trusted automation makes of it; the words are {@code grant:<set>} and {@code assign-directory-role}. */
    public Mandate mandate(Policy policy, ResolvedAddress address) {
        return directoryRoles.isEmpty()
                ? Mandate.ofPermissions(policy, act, address, permissions)
                : Mandate.of(policy, act, address, "assign-directory-role"::equals);
    }

    /** For sentences. */
    public String label() {
        if (!directoryRoles.isEmpty()) {
            return directoryRoles.stream()
                    .map(role -> "the directory role " + role.label())
                    .distinct()
                    .collect(Collectors.joining(", "));
        }
        String user = Details.of(act, DelegatedGrant.class)
                .filter(grant -> Acts.isUserLevel(act))
                .map(grant ->
                        " for " + grant.getPrincipalId().map(id -> "user " + id).orElse("one user"))
                .orElse("");
        return permissions.isEmpty()
                ? "a permission that the event does not name"
                : permissions.stream().map(Grant::label).distinct().collect(Collectors.joining(", ")) + user;
    }

    private static List<ApplicationGrant> ofUsers(ApplicationHistory history) {
        ActsOfUsers read = ActsOfUsers.of(history);
        ConsentRemovals removals = read.removals(history);
        List<ApplicationGrant> found = new ArrayList<>();
        for (AppEvent act : read.acts()) {
            if (mayBe(act) && act.getDetails().orElse(null) instanceof DelegatedGrant grant) {
                List<Permission> added = Grants.named(grant, grant.getAdded()).toList();
                if (!added.isEmpty()) {
                    found.add(new ApplicationGrant(
                            act, added, List.of(), removals.tookAll(Acts.userKey(act), added, act)));
                }
            }
        }
        return found;
    }
}

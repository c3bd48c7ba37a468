package io.rolecall.detection.read;

import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.policy.Resources;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Consent;
import io.rolecall.schema.DelegatedGrant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What one user was asked at once, granted or not. Scopes are equal whatever their case.
 *
 * @param user object id where any act of the click states it, else user principal name, lower case
 * @param acts all its acts, by time
 * @param byAnother whether somebody else gave the user access, by a grant for that user and without a consent
 */
public record Click(String user, List<AppEvent> acts, boolean byAnother) {

    private static final List<String> TECHNICAL = List.of("RestConcurrencyException", "UniqueKeyPropertyException");

    public Instant at() {
        return acts.get(0).getEventTime();
    }

    /** Its successful acts: what was really granted. */
    public List<AppEvent> granted() {
        return acts.stream().filter(Facts::succeeded).toList();
    }

    public boolean succeeded() {
        return acts.stream().anyMatch(Facts::succeeded);
    }

    /**
     * Whether it gave the application anything: a grant or the consent states a scope that was not there before. A repeated
     * consent that adds nothing is none. A click that states no scopes at all counts.
     */
    public boolean consents() {
        boolean stated = false;
        for (AppEvent act : granted()) {
            Object details = act.getDetails().orElse(null);
            if (details instanceof DelegatedGrant grant) {
                stated = true;
                if (!grant.getAdded().isEmpty()) {
                    return true;
                }
            } else if (details instanceof Consent consent
                    && !consent.getScopes().isEmpty()) {
                stated = true;
                if (!scopes(consent.getBefore()).containsAll(consent.getScopes())) {
                    return true;
                }
            }
        }
        return succeeded() && !stated;
    }

    /** Whether a consent of it was blocked: as risky, or by a policy. A technical failure tells nothing of the application. */
    public boolean blocked() {
        return acts.stream().anyMatch(Click::blocked);
    }

    /** Whether an act is a consent that was blocked. */
    public static boolean blocked(AppEvent act) {
        return Facts.is(act, Operations.CONSENT)
                && !Facts.succeeded(act)
                && act.getOutcomeReason()
                        .filter(reason -> TECHNICAL.stream().noneMatch(reason::contains))
                        .isPresent();
    }

    /** The act that shows who consented, preferably the consent itself. */
    public AppEvent main() {
        return acts.stream()
                .filter(act -> Facts.is(act, Operations.CONSENT))
                .findFirst()
                .orElse(acts.get(0));
    }

    /** Scopes granted, all APIs together: the whole list after the click. */
    public Set<String> scopes() {
        Set<String> scopes = scopes(List.of());
        for (AppEvent act : granted()) {
            Object details = act.getDetails().orElse(null);
            if (details instanceof Consent consent) {
                scopes.addAll(consent.getScopes());
            } else if (details instanceof DelegatedGrant grant) {
                scopes.addAll(grant.getScopes());
                scopes.addAll(grant.getAdded());
            }
        }
        return scopes;
    }

    /** App IDs of the APIs of each scope whose grant names its API; an API that is not known counts as {@code -}. */
    public Map<String, Set<String>> apisByScope() {
        Map<String, Set<String>> apis = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (AppEvent act : granted()) {
            if (act.getDetails().orElse(null) instanceof DelegatedGrant grant
                    && grant.getResourceName().isPresent()) {
                Stream.concat(grant.getScopes().stream(), grant.getAdded().stream())
                        .forEach(scope -> apis.computeIfAbsent(scope, key -> new TreeSet<>())
                                .add(Grants.apiNamed(grant.getResourceName().get())));
            }
        }
        return apis;
    }

    /** Name of the user for sentences. */
    public String label() {
        return byAnother ? user : main().getActor().getName().orElse(user);
    }

    private static Set<String> scopes(List<String> scopes) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(scopes);
        return set;
    }

    /**
     * Its mail and file scopes, as permissions. The grants of the click name their API, which must be the right one; a
     * consent names none, so that without its grants the exact token decides.
     */
    public List<Permission> mailOrFiles(PermissionSets sets) {
        return permissions(sets, List.of("mail", "files"));
    }

    /** The same for other sets of the policy. */
    public List<Permission> permissions(PermissionSets sets, List<String> names) {
        return members(sets, names, scopes());
    }

    /** The permissions of a set that it really added, by the same rule. */
    List<Permission> added(PermissionSets sets, String set) {
        Set<String> added = scopes(List.of());
        for (AppEvent act : granted()) {
            Object details = act.getDetails().orElse(null);
            if (details instanceof DelegatedGrant grant) {
                added.addAll(grant.getAdded());
            } else if (details instanceof Consent consent) {
                Set<String> before = scopes(consent.getBefore());
                consent.getScopes().stream()
                        .filter(scope -> !before.contains(scope))
                        .forEach(added::add);
            }
        }
        return members(sets, List.of(set), added);
    }

    private List<Permission> members(PermissionSets sets, List<String> names, Set<String> among) {
        Map<String, Set<String>> apis = apisByScope();
        Map<String, Permission> byValue = new TreeMap<>();
        names.stream()
                .flatMap(set -> sets.members(set).stream())
                .filter(permission -> permission.type() == Permission.Type.DELEGATED)
                .filter(permission -> among.contains(permission.value()))
                .filter(permission -> !apis.containsKey(permission.value())
                        || apis.get(permission.value()).contains(permission.resourceAppId()))
                .forEach(permission -> byValue.merge(permission.value(), permission, Click::graphFirst));
        return List.copyOf(byValue.values());
    }

    private static Permission graphFirst(Permission one, Permission other) {
        if (one.resourceAppId().equals(Resources.MICROSOFT_GRAPH)) {
            return one;
        }
        return other.resourceAppId().equals(Resources.MICROSOFT_GRAPH)
                        || other.resourceAppId().compareTo(one.resourceAppId()) < 0
                ? other
                : one;
    }
}

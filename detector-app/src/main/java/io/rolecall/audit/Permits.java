package io.rolecall.audit;

import io.rolecall.audit.KnownApplication.Permit;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Grant;
import io.rolecall.detection.read.Grants;
import io.rolecall.detection.read.HeldPermissions;
import io.rolecall.detection.read.HeldPermissions.Held;
import io.rolecall.event.Operations;
import io.rolecall.inventory.ImportedFacts;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.policy.Resources;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.DelegatedGrant;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which permissions an application holds: for everybody, by the acts, an import and the profile; and what single users let it do. */
final class Permits {

    private static final List<String> FAR_REACHING = List.of("permissive", "tier-0", "mailbox-wide");
    private static final String RISKY = "risky-scopes";
    private static final String UNKNOWN_API = "-";
    private static final String EVERYBODY = "everybody";

    private final ApplicationHistory history;
    private final Imported imported;
    private final PermissionSets sets;
    private final Declared declared;
    private final Instant until;
    private final Map<String, Permit> held = new TreeMap<>();
    private final ConsentsHeld users;

    private Permits(
            ApplicationHistory history, Imported imported, PermissionSets sets, Declared declared, Instant until) {
        this.history = history;
        this.imported = imported;
        this.sets = sets;
        this.declared = declared;
        this.until = until;
        this.users = ConsentsHeld.of(history, imported);
    }

    /** @param until the time of the audit; what the profile knows of later times is left out */
    static Permits of(
            ApplicationHistory history, Imported imported, PermissionSets sets, Declared declared, Instant until) {
        Permits permits = new Permits(history, imported, sets, declared, until);
        List<Grant> grants = permits.grants();
        grants.stream().filter(grant -> !grant.undone()).forEach(permits::add);
        permits.addRemembered(grants);
        permits.addStanding(grants);
        permits.addOfUsers();
        return permits;
    }

    /** By API, name and type. */
    List<Permit> all() {
        return Stream.concat(
                        held.values().stream().filter(permit -> !isShadow(permit)),
                        RolesHeld.of(history.acts()).stream())
                .sorted(Comparator.comparing((Permit permit) -> !permit.farReaching())
                        .thenComparing(Permit::type)
                        .thenComparing(Permit::value)
                        .thenComparing(Permit::resourceAppId)
                        .thenComparing(Permit::holders))
                .toList();
    }

    /** Names of the users whose own consents stand, by time. */
    List<String> users() {
        return users.names();
    }

    /** A scope of an API that the act did not name, while one that names it is held too. */
    private boolean isShadow(Permit permit) {
        return permit.resourceAppId().equals(UNKNOWN_API)
                && permit.resource() == null
                && held.values().stream()
                        .anyMatch(other -> !other.equals(permit)
                                && other.value().equalsIgnoreCase(permit.value())
                                && other.type().equals(permit.type())
                                && other.holders().equals(permit.holders()));
    }

    /** Grants of the acts and of the import together; none that went with a service principal which was made anew. */
    private List<Grant> grants() {
        Optional<Instant> reborn = reborn();
        List<AppEvent> acts = Stream.concat(history.acts().stream(), imported.facts().stream())
                .toList();
        return Grants.of(acts).stream()
                .filter(grant ->
                        reborn.filter(grant.time()::isBefore).isEmpty() || ImportedFacts.isImported(grant.act()))
                .toList();
    }

    /** When its service principal was removed for the last time before it was added again: a new one holds nothing. */
    private Optional<Instant> reborn() {
        Optional<Instant> added = last(Operations.ADD_SERVICE_PRINCIPAL, Instant.MAX);
        return added.flatMap(
                at -> Stream.of(Operations.REMOVE_SERVICE_PRINCIPAL, Operations.HARD_DELETE_SERVICE_PRINCIPAL)
                        .flatMap(operation -> last(operation, at).stream())
                        .max(Comparator.naturalOrder()));
    }

    private Optional<Instant> last(String operation, Instant before) {
        return history.acts().stream()
                .filter(act -> Facts.is(act, operation) && Facts.succeeded(act))
                .map(AppEvent::getEventTime)
                .filter(at -> at.isBefore(before))
                .max(Comparator.naturalOrder());
    }

    private void add(Grant grant) {
        boolean log = !ImportedFacts.isImported(grant.act());
        // Graph tells when a role was assigned, and not when a delegated grant was made.
        Instant since = log || grant.isOfApplication() ? grant.time() : null;
        merge(permit(
                grant.permission(),
                resource(grant),
                EVERYBODY,
                0,
                log ? Known.actor(grant.act()) : null,
                since,
                declared.holds(grant)));
    }

    /** What the history no longer holds, and the profile still knows; where the history holds a grant, it tells more exactly. */
    private void addRemembered(List<Grant> grants) {
        Optional<Instant> reborn = reborn();
        for (Held one : HeldPermissions.of(
                history.profile(), sets, sets.sets().keySet().stream().sorted().toList())) {
            boolean stands = one.taken().filter(taken -> !taken.isAfter(until)).isEmpty()
                    && !one.since().isAfter(until)
                    && reborn.filter(one.since()::isBefore).isEmpty();
            if (stands && grants.stream().noneMatch(grant -> grant.permission().equals(one.permission()))) {
                merge(permit(
                        one.permission(), null, EVERYBODY, 0, null, one.since(), declared.holds(one.permission())));
            }
        }
    }

    private void addOfUsers() {
        users.scopes()
                .forEach(scope -> merge(
                        permit(scope.permission(), null, "users", scope.users(), scope.by(), scope.since(), null)));
    }

    /** Scopes for everybody that an act shows among those that were there before it. */
    private void addStanding(List<Grant> grants) {
        StandingScopes.of(history.acts()).stream()
                .filter(scope ->
                        grants.stream().noneMatch(grant -> grant.permission().equals(scope.permission())))
                .forEach(scope -> merge(permit(
                        scope.permission(),
                        scope.resource(),
                        EVERYBODY,
                        0,
                        null,
                        null,
                        declared.holds(scope.permission()))));
    }

    private static @Nullable String resource(Grant grant) {
        Object details = grant.act().getDetails().orElse(null);
        return details instanceof AppRole role
                ? role.getResourceName().orElse(null)
                : details instanceof DelegatedGrant scopes
                        ? scopes.getResourceName().orElse(null)
                        : null;
    }

    private Permit permit(
            Permission permission,
            @Nullable String resource,
            String holders,
            long howMany,
            @Nullable String by,
            @Nullable Instant since,
            @Nullable Boolean stated) {
        boolean application = permission.type() == Permission.Type.APPLICATION;
        boolean far = application ? sets.contains(FAR_REACHING, permission) : sets.contains(RISKY, permission);
        String api = permission.resourceAppId();
        return new Permit(
                api,
                Resources.displayName(api).orElse(resource == null && !api.equals(UNKNOWN_API) ? api : resource),
                permission.value(),
                permission.type().label(),
                sets.tier(permission).orElse(null),
                far,
                holders,
                howMany,
                by,
                since,
                stated);
    }

    /** Of two acts that gave the same, the earlier counts; what only an import tells gives way to a log. */
    private void merge(Permit permit) {
        String key = String.join(
                "\n",
                permit.resourceAppId(),
                permit.resourceAppId().equals(UNKNOWN_API) && permit.resource() != null ? permit.resource() : "",
                permit.type(),
                permit.value().toLowerCase(Locale.ROOT),
                permit.holders());
        held.merge(key, permit, (one, other) -> isBetter(other, one) ? other : one);
    }

    private static boolean isBetter(Permit other, Permit one) {
        if ((other.by() == null) != (one.by() == null)) {
            return one.by() == null;
        }
        Instant since = one.since();
        Instant otherSince = other.since();
        return since == null ? otherSince != null : otherSince != null && otherSince.isBefore(since);
    }
}

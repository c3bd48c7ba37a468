package io.rolecall.audit;

import io.rolecall.audit.KnownApplication.Permit;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.read.Authorisations;
import io.rolecall.detection.read.Click;
import io.rolecall.detection.read.Clicks;
import io.rolecall.detection.read.ConsentRemovals;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Grant;
import io.rolecall.detection.read.Grants;
import io.rolecall.detection.read.HeldPermissions;
import io.rolecall.detection.read.HeldPermissions.Held;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.inventory.ImportedFacts;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.policy.Resources;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.state.UserDay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private final Map<String, Consenting> users = new TreeMap<>();

    /** One user: the earliest consent that stands, and under which name. */
    private record Consenting(String name, Instant since) {}

    private Permits(
            ApplicationHistory history, Imported imported, PermissionSets sets, Declared declared, Instant until) {
        this.history = history;
        this.imported = imported;
        this.sets = sets;
        this.declared = declared;
        this.until = until;
    }

    /** @param until the time of the audit; what the profile knows of later times is left out */
    static Permits of(
            ApplicationHistory history, Imported imported, PermissionSets sets, Declared declared, Instant until) {
        Permits permits = new Permits(history, imported, sets, declared, until);
        List<Grant> grants = permits.grants();
        grants.stream().filter(grant -> !grant.undone()).forEach(permits::add);
        permits.addRemembered(grants);
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
        return users.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Consenting> user) ->
                                user.getValue().since())
                        .thenComparing(Map.Entry::getKey))
                .map(user -> user.getValue().name())
                .toList();
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
        List<UserDay> days = history.userDays(Instant.MIN, Instant.MAX, SubjectHistory.MOST_FACTS);
        List<AppEvent> acts = days.stream()
                .flatMap(day -> day.getActs().stream())
                .sorted(Facts.ORDER)
                .toList();
        List<Click> clicks =
                Clicks.of(days, history).stream().filter(Click::consents).toList();
        ConsentRemovals removals = new ConsentRemovals(history, clicks, acts, days.size() < SubjectHistory.MOST_FACTS);
        Map<Permission, Map<String, Click>> byPermission = new LinkedHashMap<>();
        for (Click click : clicks) {
            for (Permission permission : scopes(click)) {
                if (!removals.tookAll(click.user(), List.of(permission), click.main())) {
                    byPermission
                            .computeIfAbsent(permission, any -> new TreeMap<>())
                            .putIfAbsent(click.user(), click);
                    addUser(click.user(), click.label(), click.at());
                }
            }
        }
        Map<Permission, Set<String>> exported = exportedOfUsers();
        exported.forEach((permission, ids) -> ids.forEach(id -> {
            byPermission.computeIfAbsent(permission, any -> new TreeMap<>());
            users.putIfAbsent(id, new Consenting(id, Instant.MAX));
        }));
        byPermission.forEach((permission, by) -> {
            Set<String> all = new TreeSet<>(by.keySet());
            all.addAll(exported.getOrDefault(permission, Set.of()));
            Optional<Click> first = by.values().stream().min(Comparator.comparing(Click::at));
            merge(permit(
                    permission,
                    null,
                    "users",
                    all.size(),
                    first.map(Click::label).orElse(null),
                    first.map(Click::at).orElse(null),
                    null));
        });
    }

    private void addUser(String id, String name, Instant since) {
        users.merge(id, new Consenting(name, since), (one, other) -> one.since().isAfter(other.since()) ? other : one);
    }

    private static List<Permission> scopes(Click click) {
        Map<String, Set<String>> apis = click.apisByScope();
        return click.scopes().stream()
                .flatMap(scope -> apis.getOrDefault(scope, Set.of(UNKNOWN_API)).stream()
                        .map(api -> new Permission(api, scope, Permission.Type.DELEGATED)))
                .toList();
    }

    private Map<Permission, Set<String>> exportedOfUsers() {
        Map<Permission, Set<String>> found = new LinkedHashMap<>();
        for (AppEvent fact : imported.facts()) {
            Details.of(fact, DelegatedGrant.class)
                    .filter(grant ->
                            grant.getConsentType().filter("principal"::equals).isPresent())
                    .ifPresent(grant -> grant.getPrincipalId()
                            .ifPresent(user -> grant.getAdded().forEach(scope -> found.computeIfAbsent(
                                            new Permission(api(grant), scope, Permission.Type.DELEGATED),
                                            any -> new TreeSet<>())
                                    .add(user))));
        }
        return found;
    }

    private static String api(DelegatedGrant grant) {
        return grant.getResourceName()
                .flatMap(name -> Resources.appIdOfDisplayName(name.strip()))
                .orElse(UNKNOWN_API);
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

    /** When it was last given anything, or consented to, as far as the acts, the import and the profile tell. */
    @Nullable
    Instant lastAuthorised() {
        List<Instant> times = new ArrayList<>();
        history.profile().getAuthorisations().stream()
                .map(span -> Instant.ofEpochSecond(span.getLast()))
                .forEach(times::add);
        Stream<AppEvent> ofUsers = history.userDays(Instant.MIN, Instant.MAX, SubjectHistory.MOST_FACTS).stream()
                .flatMap(day -> day.getActs().stream());
        Stream.concat(history.acts().stream(), ofUsers)
                .filter(Authorisations::isOne)
                .map(AppEvent::getEventTime)
                .forEach(times::add);
        imported.facts().stream()
                .filter(fact -> Details.of(fact, AppRole.class).isPresent())
                .map(AppEvent::getEventTime)
                .forEach(times::add);
        // The profile keeps whole seconds of what an act tells more exactly.
        return times.stream()
                .filter(at -> !at.isAfter(until))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}

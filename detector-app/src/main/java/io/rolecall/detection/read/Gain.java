package io.rolecall.detection.read;

import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionNames;
import io.rolecall.policy.PermissionSets;
import io.rolecall.policy.Resources;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one click really added to a delegated grant: scopes of one API, for one user or for all.
 *
 * @param act the successful act that shows it: the grant, or the consent whose grants are missing
 * @param click the successful acts of the same click, by time; that act among them
 * @param api object id of the API's service principal, lower case; where no act shows it its App ID, else {@code -}; of a consent to
 *     several APIs without its grants that does not tell which scope is whose, all whose share cannot be told, separated by blanks
 * @param appId App ID of the API, lower case; {@code -} for one that is not Microsoft's; empty when no act names it
 * @param principal the user, as {@link Click#user} has it, or {@value Gains#ALL}
 * @param scopes what was added, whatever its case
 * @param existing whether the grant held other scopes before
 * @param ofOneUser those of the scopes that are new for all users alone: the grant had them while it was one user's
 * @param lost those of the scopes that were taken away again later
 */
public record Gain(
        AppEvent act,
        List<AppEvent> click,
        String api,
        Optional<String> appId,
        String principal,
        Set<String> scopes,
        boolean existing,
        Set<String> ofOneUser,
        Set<String> lost) {

    /** Scopes that tell who somebody is, and let the application come back: no reach into data. */
    private static final Set<String> BASIC =
            anyCase(List.of("openid", "profile", "email", "offline_access", "User.Read"));

    /** By time, then event, API and principal: no order of arrival. */
    static final Comparator<Gain> ORDER = Comparator.comparing(Gain::act, Facts.ORDER)
            .thenComparing(Gain::api)
            .thenComparing(Gain::principal);

    public Gain {
        click = List.copyOf(click);
    }

    static Set<String> anyCase(Collection<String> scopes) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(scopes);
        return set;
    }

    public Instant time() {
        return act.getEventTime();
    }

    /** The consent of its click, else the act itself: who did it. */
    public AppEvent main() {
        return click.stream().filter(Gain::isConsent).findFirst().orElse(act);
    }

    /** What it hangs on: the grant of one API for one principal. */
    public String anchor() {
        return api + "\n" + principal;
    }

    /** The added scopes that are in one of some sets; where the API is not known, the exact name decides. */
    public List<Permission> in(PermissionSets sets, Collection<String> names) {
        return scopes.stream()
                .flatMap(scope -> appId
                        .map(api -> new Permission(api, scope, Permission.Type.DELEGATED))
                        .filter(permission -> sets.contains(names, permission))
                        .or(() -> appId.isPresent() ? Optional.empty() : member(sets, names, scope))
                        .stream())
                .map(PermissionNames::published)
                .distinct()
                .toList();
    }

    private static Optional<Permission> member(PermissionSets sets, Collection<String> names, String scope) {
        return names.stream()
                .flatMap(set -> sets.members(set).stream())
                .filter(permission -> permission.type() == Permission.Type.DELEGATED)
                .filter(permission -> permission.value().equalsIgnoreCase(scope))
                .min(Comparator.comparing((Permission permission) ->
                                !permission.resourceAppId().equals(Resources.MICROSOFT_GRAPH))
                        .thenComparing(Permission::resourceAppId));
    }

    /** Whether a grant that held scopes got others that reach beyond who somebody is. */
    boolean widens() {
        return existing && !beyondBasic().isEmpty();
    }

    /** The added scopes that reach beyond who somebody is. */
    public List<Permission> beyondBasic() {
        return scopes.stream()
                .filter(scope -> !BASIC.contains(scope))
                .map(scope -> PermissionNames.published(
                        new Permission(appId.orElseGet(() -> publisher(scope)), scope, Permission.Type.DELEGATED)))
                .distinct()
                .toList();
    }

    /** Microsoft Graph where it publishes the scope: for words only, where no act names the API. */
    private static String publisher(String scope) {
        Permission ofGraph = new Permission(Resources.MICROSOFT_GRAPH, scope, Permission.Type.DELEGATED);
        return PermissionNames.exists(ofGraph) ? Resources.MICROSOFT_GRAPH : Grants.UNKNOWN_API;
    }

    /** The same, with which of its scopes were taken away again. */
    Gain losing(Predicate<String> taken) {
        Set<String> gone = anyCase(scopes.stream().filter(taken).toList());
        return new Gain(act, click, api, appId, principal, scopes, existing, ofOneUser, gone);
    }

    /** The same of the grant alone, whosever it was before: what it had while it was one user's is nothing that it gained. */
    public Gain ofGrant() {
        Set<String> gained = anyCase(scopes);
        ofOneUser.forEach(gained::remove);
        return ofOneUser.isEmpty()
                ? this
                : new Gain(act, click, api, appId, principal, gained, true, anyCase(List.of()), lost);
    }

    /** Name of the API for sentences. */
    public String apiName() {
        return appId.flatMap(Resources::displayName)
                .or(() -> Gains.details(act).flatMap(grant -> grant.getResourceName()))
                .orElse("an API that no event names");
    }

    /** Added scopes for sentences. */
    public String label() {
        return scopes.stream().sorted().collect(Collectors.joining(", "));
    }

    /** The consents by which some gains came, by time. */
    public static List<AppEvent> consents(Collection<Gain> gains) {
        return mains(gains).filter(Gain::isConsent).toList();
    }

    /** The grants without a consent by which some gains came, by time. */
    public static List<AppEvent> grants(Collection<Gain> gains) {
        return mains(gains).filter(act -> !isConsent(act)).toList();
    }

    private static Stream<AppEvent> mains(Collection<Gain> gains) {
        return Facts.distinct(gains.stream().map(Gain::main).toList()).stream();
    }

    private static boolean isConsent(AppEvent act) {
        return Facts.is(act, Operations.CONSENT);
    }

    /** Whether of each permission the last gain has been taken back. */
    public static boolean allLost(Collection<Gain> gains, Collection<Permission> permissions) {
        return permissions.stream().allMatch(permission -> gains.stream()
                .filter(gain -> gain.scopes().contains(permission.value()))
                .max(ORDER)
                .filter(gain -> gain.lost().contains(permission.value()))
                .isPresent());
    }
}

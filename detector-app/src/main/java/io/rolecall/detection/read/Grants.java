package io.rolecall.detection.read;

import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionNames;
import io.rolecall.policy.Resources;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Consent;
import io.rolecall.schema.DelegatedGrant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads from an application's acts which permissions it was given, and which of them were taken away again. */
public final class Grants {

    /** Operations by which an application gets and loses application roles. */
    public static final List<String> OF_ROLES =
            List.of(Operations.ADD_APP_ROLE, Operations.REMOVE_APP_ROLE, Operations.REMOVE_APP_ROLE_BY_LINK);

    /** Operations by which an application gets and loses delegated scopes. */
    public static final List<String> OF_SCOPES = List.of(
            Operations.CONSENT,
            Operations.ADD_DELEGATED_GRANT,
            Operations.UPDATE_DELEGATED_GRANT,
            Operations.REMOVE_DELEGATED_GRANT);

    private static final String ALL_PRINCIPALS = "all-principals";
    static final String UNKNOWN_API = "-";

    private final List<AppEvent> acts;
    private final Map<String, String> apis = new TreeMap<>();
    private final Map<String, String> roleIds = new TreeMap<>();
    private final Map<String, String> roleValues = new TreeMap<>();
    private final Map<String, List<AppEvent>> roleRemovals = new HashMap<>();
    private final Map<String, List<AppEvent>> scopeRemovals = new HashMap<>();

    Grants(List<AppEvent> acts) {
        this.acts = acts.stream().filter(Facts::succeeded).sorted(Facts.ORDER).toList();
        // One event may hold only the id of a role and another only its value: each completes the other; then what
        // the APIs publish.
        this.acts.forEach(act -> role(act).ifPresent(this::learn));
        this.acts.forEach(act -> forAll(act).ifPresent(this::learn));
        this.acts.forEach(this::indexRemoval);
    }

    /** By what they take, so that each grant looks only at what may have taken it: there may be hundreds of both. */
    private void indexRemoval(AppEvent act) {
        if (removesRole(act)) {
            role(act).ifPresent(role -> roleRemovals
                    .computeIfAbsent(api(role), any -> new ArrayList<>())
                    .add(act));
        }
        forAll(act).filter(details -> !details.getRemoved().isEmpty()).ifPresent(details -> {
            String api = api(details);
            details.getRemoved().stream()
                    .map(scope -> role(api, scope))
                    .distinct()
                    .forEach(key -> scopeRemovals
                            .computeIfAbsent(key, any -> new ArrayList<>())
                            .add(act));
        });
    }

    /** The application role an event is about; empty when neither the event nor what the APIs publish tells its name. */
    static Optional<Permission> permission(AppRole role) {
        String api = api(role);
        return role.getRoleValue()
                .or(() -> role.getRoleId().flatMap(id -> PermissionNames.value(api, Permission.Type.APPLICATION, id)))
                .map(value -> permission(api, value, Permission.Type.APPLICATION));
    }

    /** A permission with its name as its API publishes it, where that is known. */
    static Permission permission(String api, String value, Permission.Type type) {
        return PermissionNames.published(new Permission(api, value, type));
    }

    /** Scopes of a grant for all principals as permissions of its API; none of a grant for one user. */
    static Stream<Permission> scopes(DelegatedGrant grant, List<String> scopes) {
        return isForAll(grant) ? named(grant, scopes) : Stream.empty();
    }

    /** Scopes of a grant, for whomever, as permissions of its API. */
    static Stream<Permission> named(DelegatedGrant grant, List<String> scopes) {
        String api = grant.getResourceName().map(Grants::apiNamed).orElse(UNKNOWN_API);
        return scopes.stream().map(scope -> permission(api, scope, Permission.Type.DELEGATED));
    }

    /** App ID of an API by its display name in the tenant; {@code -} for one that is not Microsoft's. */
    static String apiNamed(String displayName) {
        return Resources.appIdOfDisplayName(displayName.strip()).orElse(UNKNOWN_API);
    }

    static boolean isOfUnknownApi(Permission permission) {
        return permission.resourceAppId().equals(UNKNOWN_API);
    }

    static boolean removesRole(AppEvent act) {
        return Facts.is(act, Operations.REMOVE_APP_ROLE) || Facts.is(act, Operations.REMOVE_APP_ROLE_BY_LINK);
    }

    /** Every successful grant of an application role or of a scope for all principals, by time. */
    public static List<Grant> of(List<AppEvent> acts) {
        Grants grants = new Grants(acts);
        List<Grant> found = new ArrayList<>();
        found.addAll(grants.roles());
        found.addAll(grants.scopes());
        found.sort(Comparator.comparing(Grant::act, Facts.ORDER)
                .thenComparing(grant -> grant.permission().value()));
        return List.copyOf(found);
    }

    private void learn(AppRole role) {
        String resource = api(role);
        if (role.getRoleId().isPresent() && role.getRoleValue().isPresent()) {
            String id = role.getRoleId().get().toLowerCase(Locale.ROOT);
            String value = role.getRoleValue().get();
            roleIds.merge(role(resource, value), id, (one, other) -> one.compareTo(other) <= 0 ? one : other);
            roleValues.merge(resource + "/" + id, value, (one, other) -> one.compareTo(other) <= 0 ? one : other);
        }
    }

    /** One event may hold only the id of an API in the tenant, and another its name too. */
    private void learn(DelegatedGrant grant) {
        grant.getResourceId().ifPresent(id -> grant.getResourceName()
                .flatMap(name -> Resources.appIdOfDisplayName(name.strip()))
                .ifPresent(api -> apis.merge(id, api, (one, other) -> one.compareTo(other) <= 0 ? one : other)));
    }

    /** App ID of the API, lower case; {@value #UNKNOWN_API} when neither id nor name tells, which is in no permission set. */
    static String api(AppRole role) {
        return role.getResourceAppId()
                .map(id -> id.toLowerCase(Locale.ROOT))
                .or(() -> role.getResourceName().flatMap(name -> Resources.appIdOfDisplayName(name.strip())))
                .orElse(UNKNOWN_API);
    }

    /** The same of a delegated grant, which states only the API's object in the tenant and its name. */
    String api(DelegatedGrant grant) {
        return grant.getResourceName()
                .map(Grants::apiNamed)
                .or(() -> grant.getResourceId().map(apis::get))
                .orElse(UNKNOWN_API);
    }

    private List<Grant> roles() {
        List<Grant> grants = new ArrayList<>();
        for (AppEvent act : acts) {
            if (Facts.is(act, Operations.ADD_APP_ROLE)) {
                named(act)
                        .ifPresent(grant -> grants.add(new Grant(
                                act,
                                grant.permission(),
                                grant.roleId(),
                                roleRemoval(act, grant.permission(), grant.roleId()))));
            }
        }
        return grants;
    }

    /** The role that an act gives or takes, with what any other act tells of its id and name; empty when none does. */
    Optional<Grant> named(AppEvent act) {
        return role(act).flatMap(role -> {
            Optional<String> id = id(role);
            return value(role)
                    .or(() -> id)
                    .map(value -> new Grant(
                            act, permission(api(role), value, Permission.Type.APPLICATION), id, Optional.empty()));
        });
    }

    private Optional<AppEvent> roleRemoval(AppEvent grant, Permission permission, Optional<String> id) {
        return roleRemovals.getOrDefault(permission.resourceAppId(), List.of()).stream()
                .filter(act -> Facts.notBefore(act, grant))
                .filter(act -> role(act)
                        .filter(role -> (id.isPresent() && id.equals(id(role)))
                                || value(role)
                                        .filter(permission.value()::equalsIgnoreCase)
                                        .isPresent())
                        .isPresent())
                .findFirst();
    }

    private List<Grant> scopes() {
        List<Grant> grants = new ArrayList<>();
        Set<String> clicks = new HashSet<>();
        for (AppEvent act : acts) {
            if (forAll(act).isPresent()) {
                DelegatedGrant details = forAll(act).get();
                String resource = api(details);
                for (String scope : details.getAdded()) {
                    grants.add(scope(act, resource, scope));
                    clicks.add(asked(act, scope));
                }
            }
        }
        for (AppEvent act : acts) {
            if (act.getDetails().orElse(null) instanceof Consent consent
                    && consent.getOnBehalfOfAll().orElse(false)) {
                // A consent names no API; its grants in the same click do. Without them the API stays unknown: another
                // one may have a scope of the same name.
                consent.getScopes().stream()
                        .filter(scope -> !clicks.contains(asked(act, scope)))
                        .forEach(scope -> grants.add(scope(act, UNKNOWN_API, scope)));
            }
        }
        return grants;
    }

    private Grant scope(AppEvent act, String resource, String scope) {
        Optional<AppEvent> removal = scopeRemovals.getOrDefault(role(resource, scope), List.of()).stream()
                .filter(other -> Facts.notBefore(other, act) && !other.equals(act) && !Facts.ofOneClick(other, act))
                .findFirst();
        return new Grant(act, permission(resource, scope, Permission.Type.DELEGATED), Optional.empty(), removal);
    }

    /** A scope of one click; names are equal whatever their case. */
    private static String asked(AppEvent act, String scope) {
        return act.getCorrelationId().orElse(act.getEventId()) + "/" + scope.toLowerCase(Locale.ROOT);
    }

    /** A role or scope of an API by its name; names are equal whatever their case. */
    private static String role(String resource, String value) {
        return resource + "/" + value.toLowerCase(Locale.ROOT);
    }

    static Optional<DelegatedGrant> forAll(AppEvent act) {
        return Details.of(act, DelegatedGrant.class).filter(Grants::isForAll);
    }

    static boolean isForAll(DelegatedGrant grant) {
        return grant.getConsentType().filter(ALL_PRINCIPALS::equals).isPresent();
    }

    private static Optional<AppRole> role(AppEvent act) {
        return Details.of(act, AppRole.class);
    }

    Optional<String> id(AppRole role) {
        String resource = api(role);
        return role.getRoleId()
                .map(id -> id.toLowerCase(Locale.ROOT))
                .or(() -> role.getRoleValue().map(value -> roleIds.get(role(resource, value))))
                .or(() -> role.getRoleValue().flatMap(value -> published(resource, value)));
    }

    private static Optional<String> published(String resource, String value) {
        return PermissionNames.id(new Permission(resource, value, Permission.Type.APPLICATION));
    }

    Optional<String> value(AppRole role) {
        String resource = api(role);
        Optional<String> id = role.getRoleId().map(text -> text.toLowerCase(Locale.ROOT));
        return role.getRoleValue()
                .or(() -> id.map(known -> roleValues.get(resource + "/" + known)))
                .or(() -> id.flatMap(known -> PermissionNames.value(resource, Permission.Type.APPLICATION, known)));
    }
}

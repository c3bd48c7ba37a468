package io.rolecall.detection;

import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionNames;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Consent;
import io.rolecall.schema.DelegatedGrant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads from an application's acts which permissions it was given, and which of them were taken away again. */
final class Grants {

    private static final String ALL_PRINCIPALS = "all-principals";

    private final List<AppEvent> acts;
    private final Map<String, String> roleIds = new TreeMap<>();
    private final Map<String, String> roleValues = new TreeMap<>();

    private Grants(List<AppEvent> acts) {
        this.acts = acts.stream().filter(Facts::succeeded).sorted(Facts.ORDER).toList();
        // One event may hold only the id of a role and another only its value: each completes the other; then what
        // the APIs publish.
        this.acts.forEach(act -> role(act).ifPresent(this::learn));
    }

    /** Every successful grant of an application role or of a scope for all principals, by time. */
    static List<Grant> of(List<AppEvent> acts) {
        Grants grants = new Grants(acts);
        List<Grant> found = new ArrayList<>();
        found.addAll(grants.roles());
        found.addAll(grants.scopes());
        found.sort(Comparator.comparing(Grant::act, Facts.ORDER)
                .thenComparing(grant -> grant.permission().value()));
        return List.copyOf(found);
    }

    private void learn(AppRole role) {
        String resource = Apis.appId(role.getResourceAppId(), role.getResourceName());
        if (role.getRoleId().isPresent() && role.getRoleValue().isPresent()) {
            String id = role.getRoleId().get().toLowerCase(Locale.ROOT);
            String value = role.getRoleValue().get();
            roleIds.merge(resource + "/" + value, id, (one, other) -> one.compareTo(other) <= 0 ? one : other);
            roleValues.merge(resource + "/" + id, value, (one, other) -> one.compareTo(other) <= 0 ? one : other);
        }
    }

    private List<Grant> roles() {
        List<Grant> grants = new ArrayList<>();
        for (AppEvent act : acts) {
            if (Facts.is(act, Operations.ADD_APP_ROLE)) {
                role(act).ifPresent(role -> {
                    Optional<String> id = id(role);
                    value(role).or(() -> id).ifPresent(value -> {
                        Permission permission = new Permission(
                                Apis.appId(role.getResourceAppId(), role.getResourceName()),
                                value,
                                Permission.Type.APPLICATION);
                        grants.add(new Grant(act, permission, id, roleRemoval(act, permission, id)));
                    });
                });
            }
        }
        return grants;
    }

    private Optional<AppEvent> roleRemoval(AppEvent grant, Permission permission, Optional<String> id) {
        return acts.stream()
                .filter(act ->
                        Facts.is(act, Operations.REMOVE_APP_ROLE) || Facts.is(act, Operations.REMOVE_APP_ROLE_BY_LINK))
                .filter(act -> role(act)
                        .filter(role -> permission
                                .resourceAppId()
                                .equals(Apis.appId(role.getResourceAppId(), role.getResourceName())))
                        .filter(role -> (id.isPresent() && id.equals(id(role)))
                                || value(role)
                                        .filter(permission.value()::equals)
                                        .isPresent())
                        .isPresent())
                .filter(act -> Facts.notBefore(act, grant))
                .findFirst();
    }

    private List<Grant> scopes() {
        List<Grant> grants = new ArrayList<>();
        Set<String> clicks = new HashSet<>();
        for (AppEvent act : acts) {
            if (forAll(act).isPresent()) {
                DelegatedGrant details = forAll(act).get();
                String resource = Apis.appId(Optional.empty(), details.getResourceName());
                for (String scope : details.getAdded()) {
                    grants.add(scope(act, resource, scope));
                    clicks.add(click(act) + "/" + scope);
                }
            }
        }
        for (AppEvent act : acts) {
            if (act.getDetails().orElse(null) instanceof Consent consent
                    && consent.getOnBehalfOfAll().orElse(false)) {
                // A consent names no API; its grants in the same click do. Without them it is most likely Microsoft
                // Graph.
                consent.getScopes().stream()
                        .filter(scope -> !clicks.contains(click(act) + "/" + scope))
                        .forEach(scope -> grants.add(scope(act, Apis.MICROSOFT_GRAPH, scope)));
            }
        }
        return grants;
    }

    private Grant scope(AppEvent act, String resource, String scope) {
        Optional<AppEvent> removal = acts.stream()
                .filter(other -> forAll(other)
                        .filter(details -> resource.equals(Apis.appId(Optional.empty(), details.getResourceName())))
                        .filter(details -> details.getRemoved().contains(scope))
                        .isPresent())
                .filter(other -> Facts.notBefore(other, act) && !other.equals(act))
                .findFirst();
        return new Grant(act, new Permission(resource, scope, Permission.Type.DELEGATED), Optional.empty(), removal);
    }

    private static String click(AppEvent act) {
        return act.getCorrelationId().orElse(act.getEventId());
    }

    private static Optional<DelegatedGrant> forAll(AppEvent act) {
        return act.getDetails().orElse(null) instanceof DelegatedGrant grant
                        && grant.getConsentType().filter(ALL_PRINCIPALS::equals).isPresent()
                ? Optional.of(grant)
                : Optional.empty();
    }

    private static Optional<AppRole> role(AppEvent act) {
        return act.getDetails().orElse(null) instanceof AppRole role ? Optional.of(role) : Optional.empty();
    }

    private Optional<String> id(AppRole role) {
        String resource = Apis.appId(role.getResourceAppId(), role.getResourceName());
        return role.getRoleId()
                .map(id -> id.toLowerCase(Locale.ROOT))
                .or(() -> role.getRoleValue().map(value -> roleIds.get(resource + "/" + value)))
                .or(() -> role.getRoleValue().flatMap(value -> published(resource, value)));
    }

    private static Optional<String> published(String resource, String value) {
        return PermissionNames.id(new Permission(resource, value, Permission.Type.APPLICATION));
    }

    private Optional<String> value(AppRole role) {
        String resource = Apis.appId(role.getResourceAppId(), role.getResourceName());
        Optional<String> id = role.getRoleId().map(text -> text.toLowerCase(Locale.ROOT));
        return role.getRoleValue()
                .or(() -> id.map(known -> roleValues.get(resource + "/" + known)))
                .or(() -> id.flatMap(known -> PermissionNames.value(resource, Permission.Type.APPLICATION, known)));
    }
}

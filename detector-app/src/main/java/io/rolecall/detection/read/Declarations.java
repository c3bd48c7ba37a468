package io.rolecall.detection.read;

import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionNames;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Registration;
import io.rolecall.schema.RequestedPermission;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an application declared to want ({@code RequiredResourceAccess}), as its registration and its updates showed it over time. The
 * logs state ids only; names are those that the APIs publish. Declared is not granted.
 */
public final class Declarations {

    private final List<Declaration> all;

    /**
     * An act that showed the declared permissions.
     *
     * @param after all that were declared from then on
     * @param before all that were declared before; none for a registration
     */
    public record Declaration(AppEvent act, List<RequestedPermission> after, List<RequestedPermission> before) {

        /** What it newly asked for. */
        public List<RequestedPermission> added() {
            return Declarations.added(after, before);
        }

        /** Whether a permission was among the declared ones from then on; empty when nothing tells its id. */
        public Optional<Boolean> holds(Grant grant) {
            Permission permission = grant.permission();
            return grant.roleId().or(() -> PermissionNames.id(permission)).map(id -> after.stream()
                    .anyMatch(one -> one.getResourceAppId().equalsIgnoreCase(permission.resourceAppId())
                            && one.getId().equalsIgnoreCase(id)
                            && one.getType().equals(permission.type().label())));
        }
    }

    private Declarations(List<Declaration> all) {
        this.all = all;
    }

    /** Those of the history, by time. A registration or update that shows none says nothing. */
    public static Declarations of(SubjectHistory history) {
        return new Declarations(history.acts().stream()
                .filter(act -> Facts.succeeded(act)
                        && (Facts.is(act, Operations.ADD_APPLICATION) || Facts.is(act, Operations.UPDATE_APPLICATION)))
                .sorted(Facts.ORDER)
                .flatMap(act -> Details.of(act, Registration.class).stream()
                        .filter(Declarations::shows)
                        .map(details -> new Declaration(
                                act, details.getRequestedPermissions(), details.getPreviouslyRequested())))
                .toList());
    }

    /** An empty list that is shown tells that nothing is declared; a list that is not shown tells nothing. */
    private static boolean shows(Registration details) {
        return !details.getRequestedPermissions().isEmpty()
                || !details.getPreviouslyRequested().isEmpty()
                || details.getDeclaresNone().orElse(false);
    }

    public List<Declaration> all() {
        return all;
    }

    /** The latest that is not later than a minute after a time: a portal declares and grants in one go. */
    public Optional<Declaration> at(Instant time) {
        Instant until = time.plus(Facts.CLOCK_SKEW);
        return all.stream()
                .filter(one -> !one.act().getEventTime().isAfter(until))
                .reduce((earlier, later) -> later);
    }

    /** The acts that newly asked for one of some permissions before it was granted, by time. */
    public List<AppEvent> askedFor(Collection<Grant> grants) {
        return all.stream()
                .filter(one -> one.added().stream()
                        .anyMatch(asked -> named(asked).stream().anyMatch(permission -> grants.stream()
                                .anyMatch(grant -> grant.permission().equals(permission)
                                        && Facts.mayPrecede(one.act().getEventTime(), grant.time())))))
                .map(Declaration::act)
                .toList();
    }

    /** Whether the latest of all still declares a permission. */
    public boolean isStillDeclared(RequestedPermission permission) {
        return !all.isEmpty() && all.get(all.size() - 1).after().contains(permission);
    }

    /** What a registration or a change of one newly asks for. */
    public static List<RequestedPermission> added(Registration details) {
        return added(details.getRequestedPermissions(), details.getPreviouslyRequested());
    }

    private static List<RequestedPermission> added(List<RequestedPermission> after, List<RequestedPermission> before) {
        return after.stream().filter(one -> !before.contains(one)).toList();
    }

    /** A declared permission by the name that the named API publishes for its id; empty when it publishes none. */
    public static Optional<Permission> named(RequestedPermission requested) {
        Permission.Type type = Permission.Type.ofLabel(requested.getType());
        String api = requested.getResourceAppId().toLowerCase(Locale.ROOT);
        return PermissionNames.value(api, type, requested.getId()).map(value -> new Permission(api, value, type));
    }
}

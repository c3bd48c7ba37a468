package io.rolecall.acts;

import io.rolecall.acts.DirectoryAct.Property;
import io.rolecall.acts.DirectoryAct.Target;
import io.rolecall.acts.DirectoryActs.Circumstances;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Permissions given to service principals and taken from them: application roles and delegated grants. */
final class GrantActs {

    /** The assignment itself is a moment older than the event that tells of it. */
    private static final Duration WRITTEN = Duration.ofMillis(83);

    private final Tenant tenant;

    GrantActs(Tenant tenant) {
        this.tenant = tenant;
    }

    /**
     * A delegated grant: whose it is and what its list of scopes was before and is after.
     *
     * @param app the client
     * @param api the API
     * @param before scopes before, empty for a new grant
     * @param after scopes after, empty when the grant is gone
     * @param whose for one user or for all
     * @param principal the user whom the event names; most events name none
     */
    record Delegated(
            App app, Api api, List<String> before, List<String> after, Whose whose, Optional<Person> principal) {

        /** Whose grant it is; turned, it was one user's and becomes everybody's. */
        enum Whose {
            ONE,
            ALL,
            TURNED;

            static Whose of(boolean everybody) {
                return everybody ? ALL : ONE;
            }
        }

        Delegated {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /** {@code Add app role assignment to service principal}; target and App ID of the details are the API's. */
    DirectoryAct appRole(Circumstances how, App app, Role role) {
        List<Property> properties = List.of(
                Properties.text("AppRole.Id", role.id()),
                Properties.text("AppRole.Value", role.value()),
                Properties.text("AppRole.DisplayName", role.displayName()),
                Properties.moment(
                        "AppRoleAssignment.CreatedDateTime", how.time().minus(WRITTEN)),
                Properties.moment(
                        "AppRoleAssignment.LastModifiedDateTime", how.time().minus(WRITTEN)),
                Properties.text("ServicePrincipal.ObjectID", app.servicePrincipalId()),
                Properties.text("ServicePrincipal.DisplayName", app.name()),
                Properties.text("ServicePrincipal.AppId", app.appId()),
                Properties.text("ServicePrincipal.Name", app.appId()),
                Properties.principalNames(role.api().principalNames()));
        return assignment(how, "Add app role assignment to service principal", "Assign", app, role, properties);
    }

    /** {@code Remove app role assignment from service principal}: what was, and nothing now. */
    DirectoryAct appRoleRemoved(Circumstances how, App app, Role role) {
        return removed(how, "Remove app role assignment from service principal", app, role);
    }

    /** The removal that follows from the removal of the service principal's link, under a name that begins with {@code Add}. */
    DirectoryAct appRoleRemovedByLink(Circumstances how, App app, Role role) {
        return removed(
                how,
                "Add a deletion-marked app role assignment grant to service principal as part of link removal",
                app,
                role);
    }

    /** {@code Add delegated permission grant} and its kin: the client's App ID is nowhere in it. */
    DirectoryAct delegated(Circumstances how, String operation, String kind, Delegated grant) {
        String scopes = "DelegatedPermissionGrant.Scope";
        List<Property> properties = new ArrayList<>();
        properties.add(
                grant.before().isEmpty()
                        ? Properties.text(scopes, line(grant.after()))
                        : Properties.replaced(scopes, line(grant.before()), line(grant.after())));
        String type = "DelegatedPermissionGrant.ConsentType";
        properties.add(
                switch (grant.whose()) {
                    case ONE -> Properties.text(type, "Principal");
                    case ALL -> Properties.text(type, "AllPrincipals");
                    case TURNED -> Properties.replaced(type, "Principal", "AllPrincipals");
                });
        String principal = "DelegatedPermissionGrant.PrincipalId";
        grant.principal()
                .ifPresent(user -> properties.add(
                        grant.whose() == Delegated.Whose.TURNED
                                ? Properties.gone(principal, user.id())
                                : Properties.text(principal, user.id())));
        properties.add(Properties.text("ServicePrincipal.ObjectID", grant.app().servicePrincipalId()));
        properties.add(Properties.empty("ServicePrincipal.DisplayName"));
        properties.add(Properties.empty("ServicePrincipal.AppId"));
        properties.add(Properties.empty("ServicePrincipal.Name"));
        properties.add(Properties.principalNames(grant.api().principalNames()));
        return DirectoryActs.act(
                how,
                operation,
                kind,
                "ServicePrincipal",
                List.of(tenant.target(grant.api(), properties), DirectoryActs.bare(grant.app(), Optional.empty())),
                how.details());
    }

    /** The list as the log writes it: separated by spaces, one more before the first. */
    private static String line(List<String> scopes) {
        return scopes.isEmpty() ? "" : " " + String.join(" ", scopes);
    }

    private DirectoryAct removed(Circumstances how, String operation, App app, Role role) {
        List<Property> properties = List.of(
                Properties.gone("AppRole.Id", role.id()),
                Properties.gone("AppRole.Value", role.value()),
                Properties.gone("AppRole.DisplayName", role.displayName()),
                Properties.gone("ServicePrincipal.ObjectID", app.servicePrincipalId()),
                Properties.gone("ServicePrincipal.DisplayName", app.name()),
                Properties.gone("ServicePrincipal.AppId", app.appId()),
                Properties.gone("ServicePrincipal.Name", app.appId()),
                Properties.principalNames(role.api().principalNames()));
        return assignment(how, operation, "Unassign", app, role, properties);
    }

    private DirectoryAct assignment(
            Circumstances how, String operation, String kind, App app, Role role, List<Property> properties) {
        List<Target> targets =
                List.of(tenant.target(role.api(), properties), DirectoryActs.bare(app, Optional.of(app.appId())));
        return DirectoryActs.act(
                how,
                operation,
                kind,
                "ServicePrincipal",
                targets,
                how.details(role.api().appId()));
    }
}

package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.rolecall.acts.DirectoryAct.Initiator;
import io.rolecall.acts.DirectoryAct.Name;
import io.rolecall.acts.DirectoryAct.Property;
import io.rolecall.acts.DirectoryAct.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Acts of application administration, each with the properties that the real event carries. */
public final class DirectoryActs {

    private static final String APPLICATIONS = "ApplicationManagement";

    /** The scope id of {@code User.Read}, which the portal requests for every new registration. */
    private static final String USER_READ = "e1fe6dd8-ba31-4d61-89e7-88639da4683d";

    private final Tenant tenant;

    public DirectoryActs(Tenant tenant) {
        this.tenant = tenant;
    }

    /**
     * How an act is done.
     *
     * @param time event time
     * @param correlationId id of the transaction
     * @param by initiator
     * @param userAgent what it was done with; empty when the log names nothing
     */
    public record Circumstances(Instant time, String correlationId, Initiator by, String userAgent) {

        Map<String, String> details() {
            Map<String, String> details = new LinkedHashMap<>();
            if (!userAgent.isEmpty()) {
                details.put("User-Agent", userAgent);
            }
            return details;
        }

        Map<String, String> details(String appId) {
            Map<String, String> details = details();
            details.put("AppId", appId);
            return details;
        }
    }

    /** {@code Add application}: registered for this tenant alone. */
    public DirectoryAct addApplication(Circumstances how, App app) {
        List<Property> properties = List.of(
                Properties.listed("AppId", Json.array(app.appId())),
                Properties.listed("AvailableToOtherTenants", Json.array(false)),
                Properties.listed("DisplayName", Json.array(app.name())),
                Properties.listed("RequiredResourceAccess", Json.array(required(List.of()))),
                Properties.listed("PublisherDomain", Json.array("contoso.com")),
                Properties.included(
                        "AppId, AvailableToOtherTenants, DisplayName, RequiredResourceAccess, PublisherDomain"));
        return act(how, "Add application", "Add", "Application", application(app, properties), app.appId());
    }

    /** A registration that failed: no App ID, the name alone. */
    public DirectoryAct failedRegistration(Circumstances how, String name, String reason) {
        Target target = new Target(
                "00000000-0000-0000-0000-000000000000",
                Optional.of(name),
                "Application",
                Optional.empty(),
                List.of(Properties.text("MethodExecutionResult.", reason)),
                List.of());
        return new DirectoryAct(
                "Add application",
                APPLICATIONS,
                "Add",
                "Application",
                how.time(),
                how.correlationId(),
                how.by(),
                Optional.of(reason),
                List.of(target),
                how.details());
    }

    /** {@code Update application} that declares application roles of Microsoft Graph. */
    public DirectoryAct declareRoles(Circumstances how, App app, List<Role> roles) {
        List<Property> properties = List.of(
                Properties.changed(
                        "RequiredResourceAccess", Json.array(required(List.of())), Json.array(required(roles))),
                Properties.included("RequiredResourceAccess"));
        return act(how, "Update application", "Update", "Application", application(app, properties), app.appId());
    }

    /** {@code Add service principal}. */
    public DirectoryAct addServicePrincipal(Circumstances how, App app) {
        String key = tenant.ids().guid("key-store/" + app.appId());
        List<Property> properties = List.of(
                Properties.listed("AccountEnabled", Json.array(true)),
                Properties.listed("AppPrincipalId", Json.array(app.appId())),
                Properties.listed("DisplayName", Json.array(app.name())),
                Properties.listed("ServicePrincipalName", Json.array(app.appId())),
                Properties.listed(
                        "Credential",
                        Json.array(Json.object("CredentialType", 2, "KeyStoreId", key, "KeyGroupId", key))),
                Properties.included("AccountEnabled, AppPrincipalId, DisplayName, ServicePrincipalName, Credential"),
                Properties.principalNames(app.appId()));
        return act(
                how,
                "Add service principal",
                "Add",
                "ServicePrincipal",
                List.of(servicePrincipal(app, properties)),
                app.appId());
    }

    /** {@code Add owner to application}: the target is the new owner. */
    public DirectoryAct addOwner(Circumstances how, App app, Person owner) {
        List<Property> properties = List.of(
                Properties.text("Application.ObjectID", app.objectId()),
                Properties.text("Application.DisplayName", app.name()),
                Properties.text("Application.AppId", app.appId()));
        Target user = new Target(owner.id(), Optional.empty(), "User", Optional.of(owner), properties, List.of());
        Target application =
                new Target(app.objectId(), Optional.empty(), "Application", Optional.empty(), List.of(), List.of());
        return act(how, "Add owner to application", "Assign", "Application", List.of(user, application), how.details());
    }

    /** {@code Add app role assignment to service principal}; target and App ID of the details are the API's. */
    public DirectoryAct addAppRole(Circumstances how, App app, Role role) {
        Api api = role.api();
        List<Property> properties = List.of(
                Properties.text("AppRole.Id", role.id()),
                Properties.text("AppRole.Value", role.value()),
                Properties.text("AppRole.DisplayName", role.displayName()),
                Properties.moment(
                        "AppRoleAssignment.CreatedDateTime", how.time().minusMillis(83)),
                Properties.moment(
                        "AppRoleAssignment.LastModifiedDateTime", how.time().minusMillis(83)),
                Properties.text("ServicePrincipal.ObjectID", app.servicePrincipalId()),
                Properties.text("ServicePrincipal.DisplayName", app.name()),
                Properties.text("ServicePrincipal.AppId", app.appId()),
                Properties.text("ServicePrincipal.Name", app.appId()),
                Properties.principalNames(api.principalNames));
        return act(
                how,
                "Add app role assignment to service principal",
                "Assign",
                "ServicePrincipal",
                List.of(tenant.target(api, properties), bare(app, Optional.of(app.appId()))),
                api.appId);
    }

    /** {@code Add delegated permission grant}: the client's App ID is nowhere in it. */
    DirectoryAct addDelegatedGrant(Circumstances how, App app, Api api, String scopes, boolean allPrincipals) {
        List<Property> properties = List.of(
                Properties.text("DelegatedPermissionGrant.Scope", " " + scopes),
                Properties.text("DelegatedPermissionGrant.ConsentType", allPrincipals ? "AllPrincipals" : "Principal"),
                Properties.text("ServicePrincipal.ObjectID", app.servicePrincipalId()),
                Properties.empty("ServicePrincipal.DisplayName"),
                Properties.empty("ServicePrincipal.AppId"),
                Properties.empty("ServicePrincipal.Name"),
                Properties.principalNames(api.principalNames));
        return act(
                how,
                "Add delegated permission grant",
                "Assign",
                "ServicePrincipal",
                List.of(tenant.target(api, properties), bare(app, Optional.empty())),
                how.details());
    }

    private DirectoryAct act(
            Circumstances how, String operation, String kind, String unified, List<Target> targets, String appId) {
        return act(how, operation, kind, unified, targets, how.details(appId));
    }

    static DirectoryAct act(
            Circumstances how,
            String operation,
            String kind,
            String unified,
            List<Target> targets,
            Map<String, String> details) {
        return new DirectoryAct(
                operation,
                APPLICATIONS,
                kind,
                unified,
                how.time(),
                how.correlationId(),
                how.by(),
                Optional.empty(),
                targets,
                details);
    }

    static List<Target> application(App app, List<Property> properties) {
        return List.of(new Target(
                app.objectId(),
                Optional.of(app.name()),
                "Application",
                Optional.empty(),
                properties,
                List.of(new Name(app.appId(), 2))));
    }

    static Target servicePrincipal(App app, List<Property> properties) {
        return new Target(
                app.servicePrincipalId(),
                Optional.of(app.name()),
                "ServicePrincipal",
                Optional.empty(),
                properties,
                List.of(new Name(app.appId(), 2), new Name(app.appId(), 4)));
    }

    private static Target bare(App app, Optional<String> name) {
        return new Target(app.servicePrincipalId(), name, "ServicePrincipal", Optional.empty(), List.of(), List.of());
    }

    /** The declared permissions on Microsoft Graph: {@code User.Read} and roles. */
    private static com.fasterxml.jackson.databind.node.ObjectNode required(List<Role> roles) {
        List<Object> permissions = new ArrayList<>();
        ArrayNode delegated = Json.array(20);
        permissions.add(Json.object(
                "EntitlementId", USER_READ, "DirectAccessGrant", false, "ImpersonationAccessGrants", delegated));
        for (Role role : roles) {
            permissions.add(Json.object(
                    "EntitlementId", role.id(), "DirectAccessGrant", true, "ImpersonationAccessGrants", Json.array()));
        }
        return Json.object(
                "ResourceAppId",
                Api.GRAPH.appId,
                "RequiredAppPermissions",
                Json.array(permissions.toArray()),
                "EncodingVersion",
                1);
    }
}

package io.rolecall.acts;

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

        /** The same click, some milliseconds later. */
        Circumstances later(int millis) {
            return new Circumstances(time.plusMillis(millis), correlationId, by, userAgent);
        }

        Map<String, String> details(String appId) {
            Map<String, String> details = details();
            details.put("AppId", appId);
            return details;
        }
    }

    /** {@code Add application}: registered for this tenant alone. */
    public DirectoryAct addApplication(Circumstances how, App app) {
        return RegistrationActs.added(how, app, RegistrationTerms.usual());
    }

    /** A registration that failed: no App ID, the name alone. */
    public DirectoryAct failedRegistration(Circumstances how, String name, String reason) {
        return RegistrationActs.failed(how, name, reason);
    }

    /** {@code Update application} that declares application roles of Microsoft Graph. */
    public DirectoryAct declareRoles(Circumstances how, App app, List<Role> roles) {
        List<Requested> after = new ArrayList<>(RegistrationTerms.usual().requested());
        roles.forEach(role -> after.add(Requested.of(role)));
        return RegistrationActs.declared(how, app, RegistrationTerms.usual().requested(), after);
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
        Target user = Target.of(owner, properties);
        Target application =
                new Target(app.objectId(), Optional.empty(), "Application", Optional.empty(), List.of(), List.of());
        return act(how, "Add owner to application", "Assign", "Application", List.of(user, application), how.details());
    }

    /** {@code Add app role assignment to service principal}; target and App ID of the details are the API's. */
    public DirectoryAct addAppRole(Circumstances how, App app, Role role) {
        return new GrantActs(tenant).appRole(how, app, role);
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

    static Target bare(App app, Optional<String> name) {
        return new Target(app.servicePrincipalId(), name, "ServicePrincipal", Optional.empty(), List.of(), List.of());
    }
}

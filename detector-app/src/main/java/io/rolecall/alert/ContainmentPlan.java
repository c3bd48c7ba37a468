package io.rolecall.alert;

import io.rolecall.detection.Finding;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Containment;
import io.rolecall.schema.Credential;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DelegatedGrant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps that stop what an alert reports, in the order in which they are taken, each with its target and its documentation. */
final class ContainmentPlan {

    private static final String LEARN = "https://learn.microsoft.com/en-us/";
    private static final String DISABLE = LEARN + "entra/identity/enterprise-apps/disable-user-sign-in-portal";
    private static final String REVIEW = LEARN + "entra/identity/enterprise-apps/manage-application-permissions";
    private static final String REMOVE_ROLE = LEARN + "graph/api/serviceprincipal-delete-approleassignedto";
    private static final String REMOVE_GRANT = LEARN + "graph/api/oauth2permissiongrant-delete";
    private static final String REMOVE_SECRET = LEARN + "graph/api/application-removepassword";
    private static final String REMOVE_CERTIFICATE = LEARN + "graph/api/application-removekey";
    private static final String REVOKE_SESSIONS = LEARN + "graph/api/user-revokesigninsessions";
    private static final String DELETE = LEARN + "graph/api/application-delete";

    private final Optional<AlertApplication> application;
    private final List<Containment> steps = new ArrayList<>();

    private ContainmentPlan(Optional<AlertApplication> application) {
        this.application = application;
    }

    /**
     * The plan for a finding. What is only informational asks for a review; everything else is stopped first and cleaned up then.
     *
     * @param severity the alert's severity, policy included
     */
    static List<Containment> of(
            Finding finding, Severity severity, Optional<AlertApplication> application, List<AlertActor> actors) {
        ContainmentPlan plan = new ContainmentPlan(application);
        if (severity == Severity.INFORMATIONAL) {
            plan.step("Review what the application may do and who uses it", plan.servicePrincipal(), REVIEW);
            return plan.steps;
        }
        if (application.isPresent()) {
            plan.step("Disable sign-in of the service principal", plan.servicePrincipal(), DISABLE);
            plan.removeApplicationRoles(finding);
            plan.removeDelegatedGrants(finding);
            plan.removeCredentials(finding);
        }
        plan.revokeSessions(actors);
        if (finding.participants().stream().anyMatch(it -> it.role().equals("registered"))) {
            plan.step("Delete the application once the evidence is secured", plan.registration(), DELETE);
        }
        return plan.steps;
    }

    private Optional<String> servicePrincipal() {
        return application.flatMap(AlertApplication::getServicePrincipalId);
    }

    private Optional<String> registration() {
        return application.flatMap(AlertApplication::getObjectId);
    }

    private void step(String action, Optional<String> target, String link) {
        steps.add(Containment.newBuilder()
                .setAction(action)
                .setTargetId(target.orElse(null))
                .setLink(link)
                .build());
    }

    private void removeApplicationRoles(Finding finding) {
        List<String> roles = finding.permissions().stream()
                .filter(permission -> permission.type() == Permission.Type.APPLICATION)
                .map(Permission::value)
                .distinct()
                .sorted()
                .toList();
        if (!roles.isEmpty()) {
            step("Remove the application permissions " + String.join(", ", roles), servicePrincipal(), REMOVE_ROLE);
        }
    }

    private void removeDelegatedGrants(Finding finding) {
        boolean delegated = finding.permissions().stream().anyMatch(it -> it.type() == Permission.Type.DELEGATED);
        if (delegated || finding.decidedBy().stream().anyMatch(ContainmentPlan::isDelegatedGrant)) {
            step("Revoke the delegated permission grants", servicePrincipal(), REMOVE_GRANT);
        }
    }

    private static boolean isDelegatedGrant(AppEvent act) {
        return act.getDetails().orElse(null) instanceof DelegatedGrant;
    }

    private void removeCredentials(Finding finding) {
        Map<String, Credential> added = new LinkedHashMap<>();
        for (AppEvent act : finding.decidedBy()) {
            if (act.getDetails().orElse(null) instanceof CredentialChange change) {
                change.getAdded().stream()
                        .sorted(Comparator.comparing(Credential::getKeyId))
                        .forEach(credential -> added.putIfAbsent(credential.getKeyId(), credential));
            }
        }
        for (Credential credential : added.values()) {
            boolean secret =
                    credential.getType().filter("password"::equalsIgnoreCase).isPresent();
            step(
                    "Remove the " + GrantSentences.described(credential),
                    registration().or(this::servicePrincipal),
                    secret ? REMOVE_SECRET : REMOVE_CERTIFICATE);
        }
    }

    private void revokeSessions(List<AlertActor> actors) {
        actors.stream()
                .filter(actor -> actor.getType().equals("user"))
                .filter(actor -> actor.getName().isPresent() || actor.getId().isPresent())
                .map(actor -> Containment.newBuilder()
                        .setAction("Revoke the sessions of "
                                + Names.firstOf(actor.getName(), actor.getId()).orElseThrow()
                                + " and confirm with them that they did this")
                        .setTargetId(actor.getId().orElse(null))
                        .setLink(REVOKE_SESSIONS)
                        .build())
                .distinct()
                .forEach(steps::add);
    }
}

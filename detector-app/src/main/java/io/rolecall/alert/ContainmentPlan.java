package io.rolecall.alert;

import io.rolecall.detection.Finding;
import io.rolecall.detection.read.MailChange;
import io.rolecall.event.Details;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    private static final String REMOVE_SERVICE_PRINCIPAL_SECRET = LEARN + "graph/api/serviceprincipal-removepassword";
    private static final String REMOVE_SERVICE_PRINCIPAL_CERTIFICATE = LEARN + "graph/api/serviceprincipal-removekey";
    private static final String PLAYBOOK =
            LEARN + "security/operations/incident-response-playbook-compromised-malicious-app";
    private static final String MAIL_FLOW = LEARN
            + "exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/use-connectors-to-configure-mail-flow";
    private static final String DELETE = LEARN + "graph/api/application-delete";

    private static final int MOST_CHANGES = 5;

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
            if (application.isPresent()) {
                plan.step("Review what the application may do and who uses it", plan.servicePrincipal(), REVIEW);
            } else {
                plan.step("Review what was done, and by whom", Optional.empty(), PLAYBOOK);
            }
            return plan.steps;
        }
        if (application.isPresent()) {
            plan.step("Disable sign-in of the service principal", plan.servicePrincipal(), DISABLE);
            plan.removeApplicationRoles(finding);
            plan.removeDelegatedGrants(finding);
            plan.removeCredentials(finding);
        }
        plan.undoMailFlow(finding);
        plan.askOrRevoke(actors);
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
            step(
                    "Remove the application permission" + (roles.size() == 1 ? " " : "s ") + String.join(", ", roles),
                    servicePrincipal(),
                    REMOVE_ROLE);
        }
    }

    private void removeDelegatedGrants(Finding finding) {
        boolean delegated = finding.permissions().stream().anyMatch(it -> it.type() == Permission.Type.DELEGATED);
        if (delegated || finding.decidedBy().stream().anyMatch(ContainmentPlan::isDelegatedGrant)) {
            step("Revoke the delegated permission grants", servicePrincipal(), REMOVE_GRANT);
        }
    }

    private static boolean isDelegatedGrant(AppEvent act) {
        return Details.of(act, DelegatedGrant.class).isPresent();
    }

    /** Each where it is kept: a key of the service principal is not among those of the registration. */
    private void removeCredentials(Finding finding) {
        Set<String> seen = new HashSet<>();
        for (AppEvent act : finding.decidedBy()) {
            if (act.getDetails().orElse(null) instanceof CredentialChange change) {
                boolean onServicePrincipal = act.getOperation().contains("service-principal");
                change.getAdded().stream()
                        .filter(credential -> finding.anchor().isEmpty()
                                || finding.anchor()
                                        .contains(credential.getKeyId().toLowerCase(Locale.ROOT)))
                        .sorted(Comparator.comparing(Credential::getKeyId))
                        .filter(credential -> seen.add(credential.getKeyId()))
                        .forEach(credential -> removeCredential(credential, onServicePrincipal));
            }
        }
    }

    /** What changes how mail flows outlives the application that did it. */
    private void undoMailFlow(Finding finding) {
        MailChange.of(finding.decidedBy()).stream()
                .map(change -> "Undo the change of how mail flows: " + change.label())
                .distinct()
                .sorted()
                .limit(MOST_CHANGES)
                .forEach(action -> step(action, Optional.empty(), MAIL_FLOW));
    }

    private void removeCredential(Credential credential, boolean onServicePrincipal) {
        boolean secret =
                credential.getType().filter("password"::equalsIgnoreCase).isPresent();
        String link = onServicePrincipal
                ? secret ? REMOVE_SERVICE_PRINCIPAL_SECRET : REMOVE_SERVICE_PRINCIPAL_CERTIFICATE
                : secret ? REMOVE_SECRET : REMOVE_CERTIFICATE;
        step(
                "Remove the " + GrantSentences.described(credential) + " from the "
                        + (onServicePrincipal ? "service principal" : "application"),
                onServicePrincipal ? servicePrincipal() : registration().or(this::servicePrincipal),
                link);
    }

    /** Who acted from the organisation's own network is asked first, unless they are the victim of a consent; who consented to nothing is let be. */
    private void askOrRevoke(List<AlertActor> actors) {
        Map<String, Containment> byUser = new LinkedHashMap<>();
        for (AlertActor actor : actors) {
            Optional<String> name = DisplayNames.firstOf(actor.getName(), actor.getId());
            if (actor.getType().equals("user")
                    && name.isPresent()
                    && !actor.getRole().equals("asked-for-consent")) {
                boolean ask = actor.getIpClass().equals("organization")
                        && !actor.getRole().equals("consented");
                Containment step = Containment.newBuilder()
                        .setAction(
                                ask
                                        ? "Confirm with " + name.get() + " that they did this"
                                        : "Revoke the sessions of " + name.get()
                                                + " and confirm with them that they did this")
                        .setTargetId(actor.getId().orElse(null))
                        .setLink(ask ? PLAYBOOK : REVOKE_SESSIONS)
                        .build();
                byUser.merge(
                        actor.getId().orElse(name.get()).toLowerCase(Locale.ROOT),
                        step,
                        (one, other) -> one.getAction().startsWith("Revoke") ? one : other);
            }
        }
        steps.addAll(byUser.values());
    }
}

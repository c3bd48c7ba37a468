package io.rolecall.detection.rule;

import io.rolecall.detection.DetectionCard;
import io.rolecall.detection.DetectionCard.AttackTechnique;
import io.rolecall.detection.read.Lifecycle;
import io.rolecall.event.Operations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Building blocks of {@link DetectionCard}s that several detections share. */
final class Cards {

    static final AttackTechnique CLOUD_ACCOUNTS = new AttackTechnique("initial-access", "T1078.004");
    static final AttackTechnique PERSISTENT_ROLES = new AttackTechnique("persistence", "T1098.003");
    static final AttackTechnique ESCALATING_ROLES = new AttackTechnique("privilege-escalation", "T1098.003");
    static final AttackTechnique PERSISTENT_CREDENTIALS = new AttackTechnique("persistence", "T1098.001");
    static final AttackTechnique STEAL_TOKEN = new AttackTechnique("credential-access", "T1528");

    static final String AUDIT_REFERENCE =
            "https://learn.microsoft.com/en-us/entra/identity/monitoring-health/reference-audit-activities";
    static final String PERMISSIONS_REFERENCE = "https://learn.microsoft.com/en-us/graph/permissions-reference";
    static final String CONSENT_PLAYBOOK =
            "https://learn.microsoft.com/en-us/security/operations/incident-response-playbook-app-consent";
    static final String APP_PLAYBOOK =
            "https://learn.microsoft.com/en-us/security/operations/incident-response-playbook-compromised-malicious-app";

    /** Operations by which an application gets and loses application roles. */
    static final List<String> ROLES =
            List.of(Operations.ADD_APP_ROLE, Operations.REMOVE_APP_ROLE, Operations.REMOVE_APP_ROLE_BY_LINK);

    /** Operations by which an application gets and loses delegated scopes. */
    static final List<String> SCOPES = List.of(
            Operations.CONSENT,
            Operations.ADD_DELEGATED_GRANT,
            Operations.UPDATE_DELEGATED_GRANT,
            Operations.REMOVE_DELEGATED_GRANT);

    /** Derived facts that complete others: addresses of actors, App IDs of unresolved applications. */
    static final List<String> DERIVED = List.of(Operations.ACTOR_ADDRESS, Operations.IDENTITY_LEARNED);

    private Cards() {}

    @SafeVarargs
    static Set<String> operations(Collection<String>... parts) {
        Set<String> operations = new HashSet<>(Lifecycle.OPERATIONS);
        operations.addAll(DERIVED);
        for (Collection<String> part : parts) {
            operations.addAll(part);
        }
        return operations;
    }

    /** Permission sets in a sentence: {@code the set permissive}, {@code the sets permissive, tier-0}. */
    static String sets(List<String> names) {
        return (names.size() == 1 ? "the set " : "the sets ") + String.join(", ", names);
    }

    /** Texts of a technique's page. */
    static List<String> references(List<AttackTechnique> attack, String... more) {
        List<String> references = new ArrayList<>();
        attack.stream()
                .map(pair -> "https://attack.mitre.org/techniques/"
                        + pair.technique().replace('.', '/') + "/")
                .distinct()
                .forEach(references::add);
        references.addAll(List.of(more));
        return references;
    }
}

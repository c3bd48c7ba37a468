package io.rolecall.policy;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The effective policy: defaults with the file's values over them (contract section 6).
 *
 * @param detections effective settings by detection id, one for every detection of the catalogue
 * @param organization the organisation's names
 * @param applications approved and banned App IDs
 * @param trustedAutomation service principals with a mandate
 * @param permissionSets the permission sets, with the file's additions and removals
 * @param exceptions exceptions, expired ones included
 * @param minimumSeverity least severity of alerts on the OCSF topic
 * @param version hash over the effective content; on every alert
 */
public record Policy(
        Map<String, Settings> detections,
        Organization organization,
        Applications applications,
        List<TrustedAutomation> trustedAutomation,
        PermissionSets permissionSets,
        List<PolicyException> exceptions,
        Severity minimumSeverity,
        String version) {

    /**
     * The organisation's names.
     *
     * @param domains the organisation's domains, lower case
     * @param protectedNames names that an application may not imitate
     */
    public record Organization(List<String> domains, List<String> protectedNames) {}

    /**
     * The organisation's own lists of applications.
     *
     * @param approved App IDs, lower case
     * @param banned App IDs, lower case
     */
    public record Applications(List<String> approved, List<String> banned) {}

    /**
     * A service principal that may do certain things from certain networks.
     *
     * @param servicePrincipalId service principal, lower case
     * @param networks labels of its usual networks
     * @param may what it may do, kebab case: create-application, rotate-credential, assign-directory-role,
     *     grant:&lt;permission set&gt;
     */
    public record TrustedAutomation(String servicePrincipalId, List<String> networks, List<String> may) {}

    public Policy {
        detections = Map.copyOf(detections);
        trustedAutomation = List.copyOf(trustedAutomation);
        exceptions = List.copyOf(exceptions);
    }

    /**
     * Warnings for labels in {@code trusted-automation} that no network has: such a mandate never holds.
     *
     * @param labels labels of the networks that are loaded
     * @return one sentence an entry and label, in the order of the entries
     */
    public List<String> unknownNetworks(Collection<String> labels) {
        return trustedAutomation.stream()
                .flatMap(trusted -> trusted.networks().stream()
                        .filter(label -> !labels.contains(label))
                        .map(label -> "trusted-automation: no network is labelled '" + label + "', so "
                                + trusted.servicePrincipalId() + " is never inside its mandate there"))
                .toList();
    }

    /**
     * Effective settings of one detection.
     *
     * @throws IllegalArgumentException when the catalogue has no such detection
     */
    public Settings settings(String detection) {
        Settings settings = detections.get(detection);
        if (settings == null) {
            throw new IllegalArgumentException("No detection named " + detection);
        }
        return settings;
    }
}

package io.rolecall.policy;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The effective policy: defaults with the file's values over them (contract section 6).
 *
 * @param detections effective settings by detection id, one for every detection of the catalogue
 * @param organization the organisation's names
 * @param applications approved and banned App IDs
 * @param trustedAutomation service principals with a mandate
 * @param federation whose tokens the organisation's applications may trust
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
        Federation federation,
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

    /**
     * Whose tokens the organisation's applications may trust.
     *
     * @param trusted ordered by issuer, then prefix
     */
    public record Federation(List<TrustedIssuer> trusted) {

        public Federation {
            trusted = List.copyOf(trusted);
        }

        /**
         * The entries that trust a pair.
         *
         * @param issuer issuer of the tokens, in any case, with or without a slash at its end
         * @param subject subject of the tokens, or the expression that stands for it; exact
         */
        public List<TrustedIssuer> trusting(String issuer, String subject) {
            String normal = TrustedIssuer.normal(issuer);
            return trusted.stream()
                    .filter(entry -> entry.issuer().equals(normal) && subject.startsWith(entry.subjectPrefix()))
                    .toList();
        }

        /** Whether an entry names an issuer, in any case, with or without a slash at its end, whatever the subject. */
        public boolean names(String issuer) {
            String normal = TrustedIssuer.normal(issuer);
            return trusted.stream().anyMatch(entry -> entry.issuer().equals(normal));
        }
    }

    /**
     * An issuer whose tokens may be trusted.
     *
     * @param issuer lower case, without a slash at its end
     * @param subjectPrefix how the subject begins, exact; empty for any
     * @param networks labels of the networks from which such tokens are used; none when the policy names none
     */
    public record TrustedIssuer(String issuer, String subjectPrefix, List<String> networks) {

        public TrustedIssuer {
            networks = List.copyOf(networks);
        }

        /** An issuer as it is compared. */
        public static String normal(String issuer) {
            String lower = issuer.toLowerCase(Locale.ROOT);
            int end = lower.length();
            while (end > 0 && lower.charAt(end - 1) == '/') {
                end--;
            }
            return lower.substring(0, end);
        }
    }

    public Policy {
        detections = Map.copyOf(detections);
        trustedAutomation = List.copyOf(trustedAutomation);
        exceptions = List.copyOf(exceptions);
    }

    /**
     * Warnings for labels that no network has: in {@code trusted-automation}, where such a mandate never holds, and in {@code
     * federation}, where every use is then from elsewhere.
     *
     * @param labels labels of the networks that are loaded
     * @return one sentence an entry and label, in the order of the entries
     */
    public List<String> unknownNetworks(Collection<String> labels) {
        Stream<String> mandates = trustedAutomation.stream().flatMap(trusted -> unknown(
                        "trusted-automation", trusted.networks(), labels)
                .map(text -> text + "so " + trusted.servicePrincipalId() + " is never inside its mandate there"));
        Stream<String> issuers = federation.trusted().stream()
                .flatMap(trusted -> unknown("federation", trusted.networks(), labels)
                        .map(text -> text + "so no use of the tokens of " + trusted.issuer() + " is from there"));
        return Stream.concat(mandates, issuers).toList();
    }

    private static Stream<String> unknown(String section, List<String> named, Collection<String> labels) {
        return named.stream()
                .filter(label -> !labels.contains(label))
                .map(label -> section + ": no network is labelled '" + label + "', ");
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

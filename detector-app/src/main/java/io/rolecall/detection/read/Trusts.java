package io.rolecall.detection.read;

import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.policy.Policy.TrustedIssuer;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.FederatedCredential;
import io.rolecall.schema.FederatedCredentialChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Federated credentials: whose tokens an application trusts in place of a secret, by pairs of issuer and subject. */
public final class Trusts {

    /** Operations that may state a change of them: of applications, and of managed identities where the body is logged. */
    public static final List<String> OPERATIONS =
            List.of(Operations.UPDATE_APPLICATION, Operations.AZURE_FEDERATED_CREDENTIAL);

    /** Hosts, and what hosts begin with, of the issuers of managed clusters (Azure, Amazon, Google). */
    private static final List<String> CLUSTERS =
            List.of("oic.prod-aks.azure.com", "oidc.prod-aks.azure.com", "oidc.eks", "container.googleapis.com");

    private static final Set<String> GITHUB = Set.of("token.actions.githubusercontent.com");

    /** Subject of a workflow's token, or an expression over it: {@code repo:OWNER/NAME:ref:...}. */
    private static final Pattern REPOSITORY = Pattern.compile("\\brepo:([^:/'\\s]+/[^:'\\s]+)");

    /** Capitals, and the mark itself, so that no two subjects become one. */
    private static final Pattern CAPITALS = Pattern.compile("[\\p{Lu}\\p{Lt}^]");

    private Trusts() {}

    /**
     * One credential that came to the list.
     *
     * @param issuer issuer, as logged
     * @param subject subject, or the expression in its place, as logged; empty when the event does not tell
     * @param credentialId its id, which sign-ins with it state too; empty where the event does not show it
     * @param act the successful act that added it
     * @param isNew whether its pair was not trusted just before: else only name, audience or description changed
     * @param removedBy the earliest later act that took the pair away
     */
    public record Trust(
            String issuer,
            String subject,
            Optional<String> credentialId,
            AppEvent act,
            boolean isNew,
            Optional<AppEvent> removedBy) {

        /** What makes it one trust. */
        public List<String> pair() {
            return Trusts.pair(issuer, subject);
        }

        /**
         * What the finding hangs on: issuer in lower case, and the subject, whose case counts although ids of alerts are made in lower
         * case; so each capital has a caret before it.
         */
        public String[] anchor() {
            return new String[] {
                issuer.toLowerCase(Locale.ROOT), CAPITALS.matcher(subject).replaceAll("^$0")
            };
        }

        /** Whether the issuer is GitHub's, whose tokens any repository can have. */
        public boolean ofGitHub() {
            return GITHUB.contains(host());
        }

        /** The repository of GitHub that the subject names. */
        public Optional<String> repository() {
            Matcher matcher = REPOSITORY.matcher(subject);
            return ofGitHub() && matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        }

        /** Whether the issuer looks like that of a Kubernetes cluster. */
        public boolean ofCluster() {
            String host = "." + host() + ".";
            return CLUSTERS.stream().anyMatch(name -> host.contains("." + name + "."))
                    || issuer.toLowerCase(Locale.ROOT).contains("/k8s/");
        }

        public String label() {
            return (subject.isEmpty() ? "any subject" : subject) + " of " + issuer;
        }

        private String host() {
            String lower = issuer.strip().toLowerCase(Locale.ROOT);
            int scheme = lower.indexOf("//");
            String rest = scheme < 0 ? lower : lower.substring(scheme + 2);
            return rest.split("[/:?#]", 2)[0];
        }
    }

    /**
     * Every credential that a successful act added, by time; one that came back stands there again. One of which the event shows no
     * issuer is no pair, and so left out.
     */
    public static List<Trust> added(List<AppEvent> acts) {
        List<AppEvent> changes = changes(acts);
        List<Trust> trusts = new ArrayList<>();
        for (AppEvent act : changes) {
            Set<List<String>> seen = new HashSet<>();
            credentials(act, FederatedCredentialChange::getAdded)
                    .filter(credential -> seen.add(pair(credential)))
                    .forEach(credential -> trusts.add(trust(changes, act, credential)));
        }
        return trusts;
    }

    private static List<AppEvent> changes(List<AppEvent> acts) {
        List<AppEvent> told = acts.stream()
                .filter(act -> Details.of(act, FederatedCredentialChange.class).isPresent())
                .toList();
        Stream<AppEvent> ofApplications =
                told.stream().filter(act -> !isRequest(act)).filter(Facts::succeeded);
        List<AppEvent> ofIdentities =
                AzureRequests.of(told.stream().filter(Trusts::isRequest).toList(), act -> credentials(
                                act, FederatedCredentialChange::getAdded)
                        .map(credential -> String.join("\n", pair(credential)))
                        .collect(Collectors.joining("\n")));
        return Stream.concat(ofApplications, ofIdentities.stream())
                .sorted(Facts.ORDER)
                .toList();
    }

    private static boolean isRequest(AppEvent act) {
        return Facts.is(act, Operations.AZURE_FEDERATED_CREDENTIAL);
    }

    private static Trust trust(List<AppEvent> changes, AppEvent act, FederatedCredential credential) {
        List<String> pair = pair(credential);
        return new Trust(
                credential.getIssuer().orElse(""),
                credential.getSubject().orElse(""),
                credential.getCredentialId(),
                act,
                !pairs(act, FederatedCredentialChange::getRemoved).contains(pair),
                changes.stream()
                        .filter(other -> Facts.ORDER.compare(other, act) > 0)
                        .filter(other -> pairs(other, FederatedCredentialChange::getRemoved)
                                        .contains(pair)
                                && !pairs(other, FederatedCredentialChange::getAdded)
                                        .contains(pair))
                        .findFirst());
    }

    private static Set<List<String>> pairs(
            AppEvent act, Function<FederatedCredentialChange, List<FederatedCredential>> which) {
        return credentials(act, which).map(Trusts::pair).collect(Collectors.toSet());
    }

    private static Stream<FederatedCredential> credentials(
            AppEvent act, Function<FederatedCredentialChange, List<FederatedCredential>> which) {
        return Details.of(act, FederatedCredentialChange.class).map(which).stream()
                .flatMap(List::stream)
                .filter(credential -> credential.getIssuer().isPresent());
    }

    private static List<String> pair(FederatedCredential credential) {
        return pair(credential.getIssuer().orElse(""), credential.getSubject().orElse(""));
    }

    private static List<String> pair(String issuer, String subject) {
        return List.of(TrustedIssuer.normal(issuer), subject);
    }
}

package io.rolecall.policy;

import io.rolecall.config.Fields;
import io.rolecall.config.Located;
import io.rolecall.policy.Policy.TrustedIssuer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads whose tokens the organisation's applications may trust: the section {@code federation} of the policy file. */
final class FederationReader {

    /** What an issuer looks like: Entra ID takes addresses only. */
    static final String ISSUER_PATTERN = "[Hh][Tt][Tt][Pp][Ss]://[^\\s/]\\S*";

    /** Services on which anybody can have tokens issued, so that the subject alone tells whose they are. */
    private static final Set<String> SHARED = Set.of(
            "https://token.actions.githubusercontent.com",
            "https://gitlab.com",
            "https://app.terraform.io",
            "https://accounts.google.com",
            "https://oidc.circleci.com",
            "https://agent.buildkite.com");

    private FederationReader() {}

    static Policy.Federation read(Optional<Fields> section) {
        section.ifPresent(fields -> fields.known(List.of("trusted")));
        List<TrustedIssuer> trusted = new ArrayList<>();
        section.ifPresent(fields ->
                fields.forEach("trusted", entry -> entry(entry, trusted).ifPresent(trusted::add)));
        return new Policy.Federation(trusted.stream()
                .sorted(Comparator.comparing(TrustedIssuer::issuer).thenComparing(TrustedIssuer::subjectPrefix))
                .toList());
    }

    private static Optional<TrustedIssuer> entry(Fields fields, List<TrustedIssuer> before) {
        fields.known(List.of("issuer", "subject-prefix", "networks"));
        String prefix = prefix(fields);
        List<String> networks =
                List.copyOf(new TreeSet<>(fields.texts("networks").orElse(List.of())));
        Optional<String> issuer = fields.required("issuer").filter(text -> isAddress(fields, text));
        Optional<TrustedIssuer> entry =
                issuer.map(text -> new TrustedIssuer(TrustedIssuer.normal(text), prefix, networks));
        entry.ifPresent(one -> check(fields, one, before));
        return entry;
    }

    private static boolean isAddress(Fields fields, String issuer) {
        boolean address = issuer.matches(ISSUER_PATTERN);
        if (!address) {
            fields.error(
                    "issuer",
                    "'" + issuer + "' is no issuer; an address such as https://token.actions.githubusercontent.com");
        }
        return address;
    }

    /** An empty prefix is any subject, as is none at all. */
    private static String prefix(Fields fields) {
        boolean empty = fields.get("subject-prefix")
                .filter(value ->
                        value instanceof Located.Scalar scalar && scalar.text().isEmpty())
                .isPresent();
        return empty ? "" : fields.text("subject-prefix").orElse("");
    }

    private static void check(Fields fields, TrustedIssuer entry, List<TrustedIssuer> before) {
        if (before.stream()
                .anyMatch(other -> other.issuer().equals(entry.issuer())
                        && other.subjectPrefix().equals(entry.subjectPrefix()))) {
            fields.error(
                    "issuer",
                    "'" + entry.issuer() + "' stands here twice with one prefix; name all networks in one entry");
        }
        if (entry.subjectPrefix().isEmpty() && SHARED.contains(entry.issuer())) {
            fields.warning(
                    "subject-prefix",
                    "is empty, so that everybody is trusted who has an account with " + entry.issuer()
                            + "; name your own, such as repo:contoso/");
        }
        if (entry.subjectPrefix().endsWith("*")) {
            fields.warning("subject-prefix", "is taken as it stands; a prefix needs no '*' at its end");
        }
    }
}

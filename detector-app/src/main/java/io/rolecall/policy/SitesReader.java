package io.rolecall.policy;

import io.rolecall.config.Fields;
import io.rolecall.config.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Reads what the policy file says of the organisation itself: its names, its applications, its automation. */
final class SitesReader {

    /** What trusted automation may do: words, and a grant of each permission set. */
    static final List<String> MANDATES = Stream.concat(
                    Stream.of("create-application", "rotate-credential", "assign-directory-role"),
                    ShippedSets.NAMES.stream().map(set -> "grant:" + set))
            .toList();

    private SitesReader() {}

    static Policy.Organization organization(Optional<Fields> section) {
        section.ifPresent(fields -> fields.known(List.of("domains", "protected-names")));
        return new Policy.Organization(
                list(section, "domains", text -> text.toLowerCase(Locale.ROOT)),
                list(section, "protected-names", UnaryOperator.identity()));
    }

    static Policy.Applications applications(Optional<Fields> section) {
        section.ifPresent(fields -> fields.known(List.of("approved", "banned")));
        List<String> approved = list(section, "approved", text -> text.toLowerCase(Locale.ROOT));
        List<String> banned = list(section, "banned", text -> text.toLowerCase(Locale.ROOT));
        section.ifPresent(fields -> {
            approved.stream()
                    .filter(banned::contains)
                    .forEach(id -> fields.error(
                            "banned", "'" + id + "' is also approved; an application is one or the other"));
            warnUnlessGuid(fields, "approved", approved);
            warnUnlessGuid(fields, "banned", banned);
        });
        return new Policy.Applications(approved, banned);
    }

    /** Ordered by service principal. */
    static List<Policy.TrustedAutomation> trustedAutomation(Fields root) {
        List<Policy.TrustedAutomation> trusted = new ArrayList<>();
        root.forEach("trusted-automation", fields -> {
            fields.known(List.of("servicePrincipalId", "networks", "may"));
            Optional<String> id = fields.required("servicePrincipalId").map(text -> text.toLowerCase(Locale.ROOT));
            id.filter(text -> !Guids.isGuid(text))
                    .ifPresent(text -> fields.error(
                            "servicePrincipalId",
                            "'" + text + "' is no object id; a GUID such as 22222222-2222-3333-4444-555555555555"));
            id.filter(text -> trusted.stream()
                            .anyMatch(other -> other.servicePrincipalId().equals(text)))
                    .ifPresent(text -> fields.error("servicePrincipalId", "'" + text + "' stands here twice"));
            List<String> networks = mandatory(fields, "networks");
            List<String> may = mandatory(fields, "may");
            may.stream()
                    .filter(word -> !MANDATES.contains(word))
                    .forEach(word ->
                            fields.error("may", "'" + word + "' is not allowed; " + Nearest.hint(word, MANDATES)));
            id.ifPresent(text -> trusted.add(new Policy.TrustedAutomation(text, networks, may)));
        });
        return trusted.stream()
                .sorted(Comparator.comparing(Policy.TrustedAutomation::servicePrincipalId))
                .toList();
    }

    /** Nothing is trusted wholesale: neither from everywhere nor with everything. */
    private static List<String> mandatory(Fields fields, String key) {
        List<String> values = list(Optional.of(fields), key, UnaryOperator.identity());
        if (values.isEmpty()) {
            fields.error(key, "must name at least one");
        }
        return values;
    }

    private static void warnUnlessGuid(Fields fields, String key, List<String> ids) {
        ids.stream()
                .filter(id -> !Guids.isGuid(id))
                .forEach(id -> fields.warning(key, "'" + id + "' does not look like an App ID"));
    }

    /** A set of texts, ordered. */
    private static List<String> list(Optional<Fields> section, String key, UnaryOperator<String> form) {
        List<String> texts = section.flatMap(fields -> fields.texts(key)).orElse(List.of());
        return List.copyOf(new TreeSet<>(texts.stream().map(form).toList()));
    }
}

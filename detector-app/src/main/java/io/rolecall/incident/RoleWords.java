package io.rolecall.incident;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What somebody did, by their role in an alert, about "it", the application. */
final class RoleWords {

    private static final List<String> ORDER = List.of(
            "registered",
            "added",
            "requested",
            "asked-for-consent",
            "granted",
            "consented",
            "gave-role",
            "added-credential");

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("registered", "registered it"),
            Map.entry("granted", "gave it permissions"),
            Map.entry("consented", "consented to it"),
            Map.entry("asked-for-consent", "was asked to consent to it"),
            Map.entry("requested", "had it ask for permissions"),
            Map.entry("added-credential", "gave it a credential"),
            Map.entry("added-redirect", "gave it a redirect address"),
            Map.entry("gave-role", "gave it a role"),
            Map.entry("made-owner", "made somebody its owner"),
            Map.entry("assigned", "was assigned to it"),
            Map.entry("added", "brought it into the tenant"),
            Map.entry("created", "created applications"),
            Map.entry("changed", "changed it"),
            Map.entry("changed-application", "changed it"),
            Map.entry("changed-tenancy", "changed who may sign in to it"),
            Map.entry("changed-mail-flow", "changed how mail flows"),
            Map.entry("changed-policy", "changed a policy"),
            Map.entry("changed-privileges", "changed privileges"),
            Map.entry("elevated-access", "elevated their own access"),
            Map.entry("signed-in", "signed in"),
            Map.entry("used", "used it"),
            Map.entry("used-mailbox", "used mailboxes"),
            Map.entry("used-token", "used its token"),
            Map.entry("awakened", "used it again"),
            Map.entry("restored", "restored it"),
            Map.entry("deleted", "deleted it"),
            Map.entry("removed", "took something from it"));

    private RoleWords() {}

    /** Of several roles each once, in the order in which such things happen. */
    static List<String> of(List<String> roles) {
        return roles.stream()
                .distinct()
                .sorted(Comparator.comparingInt(RoleWords::rank).thenComparing(role -> role))
                .map(RoleWords::of)
                .toList();
    }

    private static int rank(String role) {
        int rank = ORDER.indexOf(role);
        return rank < 0 ? ORDER.size() : rank;
    }

    static String of(String role) {
        return WORDS.getOrDefault(role, role.replace('-', ' '));
    }
}

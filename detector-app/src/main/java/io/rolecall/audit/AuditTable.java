package io.rolecall.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.alert.TextColumns;
import io.rolecall.policy.Severity;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One block of text an entry, worst first, with a last line that counts. Entries without a finding or alert are one line each; with {@code
 * wide} everything is shown of all.
 */
final class AuditTable implements AuditRenderer {

    private static final int LABELS = 15;
    private static final int MOST_LISTED = 5;
    private final TextColumns columns;
    private final boolean wide;

    AuditTable(int width, boolean wide, boolean color) {
        this.columns = new TextColumns(LABELS, width, color);
        this.wide = wide;
    }

    @Override
    public void render(List<AuditEntry> entries, Writer out) throws IOException {
        List<AuditEntry> quiet = new ArrayList<>();
        Map<Severity, Integer> counts = new TreeMap<>(Comparator.reverseOrder());
        for (AuditEntry entry : entries) {
            entry.json()
                    .path("findings")
                    .forEach(finding -> counts.merge(
                            Severity.ofLabel(finding.path("severity").asText()), 1, Integer::sum));
            if (!wide && entry.worst().isEmpty() && !entry.json().has("change")) {
                quiet.add(entry);
            } else {
                entry(entry, out);
            }
        }
        if (!quiet.isEmpty()) {
            columns.heading("", "NOTHING FOUND", quiet.size() + " more", out);
            for (AuditEntry entry : quiet) {
                columns.heading("", "", name(entry.json()), out);
            }
            out.write("\n");
        }
        List<String> parts = new ArrayList<>();
        counts.forEach((severity, count) -> parts.add(count + " " + severity.label()));
        int total = counts.values().stream().mapToInt(Integer::intValue).sum();
        columns.plain(
                entries.isEmpty()
                        ? "Nothing to tell."
                        : entries.size() + (entries.size() == 1 ? " entry, " : " entries, ")
                                + AuditWords.count(total, "finding")
                                + (parts.isEmpty() ? "" : ": " + String.join(", ", parts)) + ", as of "
                                + entries.get(0).json().path("asOf").asText(),
                out);
    }

    private void entry(AuditEntry entry, Writer out) throws IOException {
        JsonNode json = entry.json();
        columns.heading(
                entry.severity(),
                entry.worst().map(Severity::label).orElse("-").toUpperCase(Locale.ROOT),
                name(json),
                out);
        if (json.has("change")) {
            columns.row("change", json.path("change").asText(), out);
            list("", json, "changes", JsonNode::asText, Integer.MAX_VALUE, out);
        }
        if (!json.path("change").asText().equals("gone")) {
            facts(json, out);
        }
        out.write("\n");
    }

    private void facts(JsonNode json, Writer out) throws IOException {
        for (JsonNode finding : json.path("findings")) {
            columns.row(
                    finding.path("severity").asText(),
                    finding.path("id").asText() + ": " + finding.path("reason").asText(),
                    out);
            columns.row("", "-> " + finding.path("remedy").asText(), out);
        }
        int most = wide ? Integer.MAX_VALUE : MOST_LISTED;
        list("alerts", json, "alerts", AuditWords::alert, most, out);
        if (json.has("incidentId")) {
            columns.row("incident", json.path("incidentId").asText(), out);
        }
        if (json.path("kind").asText().equals("application")) {
            application(json, most, out);
        }
        list("settings", json, "settings", AuditWords::setting, most, out);
    }

    private void application(JsonNode json, int most, Writer out) throws IOException {
        columns.row(
                "state",
                json.path("state").asText() + "; tenancy "
                        + json.path("tenancy").asText() + "; publisher " + AuditWords.publisher(json.path("publisher")),
                out);
        if (wide) {
            columns.row(
                    "registered",
                    AuditWords.time(json.path("registeredAt").asText()) + " by "
                            + json.path("registeredBy").asText(),
                    out);
            columns.row("tenant", json.path("tenantId").asText(), out);
        }
        list("permissions", json, "permissions", AuditWords::permission, most, out);
        String users = AuditWords.users(json.path("users"));
        columns.row("users", users.isEmpty() ? none(json, "users") : users, out);
        columns.row(
                "last",
                "authorised " + AuditWords.time(json.path("lastAuthorised").asText()) + ", used "
                        + AuditWords.time(json.path("lastUsed").asText()),
                out);
        list("owners", json, "owners", AuditWords::owner, most, out);
        list("credentials", json, "credentials", AuditWords::credential, most, out);
        list("redirects", json, "redirects", AuditWords::redirect, most, out);
    }

    private static String none(JsonNode json, String list) {
        return AuditWords.isUnknown(json, list) ? "unknown" : "none";
    }

    private void list(String label, JsonNode json, String list, Function<JsonNode, String> words, int most, Writer out)
            throws IOException {
        boolean told = list.equals("alerts") || list.equals("settings") || list.equals("changes");
        if (json.path(list).isEmpty()) {
            if (!told) {
                columns.row(label, none(json, list), out);
            }
            return;
        }
        String next = label;
        int left = json.path(list).size();
        for (JsonNode one : json.path(list)) {
            if (json.path(list).size() - left == most) {
                columns.row("", "and " + left + " more", out);
                break;
            }
            columns.row(next, words.apply(one), out);
            next = "";
            left--;
        }
        if (!told && left == 0 && AuditWords.isUnknown(json, list)) {
            columns.row("", "others unknown", out);
        }
    }

    private static String name(JsonNode json) {
        if (json.path("kind").asText().equals("tenant")) {
            return "Settings of tenant " + json.path("id").asText();
        }
        String name = json.path("displayName").asText();
        return name.isEmpty()
                ? json.path("id").asText()
                : name + " (" + json.path("id").asText() + ")";
    }
}

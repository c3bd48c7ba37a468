package io.rolecall.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One row an entry, for spreadsheets; lists stand in one cell, and no cell begins as a formula does. */
final class AuditCsv implements AuditRenderer {

    private static final List<String> COLUMNS = List.of(
            "kind",
            "severity",
            "tenantId",
            "id",
            "displayName",
            "state",
            "tenancy",
            "publisher",
            "registeredAt",
            "registeredBy",
            "permissions",
            "users",
            "lastAuthorised",
            "lastUsed",
            "owners",
            "credentials",
            "redirects",
            "settings",
            "alerts",
            "incidentId",
            "findings",
            "unknown",
            "asOf",
            "change",
            "changes");

    private static final String FORMULA = "=+-@\t\r";

    @Override
    public void render(List<AuditEntry> entries, Writer out) throws IOException {
        out.write(String.join(",", COLUMNS) + "\r\n");
        for (AuditEntry entry : entries) {
            List<String> cells = new ArrayList<>();
            for (String column : COLUMNS) {
                cells.add(cell(text(column, entry.json())));
            }
            out.write(String.join(",", cells) + "\r\n");
        }
    }

    private static String text(String column, JsonNode json) {
        JsonNode value = json.path(column);
        return switch (column) {
            case "publisher" -> AuditWords.publisher(value);
            case "permissions" -> joined(value, AuditWords::permission);
            case "users" -> value.isMissingNode() ? "" : AuditWords.users(value);
            case "owners" -> orUnknown(json, column, joined(value, AuditWords::owner));
            case "credentials" -> orUnknown(json, column, joined(value, AuditWords::credential));
            case "redirects" -> orUnknown(json, column, joined(value, AuditWords::redirect));
            case "settings" -> joined(value, AuditWords::setting);
            case "alerts" -> joined(value, AuditWords::alert);
            case "findings" -> joined(value, AuditWords::finding);
            case "unknown", "changes" -> joined(value, JsonNode::asText);
            default -> value.asText();
        };
    }

    private static String orUnknown(JsonNode json, String list, String text) {
        return text.isEmpty() && AuditWords.isUnknown(json, list) ? KnownApplication.UNKNOWN : text;
    }

    private static String joined(JsonNode list, Function<JsonNode, String> words) {
        List<String> all = new ArrayList<>();
        list.forEach(one -> all.add(words.apply(one)));
        return all.stream().collect(Collectors.joining("; "));
    }

    /** Quoted where it must be; what a spreadsheet would take for a formula is text: names are chosen by strangers. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}

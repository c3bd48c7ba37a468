package io.rolecall.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.policy.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is new, changed or gone since an earlier audit. That time passes is no change: neither a later use nor a greater age; nor is it one
 * that something became known, or is not known any more.
 */
public final class AuditChanges {

    private static final String UNKNOWN = KnownApplication.UNKNOWN;
    private static final List<String> TEXTS = List.of("displayName", "state", "tenancy", "incidentId");

    private AuditChanges() {}

    /**
     * An entry that differs.
     *
     * @param entry the entry with what differs
     * @param news the worst of its findings and open alerts that the earlier audit had not
     */
    public record Changed(AuditEntry entry, Optional<Severity> news) {}

    /**
     * The entries that differ, with {@code change} ({@code new}, {@code changed}, {@code gone}) and, of a changed one, {@code changes}
     * in words; of one that is gone its earlier entry.
     *
     * @param earlier entries of the earlier audit
     * @param now entries of this audit
     * @return worst first, what is gone last
     */
    public static List<Changed> since(List<AuditEntry> earlier, List<AuditEntry> now) {
        Map<String, AuditEntry> before = new TreeMap<>();
        earlier.forEach(entry -> before.put(entry.key(), entry));
        List<Changed> changes = new ArrayList<>();
        for (AuditEntry entry : now) {
            AuditEntry old = before.remove(entry.key());
            if (old == null) {
                changes.add(marked(entry, "new", List.of(), entry.worst()));
            } else {
                List<String> words = words(old.json(), entry.json());
                if (!words.isEmpty()) {
                    changes.add(marked(entry, "changed", words, news(old.json(), entry.json())));
                }
            }
        }
        before.values().stream()
                .sorted(AuditEntry.WORST_FIRST)
                .forEach(entry -> changes.add(marked(entry, "gone", List.of(), Optional.empty())));
        return List.copyOf(changes);
    }

    private static Changed marked(AuditEntry entry, String change, List<String> words, Optional<Severity> news) {
        ObjectNode json = entry.json().deepCopy();
        json.remove(List.of("change", "changes"));
        json.put("change", change);
        if (!words.isEmpty()) {
            words.forEach(json.putArray("changes")::add);
        }
        return new Changed(new AuditEntry(json, entry.severity()), news);
    }

    /** The worst finding or open alert that was not there. */
    private static Optional<Severity> news(JsonNode old, JsonNode now) {
        return Stream.concat(
                        news(old, now, "findings", AuditChanges::finding),
                        news(old, now, "alerts", AuditChanges::alert))
                .map(one -> Severity.ofLabel(one.path("severity").asText()))
                .max(Comparator.naturalOrder());
    }

    private static Stream<JsonNode> news(JsonNode old, JsonNode now, String list, Function<JsonNode, String> name) {
        Map<String, JsonNode> after = named(now.path(list), name);
        after.keySet().removeAll(named(old.path(list), name).keySet());
        return after.values().stream();
    }

    private static String alert(JsonNode one) {
        return joined(one, "severity", "detection", "alertId");
    }

    private static String finding(JsonNode one) {
        return joined(one, "severity", "id", "about");
    }

    private static List<String> words(ObjectNode old, ObjectNode now) {
        List<String> words = new ArrayList<>();
        TEXTS.forEach(name -> compare(
                name.equals("incidentId") ? "incident" : name,
                old.path(name).asText(),
                now.path(name).asText(),
                words));
        for (String part : List.of("owner", "domain", "verified")) {
            compare(
                    "publisher " + part,
                    old.path("publisher").path(part).asText(),
                    now.path("publisher").path(part).asText(),
                    words);
        }
        compare("permission", old, now, "permissions", AuditChanges::permission, words);
        compareUsers(old.path("users"), now.path("users"), words);
        compare("owner", old, now, "owners", AuditChanges::owner, words);
        compare("credential", old, now, "credentials", key -> joined(key, "type", "name", "keyId"), words);
        compare("redirect", old, now, "redirects", one -> one.path("uri").asText(), words);
        compare("setting", old, now, "settings", one -> joined(one, "name", "value"), words);
        compare("alert", old, now, "alerts", AuditChanges::alert, words);
        compare("finding", old, now, "findings", AuditChanges::finding, words);
        return words;
    }

    private static void compare(String what, String old, String now, List<String> words) {
        boolean stated = !old.equals(UNKNOWN) && !now.equals(UNKNOWN);
        if (stated && !old.equals(now)) {
            words.add(what + " from " + (old.isEmpty() ? "none" : old) + " to " + (now.isEmpty() ? "none" : now));
        }
    }

    private static void compareUsers(JsonNode old, JsonNode now, List<String> words) {
        if (!now.isMissingNode()
                && old.path("count").asLong() != now.path("count").asLong()) {
            words.add("users from " + old.path("count").asLong() + " to "
                    + now.path("count").asLong());
        }
        if (old.path("everybody").asBoolean() != now.path("everybody").asBoolean()) {
            words.add("everybody's data " + (now.path("everybody").asBoolean() ? "in reach" : "out of reach"));
        }
    }

    private static void compare(
            String what, JsonNode old, JsonNode now, String list, Function<JsonNode, String> name, List<String> words) {
        Map<String, JsonNode> before = named(old.path(list), name);
        Map<String, JsonNode> after = named(now.path(list), name);
        after.keySet().stream()
                .filter(one -> !before.containsKey(one))
                .forEach(one -> words.add("new " + what + " " + one));
        before.keySet().stream()
                .filter(one -> !after.containsKey(one))
                .forEach(one -> words.add("gone " + what + " " + one));
    }

    private static Map<String, JsonNode> named(JsonNode list, Function<JsonNode, String> name) {
        Map<String, JsonNode> named = new LinkedHashMap<>();
        list.forEach(one -> named.put(name.apply(one), one));
        return named;
    }

    private static String permission(JsonNode one) {
        return joined(one, "value") + " of " + one.path("resource").asText() + " ("
                + one.path("type").asText() + ", for " + one.path("for").asText() + ")";
    }

    private static String owner(JsonNode one) {
        String name = one.path("name").asText(one.path("id").asText("an unnamed owner"));
        String gone = one.path("gone").asText();
        return gone.isEmpty() ? name : name + " (" + gone + ")";
    }

    private static String joined(JsonNode one, String... fields) {
        List<String> parts = new ArrayList<>();
        for (String field : fields) {
            String text = one.path(field).asText();
            if (!text.isEmpty()) {
                parts.add(text);
            }
        }
        return String.join(" ", parts);
    }
}

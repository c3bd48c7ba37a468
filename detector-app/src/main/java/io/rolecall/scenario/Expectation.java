package io.rolecall.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.schema.Alert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An alert that must come, by some of its fields. A field is a name of the alert (contract section 5), a path below one
 * ({@code application.displayName}), or a short form: {@code appId} for {@code application.appId}, {@code user} for the name or id
 * of any actor, {@code actor} for an actor that is the subject, {@code tenant} for whether the tenant is. Lists match in any order; {@code permissions} are listed by value.
 *
 * @param line line of the file
 * @param fields expected values by field
 */
public record Expectation(int line, Map<String, JsonNode> fields) {

    static final String APP_ID = "appId";
    static final String USER = "user";
    static final String ACTOR = "actor";
    static final String TENANT = "tenant";

    private static final Set<String> SHORT = Set.of(APP_ID, USER, ACTOR, TENANT);

    public Expectation {
        fields = new LinkedHashMap<>(fields);
    }

    /** What is wrong with a field's name; empty when an alert can have it. */
    static Optional<String> unknown(String field) {
        String first = field.indexOf('.') < 0 ? field : field.substring(0, field.indexOf('.'));
        boolean known = SHORT.contains(first) || Alert.getClassSchema().getField(first) != null;
        return known ? Optional.empty() : Optional.of("no field of an alert");
    }

    /** Whether it speaks of an alert that was withdrawn. */
    boolean wantsWithdrawn() {
        JsonNode status = fields.get("status");
        return status != null && status.asText().equals("withdrawn");
    }

    /** What differs in an alert, each as {@code field: expected, was actual}; empty when it is the alert expected. */
    List<String> differences(ObjectNode alert) {
        List<String> differences = new ArrayList<>();
        fields.forEach((field, expected) -> {
            if (!matches(field, expected, alert)) {
                differences.add(field + ": expected " + expected + ", was " + shown(field, alert));
            }
        });
        return differences;
    }

    private static boolean matches(String field, JsonNode expected, ObjectNode alert) {
        if (field.equals(USER)) {
            List<String> known = new ArrayList<>(values(alert.path("actors"), "name"));
            known.addAll(values(alert.path("actors"), "id"));
            return expected.isTextual()
                    ? known.contains(expected.asText())
                    : values(expected, "id").stream().anyMatch(known::contains);
        }
        if (field.equals(ACTOR) || field.equals(TENANT)) {
            return isSubject(field, expected, alert.path("subject"));
        }
        JsonNode actual = at(field, alert);
        if (expected.isArray()) {
            List<String> wanted = sorted(values(expected, "value"));
            return wanted.equals(sorted(values(actual, "value")));
        }
        return actual.isValueNode() && expected.asText().equalsIgnoreCase(actual.asText());
    }

    /** An actor is known by any of the names that are expected, since its id is the name until the object id is known. */
    private static boolean isSubject(String kind, JsonNode expected, JsonNode subject) {
        boolean ofKind = subject.path("kind").asText().equals(kind);
        if (kind.equals(TENANT)) {
            return ofKind == expected.asBoolean();
        }
        String id = subject.path("id").asText();
        return ofKind
                && (expected.isTextual()
                        ? expected.asText().equalsIgnoreCase(id)
                        : values(expected, "id").stream().anyMatch(id::equalsIgnoreCase));
    }

    private static JsonNode shown(String field, ObjectNode alert) {
        if (field.equals(ACTOR) || field.equals(TENANT)) {
            return alert.path("subject");
        }
        return field.equals(USER) ? alert.path("actors") : at(field, alert);
    }

    private static JsonNode at(String field, ObjectNode alert) {
        String path = field.equals(APP_ID) ? "application.appId" : field;
        JsonNode node = alert;
        for (String name : path.split("\\.", -1)) {
            node = node.path(name);
        }
        return node;
    }

    /** Texts of a list, or of one member of the objects in it. */
    private static List<String> values(JsonNode list, String member) {
        List<String> values = new ArrayList<>();
        list.forEach(item -> values.add(item.isObject() ? item.path(member).asText() : item.asText()));
        return values;
    }

    private static List<String> sorted(List<String> values) {
        return values.stream().sorted().toList();
    }
}

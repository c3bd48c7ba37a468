package io.rolecall.scenario;

import io.rolecall.acts.ActWriter;
import io.rolecall.acts.Verb;
import io.rolecall.acts.VerbField;
import io.rolecall.acts.Verbs;
import io.rolecall.config.Durations;
import io.rolecall.config.JsonSchemaText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema of scenario files, made from the table of verbs and from what {@link ScenarioFile} reads. The published copy is
 * {@code /io/rolecall/scenario/scenario.schema.json}; a test compares.
 */
public final class ScenarioSchema {

    private static final Map<String, Object> TEXT = Map.of("type", List.of("string", "number", "boolean"));
    private static final Map<String, Object> ANY = Map.of();

    private ScenarioSchema() {}

    /** The schema, draft 2020-12, as indented JSON with a line break at its end. */
    public static String render() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Rolecall scenarios");
        schema.put("description", "Histories and the alerts that must come of them; see docs/scenarios.md.");
        schema.putAll(object(
                Map.of(
                        "detection", TEXT,
                        "people", people(),
                        "cases", Map.of("type", "array", "minItems", 1, "items", oneCase())),
                List.of("detection", "cases")));
        return JsonSchemaText.of(schema);
    }

    private static Map<String, Object> oneCase() {
        List<String> deliveries =
                Arrays.stream(Delivery.values()).map(Delivery::label).toList();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("name", TEXT);
        properties.put("networks", Map.of("type", List.of("array", "null")));
        properties.put("policy", Map.of("type", List.of("object", "null"), "description", "As in a policy file"));
        properties.put("people", people());
        properties.put("events", Map.of("type", "array", "minItems", 1, "items", event()));
        properties.put("delivery", Map.of("type", "array", "items", Map.of("enum", deliveries)));
        properties.put("expect", Map.of("type", "array", "items", Map.of("type", "object")));
        properties.put("only", Map.of("type", "boolean"));
        return object(properties, List.of("name", "events", "expect"));
    }

    private static Map<String, Object> people() {
        Map<String, Object> person = object(Map.of("at", TEXT, "upn", TEXT, "id", TEXT), List.of("at"));
        return Map.of(
                "type", List.of("object", "null"), "additionalProperties", Map.of("anyOf", List.of(TEXT, person)));
    }

    /** An act, one schema a verb; or a raw event, which has neither a verb nor a time of ours; or its text. */
    private static Map<String, Object> event() {
        Map<String, Object> act = Map.of("anyOf", List.of(requires(ActReader.DO), requires(ActReader.AT)));
        List<Object> verbs = new ArrayList<>();
        Verbs.all().forEach(verb -> verbs.add(act(verb)));
        return Map.of(
                "type", List.of("object", "string"),
                "if", Map.of("type", "object", "anyOf", act.get("anyOf")),
                "then", Map.of("oneOf", verbs));
    }

    private static Map<String, Object> requires(String field) {
        return Map.of("required", List.of(field));
    }

    private static Map<String, Object> act(Verb verb) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (VerbField field : verb.fields()) {
            Map<String, Object> schema = new LinkedHashMap<>(value(field));
            schema.put("description", field.text() + ".");
            if (field.name().equals(ActReader.DO)) {
                schema = new LinkedHashMap<>(Map.of("const", verb.name(), "description", verb.text() + "."));
            } else if (field.name().equals(ActReader.AT)) {
                schema.put("pattern", "^(?:" + ActTimes.PATTERN + "|[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ].*)$");
            }
            properties.put(field.name(), schema);
            if (field.required()) {
                required.add(field.name());
            }
        }
        return object(properties, required);
    }

    private static Map<String, Object> value(VerbField field) {
        Map<String, Object> texts = Map.of("type", "array", "items", TEXT);
        return switch (field.type()) {
            case TEXT -> TEXT;
            case TEXTS -> Map.of("anyOf", List.of(TEXT, texts));
            case WORD -> Map.of("enum", field.words());
            case FLAG -> Map.of("type", "boolean");
            case NUMBER ->
                field.name().equals("times")
                        ? Map.of("type", "integer", "minimum", 1, "maximum", ActWriter.MOST_TIMES)
                        : Map.of("type", "integer", "minimum", 0);
            case DURATION -> Map.of("type", "string", "pattern", "^" + Durations.PATTERN + "$");
            case TABLE -> Map.of("type", "object", "additionalProperties", TEXT);
            case CHANGES ->
                Map.of(
                        "type",
                        "object",
                        "additionalProperties",
                        Map.of("type", "array", "items", ANY, "minItems", 2, "maxItems", 2));
            case INITIATOR ->
                Map.of(
                        "anyOf",
                        List.of(
                                TEXT,
                                object(Map.of("app", TEXT), List.of("app")),
                                object(Map.of("service", TEXT), List.of("service"))));
        };
    }

    private static Map<String, Object> object(Map<String, ?> properties, List<String> required) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }
}

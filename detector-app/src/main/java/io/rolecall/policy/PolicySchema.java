package io.rolecall.policy;

import io.rolecall.config.Durations;
import io.rolecall.config.JsonSchemaText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON Schema of the policy file, made from what {@link PolicyFile} reads and the parameters of the catalogue. The published
 * copy is {@code /io/rolecall/policy/policy.schema.json}; a test compares.
 */
public final class PolicySchema {

    private static final Map<String, Object> TEXT = Map.of("type", "string", "minLength", 1);

    private PolicySchema() {}

    /** The schema, draft 2020-12, as indented JSON with a line break at its end. */
    public static String render(Map<String, List<Param<?>>> catalogue) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Rolecall policy");
        schema.put("description", "What differs from the defaults; see docs/policy.md.");
        schema.putAll(object(
                entry("detections", detections(catalogue)),
                entry("organization", object(entry("domains", texts()), entry("protected-names", texts()))),
                entry("applications", object(entry("approved", texts()), entry("banned", texts()))),
                entry("trusted-automation", list(trustedAutomation())),
                entry("federation", object(entry("trusted", list(trustedIssuer())))),
                entry("permission-sets", permissionSets()),
                entry("exceptions", list(exception(catalogue))),
                entry("output", object(entry("minimum-severity", words(DetectionsReader.SEVERITIES))))));
        return JsonSchemaText.of(schema);
    }

    private static Map<String, Object> detections(Map<String, List<Param<?>>> catalogue) {
        Map<String, Object> byId = new TreeMap<>();
        catalogue.forEach((id, parameters) -> {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("enabled", Map.of("type", "boolean"));
            properties.put("severity", words(DetectionsReader.SEVERITIES));
            parameters.forEach(parameter -> properties.put(parameter.name(), parameter(parameter)));
            boolean sets = parameters.stream().anyMatch(parameter -> parameter.type() == Param.Type.PERMISSION_SETS);
            byId.put(id, sets ? eitherName(properties) : closed(properties));
        });
        return closed(byId);
    }

    /** The list of permission sets, or the single one by its former name, but not both. */
    private static Map<String, Object> eitherName(Map<String, Object> properties) {
        Map<String, Object> former = new LinkedHashMap<>(words(ShippedSets.NAMES));
        former.put("deprecated", true);
        former.put("description", "Former name of " + Param.PERMISSION_SETS + ": read as a list of one.");
        properties.put(Param.PERMISSION_SET, former);
        Map<String, Object> schema = new LinkedHashMap<>(closed(properties));
        schema.put("not", Map.of("required", List.of(Param.PERMISSION_SET, Param.PERMISSION_SETS)));
        return schema;
    }

    private static Map<String, Object> parameter(Param<?> parameter) {
        Map<String, Object> schema = new LinkedHashMap<>();
        switch (parameter.type()) {
            case SWITCH -> schema.put("type", "boolean");
            case NUMBER -> {
                schema.put("type", "integer");
                schema.put("minimum", parameter.min());
                schema.put("maximum", parameter.max());
            }
            case DURATION -> {
                schema.put("type", "string");
                schema.put("pattern", "^" + Durations.PATTERN + "$");
            }
            case WORD -> schema.putAll(parameter.allowed().isEmpty() ? TEXT : words(parameter.allowed()));
            case NAMES_OR_IDS -> {
                schema.put("type", List.of("array", "null"));
                schema.put("items", Map.of("anyOf", List.of(words(parameter.allowed()), pattern(Guids.PATTERN))));
                schema.put("minItems", 1);
            }
            case WORDS, PERMISSION_SETS -> {
                schema.putAll(wordList(parameter.allowed()));
                schema.put("type", List.of("array", "null"));
            }
        }
        schema.put("description", description(parameter));
        schema.put(
                "default",
                parameter.defaultValue() instanceof Duration duration
                        ? Durations.text(duration)
                        : parameter.defaultValue());
        return schema;
    }

    private static String description(Param<?> parameter) {
        return parameter.type() == Param.Type.DURATION
                ? parameter.description() + " From " + Durations.text(Duration.ofSeconds(parameter.min())) + " to "
                        + Durations.text(Duration.ofSeconds(parameter.max())) + "."
                : parameter.description();
    }

    private static Map<String, Object> wordList(List<String> allowed) {
        return allowed.isEmpty() ? texts() : Map.of("type", "array", "items", words(allowed), "minItems", 1);
    }

    private static Map<String, Object> trustedAutomation() {
        return required(
                object(
                        entry("servicePrincipalId", pattern(Guids.PATTERN)),
                        entry("networks", Map.of("type", "array", "items", TEXT, "minItems", 1)),
                        entry("may", wordList(SitesReader.MANDATES))),
                List.of("servicePrincipalId", "networks", "may"));
    }

    private static Map<String, Object> trustedIssuer() {
        return required(
                object(
                        entry("issuer", pattern(FederationReader.ISSUER_PATTERN)),
                        entry("subject-prefix", Map.of("type", List.of("string", "null"))),
                        entry("networks", texts())),
                List.of("issuer"));
    }

    private static Map<String, Object> permissionSets() {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("anyOf", List.of(words(Resources.shortNames()), pattern(Guids.PATTERN)));
        Map<String, Object> permission = required(
                object(
                        entry("resource", resource),
                        entry("value", pattern(PermissionSetsReader.NAME_PATTERN)),
                        entry("type", words(PermissionSetsReader.TYPES))),
                List.of("resource", "value"));
        Map<String, Object> sets = new LinkedHashMap<>();
        ShippedSets.NAMES.forEach(
                name -> sets.put(name, object(entry("add", list(permission)), entry("remove", list(permission)))));
        return closed(sets);
    }

    private static Map<String, Object> exception(Map<String, List<Param<?>>> catalogue) {
        Map<String, Object> match = new LinkedHashMap<>();
        ExceptionsReader.MATCH_KEYS.forEach(key -> match.put(key, TEXT));
        Map<String, Object> matching = new LinkedHashMap<>(closed(match));
        matching.put("type", "object");
        matching.put("minProperties", 1);
        List<String> ids = List.copyOf(new TreeMap<>(catalogue).keySet());
        return required(
                object(
                        entry("id", TEXT),
                        entry("detections", wordList(ids)),
                        entry("match", matching),
                        entry("reason", TEXT),
                        entry("owner", TEXT),
                        entry("expires", pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt][0-9:.]+([Zz]|[+-][0-9:]+))?"))),
                ExceptionsReader.KEYS);
    }

    private static Map<String, Object> texts() {
        return list(TEXT);
    }

    private static Map<String, Object> list(Map<String, Object> items) {
        return Map.of("type", List.of("array", "null"), "items", items);
    }

    private static Map<String, Object> words(List<String> allowed) {
        return Map.of("enum", allowed);
    }

    private static Map<String, Object> pattern(String pattern) {
        return Map.of("type", "string", "pattern", "^" + pattern + "$");
    }

    private static Map.Entry<String, Map<String, Object>> entry(String name, Map<String, Object> schema) {
        return Map.entry(name, schema);
    }

    @SafeVarargs
    private static Map<String, Object> object(Map.Entry<String, Map<String, Object>>... properties) {
        Map<String, Object> byName = new LinkedHashMap<>();
        for (Map.Entry<String, Map<String, Object>> property : properties) {
            byName.put(property.getKey(), property.getValue());
        }
        return closed(byName);
    }

    /** A mapping without further keys; a section whose lines are all commented out is null. */
    private static Map<String, Object> closed(Map<String, Object> properties) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", List.of("object", "null"));
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> required(Map<String, Object> schema, List<String> names) {
        Map<String, Object> stricter = new LinkedHashMap<>(schema);
        stricter.put("type", "object");
        stricter.put("required", names);
        return stricter;
    }
}

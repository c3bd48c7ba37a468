package io.rolecall.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks an event against OCSF's own metaschema files: required and unknown attributes, arrays, scalar types with their patterns
 * and ranges, enum values and the captions beside them, and constraints, recursively. Profiles are not supported: an attribute that
 * only a profile brings counts as unknown.
 */
final class OcsfChecker {

    private static final String ROOT = "/ocsf-1.8.0/";
    private static final Set<String> BASE_TYPES =
            Set.of("boolean_t", "integer_t", "long_t", "float_t", "string_t", "json_t");

    private final ObjectMapper mapper = new ObjectMapper();
    private final JsonNode dictionary = read("dictionary.json");
    private final Set<Integer> observableTypes = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    private OcsfChecker() {
        dictionary.findValues("observable").forEach(id -> observableTypes.add(id.asInt()));
        read("objects/user.json").findValues("observable").forEach(id -> observableTypes.add(id.asInt()));
        observableTypes.addAll(Set.of(0, 99));
    }

    /** Everything that is wrong with a Detection Finding; empty when it is valid. */
    static List<String> problems(JsonNode event) {
        OcsfChecker checker = new OcsfChecker();
        JsonNode schema = checker.inherit("events/findings/detection_finding.json");
        checker.object("", event, schema);
        checker.identity(event);
        return checker.problems;
    }

    private void identity(JsonNode event) {
        int category = read("categories.json").at("/attributes/findings/uid").asInt();
        int uid = category * 1000
                + read("events/findings/detection_finding.json").get("uid").asInt();
        expect("category_uid", event.path("category_uid").asInt() == category);
        expect("class_uid", event.path("class_uid").asInt() == uid);
        expect(
                "type_uid",
                event.path("type_uid").asLong()
                        == uid * 100L + event.path("activity_id").asInt());
        expect(
                "metadata.version",
                event.at("/metadata/version")
                        .asText()
                        .equals(read("version.json").get("version").asText()));
    }

    private void expect(String path, boolean holds) {
        if (!holds) {
            problems.add(path + ": wrong value");
        }
    }

    private JsonNode read(String path) {
        try (InputStream in = OcsfChecker.class.getResourceAsStream(ROOT + path)) {
            if (in == null) {
                throw new IllegalStateException("No schema file " + path);
            }
            return mapper.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class or object with the attributes and constraints of everything it extends. */
    private JsonNode inherit(String path) {
        ObjectNode own = (ObjectNode) read(path);
        String parent = own.path("extends").asText("");
        if (parent.isEmpty()) {
            return own;
        }
        String parentPath = path.startsWith("objects/")
                ? "objects/" + parent + ".json"
                : parent.equals("base_event") ? "events/base_event.json" : "events/findings/" + parent + ".json";
        ObjectNode merged = (ObjectNode) inherit(parentPath);
        own.properties().forEach(field -> {
            if (!field.getKey().equals("attributes")) {
                merged.set(field.getKey(), field.getValue());
            }
        });
        ObjectNode attributes = (ObjectNode) merged.get("attributes");
        own.get("attributes").properties().forEach(attribute -> {
            JsonNode inherited = attributes.get(attribute.getKey());
            attributes.set(
                    attribute.getKey(),
                    inherited == null ? attribute.getValue() : merge(inherited, attribute.getValue()));
        });
        return merged;
    }

    private static JsonNode merge(JsonNode base, JsonNode over) {
        if (!base.isObject() || !over.isObject()) {
            return over;
        }
        ObjectNode merged = base.deepCopy();
        over.properties().forEach(field -> {
            JsonNode inherited = merged.get(field.getKey());
            merged.set(field.getKey(), inherited == null ? field.getValue() : merge(inherited, field.getValue()));
        });
        return merged;
    }

    private void object(String path, JsonNode value, JsonNode schema) {
        if (!value.isObject()) {
            problems.add(path + ": not an object");
            return;
        }
        JsonNode attributes = schema.get("attributes");
        attributes.properties().forEach(attribute -> {
            if (attribute.getValue().path("requirement").asText().equals("required")
                    && !value.has(attribute.getKey())) {
                problems.add(path + "." + attribute.getKey() + ": required but missing");
            }
        });
        value.properties().forEach(field -> {
            JsonNode attribute = attributes.get(field.getKey());
            String fieldPath = path + "." + field.getKey();
            if (attribute == null
                    || field.getKey().startsWith("$")
                    || !attribute.path("profile").asText("null").equals("null")) {
                problems.add(fieldPath + ": unknown attribute");
            } else {
                JsonNode definition = merge(dictionary.get("attributes").path(field.getKey()), attribute);
                attribute(fieldPath, field.getValue(), definition, value);
            }
        });
        constraints(path, value, schema.path("constraints"));
    }

    private void constraints(String path, JsonNode value, JsonNode constraints) {
        JsonNode any = constraints.path("at_least_one");
        if (any.isArray()) {
            boolean met = false;
            for (JsonNode name : any) {
                met |= value.has(name.asText());
            }
            if (!met) {
                problems.add(path + ": needs at least one of " + any);
            }
        }
    }

    private void attribute(String path, JsonNode value, JsonNode definition, JsonNode parent) {
        if (definition.has("@deprecated")) {
            problems.add(path + ": deprecated");
        }
        if (definition.path("is_array").asBoolean()) {
            if (!value.isArray()) {
                problems.add(path + ": not an array");
                return;
            }
            for (int i = 0; i < value.size(); i++) {
                single(path + "[" + i + "]", value.get(i), definition);
            }
        } else {
            single(path, value, definition);
            enumeration(path, value, definition, parent);
        }
    }

    private void single(String path, JsonNode value, JsonNode definition) {
        String type = definition.path("type").asText();
        if (dictionary.at("/types/attributes").has(type)) {
            scalar(path, value, type);
        } else if (type.equals("object")) {
            if (!value.isObject()) {
                problems.add(path + ": not an object");
            }
        } else {
            object(path, value, inherit("objects/" + type + ".json"));
        }
    }

    private void scalar(String path, JsonNode value, String type) {
        JsonNode definition = dictionary.at("/types/attributes").get(type);
        String base = BASE_TYPES.contains(type) ? type : definition.path("type").asText();
        boolean fits =
                switch (base) {
                    case "boolean_t" -> value.isBoolean();
                    case "integer_t" -> value.canConvertToInt() && value.isIntegralNumber();
                    case "long_t" -> value.isIntegralNumber();
                    case "float_t" -> value.isNumber();
                    case "string_t" -> value.isTextual() && !value.asText().isEmpty();
                    case "json_t" -> true;
                    default -> false;
                };
        if (!fits) {
            problems.add(path + ": not a " + type + ": " + value);
        } else if (definition.has("regex")
                && !Pattern.compile(definition.get("regex").asText())
                        .matcher(value.asText())
                        .find()) {
            problems.add(path + ": does not look like a " + type + ": " + value);
        } else if (definition.has("max_len")
                && value.asText().length() > definition.get("max_len").asInt()) {
            problems.add(path + ": too long for a " + type);
        }
    }

    private void enumeration(String path, JsonNode value, JsonNode definition, JsonNode parent) {
        JsonNode values = definition.path("enum");
        if (path.startsWith(".observables") && path.endsWith(".type_id")) {
            if (!observableTypes.contains(value.asInt())) {
                problems.add(path + ": no such type of observable: " + value);
            }
            return;
        }
        if (values.isMissingNode() || path.equals(".category_uid") || path.equals(".class_uid")) {
            return;
        }
        if (!values.has(value.asText())) {
            problems.add(path + ": not among the enum's values: " + value);
            return;
        }
        String sibling = definition.path("sibling").asText("");
        if (!sibling.isEmpty() && parent.has(sibling)) {
            String caption = values.get(value.asText()).path("caption").asText();
            if (!parent.get(sibling).asText().equals(caption)) {
                problems.add(path + ": its caption is " + caption + ", not " + parent.get(sibling));
            }
        }
    }
}

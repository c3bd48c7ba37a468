package io.rolecall.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Compiles OCSF's metaschema into one JSON Schema (draft 2020-12) of a class of findings, every object it can reach included. An
 * unknown attribute is refused everywhere, as is a caption that does not belong to the id beside it.
 */
final class OcsfJsonSchema {

    private static final int OTHER = 99;

    private final OcsfMetaschema metaschema;
    private final ObjectNode definitions = JsonNodeFactory.instance.objectNode();

    private OcsfJsonSchema(String event) {
        this.metaschema = new OcsfMetaschema(event);
    }

    /** The schema of the Detection Finding as a new tree. */
    static ObjectNode compile() {
        return compile("detection_finding");
    }

    /** The schema of a class of findings as a new tree. */
    static ObjectNode compile(String event) {
        return new OcsfJsonSchema(event).event();
    }

    private ObjectNode event() {
        JsonNode event = metaschema.event();
        Map<String, JsonNode> attributes = metaschema.attributes(event);
        ObjectNode schema = object(event, attributes);
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        ArrayNode rules = schema.withArray("/allOf");
        int category = metaschema.category().get("uid").asInt();
        int uid = category * 1000 + event.get("uid").asInt();
        String caption = event.get("caption").asText();
        fixed(
                schema,
                "category_uid",
                category,
                metaschema.category().get("caption").asText(),
                "category_name");
        fixed(schema, "class_uid", uid, caption, "class_name");
        Objects.requireNonNull(attributes.get("activity_id"))
                .get("enum")
                .properties()
                .forEach(activity -> {
                    int id = Integer.parseInt(activity.getKey());
                    ObjectNode rule = rules.addObject();
                    constant(rule.putObject("if"), "activity_id", id);
                    ObjectNode then = rule.putObject("then");
                    constant(then, "type_uid", uid * 100L + id);
                    if (id != OTHER) {
                        then.withObject("/properties/type_name")
                                .put(
                                        "const",
                                        caption + ": "
                                                + activity.getValue()
                                                        .get("caption")
                                                        .asText());
                    }
                });
        definitions.withObject("/metadata/properties/version").put("const", metaschema.version());
        schema.set("$defs", definitions);
        return schema;
    }

    /** What the base event lists is its own id; a class stands there for itself. */
    private static void fixed(ObjectNode schema, String name, int id, String caption, String sibling) {
        schema.withObject("/properties").putObject(name).put("const", id);
        schema.withObject("/properties/" + sibling).put("const", caption);
    }

    private static void constant(ObjectNode schema, String name, long value) {
        schema.withObject("/properties/" + name).put("const", value);
        schema.putArray("required").add(name);
    }

    private ObjectNode object(JsonNode owner, Map<String, JsonNode> attributes) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        schema.put("additionalProperties", false);
        attributes.forEach((name, attribute) -> {
            properties.set(name, attribute(attribute));
            if (attribute.path("requirement").asText().equals("required")) {
                required.add(name);
            }
            captions(schema, name, attribute);
        });
        JsonNode constraints = owner.path("constraints");
        oneOf(schema, "anyOf", constraints.path("at_least_one"));
        oneOf(schema, "oneOf", constraints.path("just_one"));
        return schema;
    }

    private static void oneOf(ObjectNode schema, String keyword, JsonNode names) {
        names.forEach(name ->
                schema.withArray("/" + keyword).addObject().putArray("required").add(name.asText()));
    }

    private ObjectNode attribute(JsonNode attribute) {
        ObjectNode single = JsonNodeFactory.instance.objectNode();
        String type = attribute.get("type").asText();
        boolean scalar = metaschema.types().has(type);
        single.put("$ref", "#/$defs/" + (scalar ? scalar(type) : object(type)));
        attribute.path("enum").properties().forEach(value -> {
            ArrayNode values = single.withArray("/enum");
            if (isText(type)) {
                values.add(value.getKey());
            } else {
                values.add(Long.parseLong(value.getKey()));
            }
        });
        if (!attribute.path("is_array").asBoolean()) {
            return single;
        }
        ObjectNode array = JsonNodeFactory.instance.objectNode();
        array.put("type", "array");
        array.set("items", single);
        return array;
    }

    /** An id and its caption stand side by side and agree; the caption of Other is the source's own word. */
    private void captions(ObjectNode schema, String name, JsonNode attribute) {
        String sibling = attribute.path("sibling").asText("");
        if (sibling.isEmpty()
                || attribute.path("is_array").asBoolean()
                || isText(attribute.get("type").asText())) {
            return;
        }
        attribute.path("enum").properties().forEach(value -> {
            if (!value.getKey().equals(Integer.toString(OTHER))) {
                ObjectNode rule = schema.withArray("/allOf").addObject();
                constant(rule.putObject("if"), name, Long.parseLong(value.getKey()));
                rule.withObject("/then/properties/" + sibling)
                        .set("const", value.getValue().get("caption"));
            }
        });
    }

    private String object(String name) {
        if (!definitions.has(name)) {
            ObjectNode place = definitions.putObject(name);
            JsonNode object = metaschema.object(name);
            // The object called object is any object: it has no attributes of its own.
            if (name.equals("object")) {
                place.put("type", "object");
            } else {
                ObjectNode complete = name.equals("observable") ? withKinds(object.deepCopy()) : object.deepCopy();
                place.setAll(object(complete, metaschema.attributes(complete)));
            }
        }
        return name;
    }

    /**
     * The kinds of observables are numbered all over the files instead of in one place: at types, attributes, objects, and
     * attributes of one object. OCSF's own listing captions the last kind like {@code User Object: uid}.
     */
    private ObjectNode withKinds(ObjectNode observable) {
        Map<String, String> kinds = new TreeMap<>();
        metaschema
                .types()
                .forEach(type -> kind(kinds, type, type.path("caption").asText()));
        metaschema
                .dictionary()
                .forEach(attribute ->
                        kind(kinds, attribute, attribute.path("caption").asText()));
        metaschema.objects().forEach(object -> {
            String owner = object.get("caption").asText();
            kind(kinds, object, owner);
            object.get("attributes")
                    .properties()
                    .forEach(entry -> kind(kinds, entry.getValue(), owner + " Object: " + entry.getKey()));
        });
        ObjectNode known = observable.withObject("/attributes/type_id/enum");
        kinds.forEach((id, caption) -> known.putObject(id).put("caption", caption));
        return observable;
    }

    private static void kind(Map<String, String> kinds, JsonNode owner, String caption) {
        if (owner.has("observable")) {
            kinds.put(owner.get("observable").asText(), caption);
        }
    }

    private boolean isText(String type) {
        return base(type).equals("string_t");
    }

    private String base(String type) {
        return metaschema.types().get(type).path("type").asText(type);
    }

    private String scalar(String type) {
        if (!definitions.has(type)) {
            JsonNode definition = metaschema.types().get(type);
            ObjectNode schema = definitions.putObject(type);
            switch (base(type)) {
                case "boolean_t" -> schema.put("type", "boolean");
                case "integer_t", "long_t" -> schema.put("type", "integer");
                case "float_t" -> schema.put("type", "number");
                case "string_t" -> schema.put("type", "string");
                case "json_t" -> schema.put("$comment", "any JSON value");
                default -> throw new IllegalStateException("Unknown base type of " + type);
            }
            if (definition.has("regex")) {
                schema.set("pattern", definition.get("regex"));
            }
            if (definition.has("max_len")) {
                schema.set("maxLength", definition.get("max_len"));
            }
            if (definition.has("range")) {
                schema.set("minimum", definition.at("/range/0"));
                schema.set("maximum", definition.at("/range/1"));
            }
            if (definition.has("values")) {
                schema.set("enum", definition.get("values"));
            }
        }
        return type;
    }
}

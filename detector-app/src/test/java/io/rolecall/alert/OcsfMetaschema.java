package io.rolecall.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * OCSF's own files, read as OCSF means them: what a class or object inherits is merged into it, and each attribute carries what the
 * dictionary says of it. Attributes that only a profile brings are left out: the Detection Finding declares none, and the Incident
 * Finding lists those of its own profile itself. So are deprecated ones.
 */
final class OcsfMetaschema {

    private static final String ROOT = "/ocsf-1.8.0/";

    private final String event;
    private final ObjectMapper mapper = new ObjectMapper();
    private final JsonNode dictionary = read("dictionary.json");

    /** @param event name of the class of findings, for example {@code detection_finding} */
    OcsfMetaschema(String event) {
        this.event = "events/findings/" + event + ".json";
    }

    /** Version of the files, for example 1.8.0. */
    String version() {
        return read("version.json").get("version").asText();
    }

    /** The scalar types by name. */
    JsonNode types() {
        return dictionary.at("/types/attributes");
    }

    /** What the dictionary says of attributes, by name. */
    JsonNode dictionary() {
        return dictionary.get("attributes");
    }

    /** The category of findings: its id under {@code uid}, its caption. */
    JsonNode category() {
        return read("categories.json").at("/attributes/findings");
    }

    /** The class of findings. */
    JsonNode event() {
        return inherit(event);
    }

    /** An object with everything it inherits. */
    JsonNode object(String name) {
        return inherit("objects/" + name + ".json");
    }

    /** Every object that can stand in such a finding. */
    List<JsonNode> objects() {
        return List.copyOf(reach(event(), new TreeMap<>()).values());
    }

    private Map<String, JsonNode> reach(JsonNode owner, Map<String, JsonNode> found) {
        attributes(owner).values().forEach(attribute -> {
            String type = attribute.get("type").asText();
            if (!types().has(type) && !found.containsKey(type)) {
                JsonNode object = object(type);
                found.put(type, object);
                reach(object, found);
            }
        });
        return found;
    }

    /** The attributes of a class or object that may be used, by name, each complete. */
    Map<String, JsonNode> attributes(JsonNode owner) {
        Map<String, JsonNode> attributes = new TreeMap<>();
        owner.get("attributes").properties().forEach(entry -> {
            String name = entry.getKey();
            if (name.equals("$include")) {
                entry.getValue().forEach(OcsfMetaschema::onlyProfiles);
                return;
            }
            JsonNode complete = merge(dictionary().path(name), entry.getValue());
            boolean ofProfile = !complete.path("profile").asText("null").equals("null");
            if (!ofProfile && !complete.has("@deprecated")) {
                attributes.put(name, complete);
            }
        });
        return attributes;
    }

    private static void onlyProfiles(JsonNode included) {
        if (!included.asText().startsWith("profiles/")) {
            throw new IllegalStateException("Not a profile: " + included);
        }
    }

    private JsonNode inherit(String path) {
        JsonNode own = read(path);
        String parent = own.path("extends").asText("");
        return parent.isEmpty() ? own : merge(inherit(parentPath(path, parent)), own);
    }

    private static String parentPath(String path, String parent) {
        if (path.startsWith("objects/")) {
            return "objects/" + parent + ".json";
        }
        return parent.equals("base_event") ? "events/base_event.json" : "events/findings/" + parent + ".json";
    }

    /** Members of the one over those of the other, objects member by member; a list replaces a list. */
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

    private JsonNode read(String path) {
        try (InputStream in = OcsfMetaschema.class.getResourceAsStream(ROOT + path)) {
            if (in == null) {
                throw new IllegalStateException("No schema file " + path);
            }
            return mapper.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

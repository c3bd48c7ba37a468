package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties a directory event changed, by name, over all its targets. Values are JSON encoded in strings, bare texts,
 * pretty-printed lists or already decoded, and read the same in all forms.
 */
final class ModifiedProperties {

    /** Lists the names of the others. */
    static final String INCLUDED = "Included Updated Properties";

    /**
     * One property.
     *
     * @param name as logged
     * @param old value before, as logged; missing when the event has none
     * @param now value after, as logged; missing when the event has none
     */
    record Property(String name, JsonNode old, JsonNode now) {}

    private final Map<String, Property> properties = new LinkedHashMap<>();

    /**
     * Adds the properties of one target; of equal names the first counts.
     *
     * @param raw a list of properties, a lone one, or an object of properties by name; plain or encoded in a string
     */
    void add(JsonNode raw) {
        JsonNode value = Values.unpacked(raw);
        if (value.isArray()) {
            value.forEach(this::addEntry);
        } else if (value.isObject() && ofObject(EventFields.of(value)) == null) {
            value.properties().forEach(entry -> addNamed(entry.getKey(), entry.getValue()));
        } else {
            addEntry(value);
        }
    }

    private void addEntry(JsonNode entry) {
        add(entry.isTextual() ? ofPowerShell(entry.asText()) : ofObject(EventFields.of(entry)));
    }

    /** A property under its name, as Elastic's Microsoft 365 integration writes them. */
    private void addNamed(String key, JsonNode value) {
        String name = PropertyNames.asLogged(key);
        EventFields fields = EventFields.of(value);
        boolean pair = fields.has("oldValue", "newValue");
        add(
                pair
                        ? new Property(name, fields.node("oldValue"), fields.node("newValue"))
                        : new Property(name, MissingNode.getInstance(), value));
    }

    private void add(@Nullable Property property) {
        if (property != null) {
            properties.putIfAbsent(PropertyNames.key(property.name()), property);
        }
    }

    private static @Nullable Property ofObject(EventFields fields) {
        String name = fields.text("displayName", "name");
        return name == null ? null : new Property(name, fields.node("oldValue"), fields.node("newValue"));
    }

    private static @Nullable Property ofPowerShell(String text) {
        Map<String, String> members = KeyValues.powerShell(text);
        String name = Values.first(members.get("name"), members.get("displayname"));
        return name == null ? null : new Property(name, node(members.get("oldvalue")), node(members.get("newvalue")));
    }

    private static JsonNode node(@Nullable String text) {
        return text == null ? MissingNode.getInstance() : TextNode.valueOf(text);
    }

    /** All properties, in the order of the event. */
    Collection<Property> all() {
        return properties.values();
    }

    boolean has(String name) {
        return properties.containsKey(PropertyNames.key(name));
    }

    /** The property as logged; null when the event does not have it. */
    @Nullable
    Property get(String name) {
        return properties.get(PropertyNames.key(name));
    }

    /** First text of the value after; null when it says nothing. */
    @Nullable
    String now(String name) {
        Property property = get(name);
        return property == null ? null : firstText(property.now());
    }

    /** First text of the value before; null when it says nothing. */
    @Nullable
    String old(String name) {
        Property property = get(name);
        return property == null ? null : firstText(property.old());
    }

    /** The value after, else the value before: a removal keeps its facts in the old values. */
    @Nullable
    String either(String name) {
        return Values.first(now(name), old(name));
    }

    @Nullable
    String guid(String name) {
        return Values.first(Values.guid(now(name)), Values.guid(old(name)));
    }

    @Nullable
    Boolean bool(String name) {
        return Values.bool(now(name));
    }

    @Nullable
    Boolean boolOld(String name) {
        return Values.bool(old(name));
    }

    /** Whether the event shows the list after, and it is empty: nothing, an empty text and null show no list. */
    boolean isEmptyListNow(String name) {
        Property property = get(name);
        JsonNode now = property == null ? MissingNode.getInstance() : Values.unpacked(property.now());
        return now.isArray() && now.isEmpty();
    }

    /** Every text of the value after, else of the value before. */
    List<String> eitherTexts(String name) {
        Property property = get(name);
        List<String> now = property == null ? List.of() : Values.texts(property.now());
        return now.isEmpty() && property != null ? Values.texts(property.old()) : now;
    }

    /** The objects of the list after. */
    List<EventFields> objectsNow(String name) {
        Property property = get(name);
        return property == null ? List.of() : objects(property.now());
    }

    /** The objects of the list before. */
    List<EventFields> objectsOld(String name) {
        Property property = get(name);
        return property == null ? List.of() : objects(property.old());
    }

    private static List<EventFields> objects(JsonNode raw) {
        JsonNode value = Values.unpacked(raw);
        List<EventFields> objects = new ArrayList<>();
        for (JsonNode element : value.isArray() ? value : List.of(value)) {
            EventFields fields = EventFields.of(element);
            if (!fields.isEmpty()) {
                objects.add(fields);
            }
        }
        return objects;
    }

    private static @Nullable String firstText(JsonNode raw) {
        List<String> texts = Values.texts(raw);
        return texts.isEmpty() ? null : texts.get(0);
    }
}

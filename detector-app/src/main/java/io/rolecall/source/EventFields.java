package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object read by field names without regard to case. Exports of Log Analytics add endings to the names of columns
 * ({@code TimeGenerated [UTC]}, {@code Claims_d}, {@code UserId_}): a field with such an ending stands in for an empty or
 * missing one. A value of the wrong type is an absent value.
 */
final class EventFields {

    private static final List<String> ENDINGS = List.of(" [UTC]", "_dynamic", "_string", "_d", "_s", "_g", "_");
    private static final EventFields NONE = new EventFields(JsonNodeFactory.instance.objectNode());

    private final JsonNode object;

    private EventFields(JsonNode object) {
        this.object = object;
    }

    /** EventFields of an object, or of an object encoded in a string; no fields for any other value. */
    static EventFields of(@Nullable JsonNode node) {
        JsonNode value = Values.unpacked(node);
        return value.isObject() ? new EventFields(value) : NONE;
    }

    JsonNode object() {
        return object;
    }

    boolean isEmpty() {
        return object.isEmpty();
    }

    Iterator<Map.Entry<String, JsonNode>> entries() {
        return object.properties().iterator();
    }

    /** Whether one of the names is a key, whatever its value. */
    boolean has(String... names) {
        for (String name : names) {
            if (!find(name).isMissingNode()) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the names has a value: not null, not blank. */
    boolean hasValue(String... names) {
        return !isBlank(node(names));
    }

    /** The first value that is neither null nor blank among the names; missing when there is none. */
    JsonNode node(String... names) {
        for (String name : names) {
            JsonNode value = find(name);
            if (!isBlank(value)) {
                return value;
            }
        }
        return MissingNode.getInstance();
    }

    /** Text of the first scalar among the names that says something; null when there is none. */
    @Nullable
    String text(String... names) {
        for (String name : names) {
            String text = Values.text(find(name));
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** The first GUID among the names; null when there is none. */
    @Nullable
    String guid(String... names) {
        for (String name : names) {
            String guid = Values.guid(Values.text(find(name)));
            if (guid != null) {
                return guid;
            }
        }
        return null;
    }

    /** EventFields of the first object among the names, plain or encoded in a string; no fields when there is none. */
    EventFields object(String... names) {
        for (String name : names) {
            EventFields fields = of(find(name));
            if (!fields.isEmpty()) {
                return fields;
            }
        }
        return NONE;
    }

    /** Elements of the first list among the names, plain or encoded in a string; a lone object is a list of one. */
    List<JsonNode> list(String... names) {
        for (String name : names) {
            JsonNode value = Values.unpacked(find(name));
            if (value.isObject() && !value.isEmpty()) {
                return List.of(value);
            }
            if (value.isArray() && !value.isEmpty()) {
                List<JsonNode> elements = new ArrayList<>(value.size());
                value.forEach(elements::add);
                return elements;
            }
        }
        return List.of();
    }

    private JsonNode find(String name) {
        JsonNode exact = object.get(name);
        if (exact != null && !isBlank(exact)) {
            return exact;
        }
        JsonNode found = exact == null ? MissingNode.getInstance() : exact;
        for (Iterator<Map.Entry<String, JsonNode>> each = entries(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = each.next();
            if (!isSpelling(entry.getKey(), name)) {
                continue;
            }
            if (!isBlank(entry.getValue())) {
                return entry.getValue();
            }
            found = found.isMissingNode() ? entry.getValue() : found;
        }
        return found;
    }

    /** The name of a column without the ending that an export gave it. */
    static String withoutEnding(String key) {
        for (String ending : ENDINGS) {
            if (key.length() > ending.length() && key.endsWith(ending)) {
                return key.substring(0, key.length() - ending.length());
            }
        }
        return key;
    }

    private static boolean isSpelling(String key, String name) {
        int length = name.length();
        if (key.length() < length || differ(key.charAt(0), name.charAt(0))) {
            return false;
        }
        if (!key.regionMatches(true, 0, name, 0, length)) {
            return false;
        }
        return key.length() == length || ENDINGS.contains(key.substring(length));
    }

    /** Whether two first letters surely differ, in any case; letters beyond ASCII may have a partner within. */
    private static boolean differ(char key, char name) {
        return key < 0x80 && name < 0x80 && Character.toLowerCase(key) != Character.toLowerCase(name);
    }

    private static boolean isBlank(JsonNode node) {
        boolean nothing = node.isMissingNode() || node.isNull();
        return nothing || (node.isTextual() && node.asText().isBlank());
    }
}

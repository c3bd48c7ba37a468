package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object read by field names without regard to case. Exports of Log Analytics add endings to the names of columns
 * ({@code TimeGenerated [UTC]}, {@code Claims_d}, {@code UserId_}): a field with such an ending stands in for an empty or
 * missing one. A value of the wrong type is an absent value.
 */
abstract class EventFields {

    private static final List<String> ENDINGS = List.of(" [UTC]", "_dynamic", "_string", "_d", "_s", "_g", "_");

    /** EventFields of an object, or of an object encoded in a string; no fields for any other value. */
    static EventFields of(@Nullable JsonNode node) {
        JsonNode value = Values.unpacked(node);
        return value.isObject() ? new TreeFields(value) : TreeFields.NONE;
    }

    /** The value under a name, in any spelling of it; missing when there is none. */
    abstract JsonNode find(String name);

    /** The whole object. */
    abstract JsonNode object();

    abstract boolean isEmpty();

    /** All members, in the order of the document. */
    abstract Iterator<Map.Entry<String, JsonNode>> entries();

    /** Whether a name is a key to the letter. */
    abstract boolean hasExactly(String name);

    /** The operation that the object names; null when it names none. */
    abstract @Nullable RawOperation operation();

    /**
     * Fields of some names that are texts and that say something, of each name the one that is read, by their keys as logged.
     *
     * @param names names in lower case, without endings
     * @param plain whether to give texts too that do not begin as JSON does
     */
    abstract Map<String, JsonNode> texts(Set<String> names, boolean plain);

    /** Whether the object may be what is left of a document of Elastic's integrations. */
    abstract boolean isMaybeEcs();

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
            EventFields fields = member(name);
            if (!fields.isEmpty()) {
                return fields;
            }
        }
        return TreeFields.NONE;
    }

    /** EventFields of one member; no fields when it is no object. */
    EventFields member(String name) {
        return of(find(name));
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

    /** The name of a column without the ending that an export gave it. */
    static String withoutEnding(String key) {
        for (String ending : ENDINGS) {
            if (key.length() > ending.length() && key.endsWith(ending)) {
                return key.substring(0, key.length() - ending.length());
            }
        }
        return key;
    }

    /** Whether a key is a name in some case, maybe with an ending. */
    static boolean isSpelling(String key, String name) {
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

    static boolean isBlank(JsonNode node) {
        boolean nothing = node.isMissingNode() || node.isNull();
        return nothing || (node.isTextual() && node.asText().isBlank());
    }
}

package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of an object that was parsed. */
final class TreeFields extends EventFields {

    /** No fields. */
    static final EventFields NONE = new TreeFields(JsonNodeFactory.instance.objectNode());

    private static final long ALL = -1;

    private final JsonNode object;

    /** Which beginnings its keys have, a bit each of {@link #beginning}; 0 until somebody asks. */
    private long beginnings;

    TreeFields(JsonNode object) {
        this.object = object;
    }

    /** Whether some key may spell a name: mostly none does, and then none has to be compared. */
    private boolean mayHave(String name) {
        if (beginnings == 0) {
            for (Iterator<String> keys = object.fieldNames(); keys.hasNext(); ) {
                beginnings |= beginning(keys.next());
            }
            // The empty object has none; asking again costs nothing.
        }
        return (beginnings & beginning(name)) != 0;
    }

    /** A bit for the first two letters in any case; all bits where a letter beyond ASCII may have a partner within. */
    private static long beginning(String key) {
        if (key.length() < 2 || key.charAt(0) >= 0x80 || key.charAt(1) >= 0x80) {
            return ALL;
        }
        return 1L << (31 * lower(key.charAt(0)) + lower(key.charAt(1)));
    }

    private static int lower(char letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }

    @Override
    JsonNode object() {
        return object;
    }

    @Override
    boolean isEmpty() {
        return object.isEmpty();
    }

    @Override
    Iterator<Map.Entry<String, JsonNode>> entries() {
        return object.properties().iterator();
    }

    @Override
    boolean hasExactly(String name) {
        return object.has(name);
    }

    @Override
    @Nullable
    RawOperation operation() {
        return RawOperation.among(entries());
    }

    @Override
    boolean isMaybeEcs() {
        return true;
    }

    @Override
    Map<String, JsonNode> texts(Set<String> names, boolean plain) {
        Map<String, JsonNode> texts = new LinkedHashMap<>();
        for (Iterator<Map.Entry<String, JsonNode>> each = entries(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = each.next();
            JsonNode value = entry.getValue();
            // Most fields are plain text that no name has to be looked up for.
            if (!value.isTextual() || (!plain && !JsonText.looksLikeJson(value.asText()))) {
                continue;
            }
            String name = withoutEnding(entry.getKey()).toLowerCase(Locale.ROOT);
            // Of a column and its twins the first that says something is read.
            if (names.contains(name) && node(name).equals(value)) {
                texts.put(entry.getKey(), value);
            }
        }
        return texts;
    }

    @Override
    JsonNode find(String name) {
        JsonNode exact = object.get(name);
        if (exact != null && !EventFields.isBlank(exact)) {
            return exact;
        }
        JsonNode found = exact == null ? MissingNode.getInstance() : exact;
        if (!mayHave(name)) {
            return found;
        }
        for (Iterator<Map.Entry<String, JsonNode>> each = entries(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = each.next();
            if (!EventFields.isSpelling(entry.getKey(), name)) {
                continue;
            }
            if (!EventFields.isBlank(entry.getValue())) {
                return entry.getValue();
            }
            found = found.isMissingNode() ? entry.getValue() : found;
        }
        return found;
    }
}

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

    private final JsonNode object;

    TreeFields(JsonNode object) {
        this.object = object;
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

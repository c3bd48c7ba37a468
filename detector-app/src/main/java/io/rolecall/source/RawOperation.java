package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.source.split.ObjectProbe;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operation of an event as logged.
 *
 * @param key lower-case name of the field that holds it
 * @param text the operation, not blank
 * @param localised whether the field is an object of a value and its translation, as Azure's REST interface gives it
 */
record RawOperation(String key, String text, boolean localised) {

    /**
     * The operation named by the first of {@code operationName}, {@code operation}, {@code activityDisplayName} and {@code
     * operationNameValue}, in any case, that holds one. {@code operationNameValue} overrides an {@code operationName} that is not
     * in camel case: in Log Analytics rows of Azure activities {@code OperationName} is a translation. {@link ObjectProbe} follows
     * the same rule on bytes.
     */
    static @Nullable RawOperation among(Iterator<Map.Entry<String, JsonNode>> entries) {
        RawOperation first = null;
        boolean overridable = true;
        for (Iterator<Map.Entry<String, JsonNode>> each = entries; each.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = each.next();
            String key = operationKey(entry.getKey());
            if (key == null) {
                continue;
            }
            RawOperation operation = read(key, entry.getValue());
            if (first == null) {
                overridable = key.equals("operationname") && !entry.getKey().equals("operationName");
            }
            if (operation != null && key.equals("operationnamevalue")) {
                return operation;
            }
            first = first == null ? operation : first;
            if (first != null && !overridable) {
                return first;
            }
        }
        return first;
    }

    private static @Nullable String operationKey(String name) {
        int length = name.length();
        if (length < 9 || length > 19) {
            return null;
        }
        String key = name.toLowerCase(Locale.ROOT);
        return switch (key) {
            case "operationname", "operation", "activitydisplayname", "operationnamevalue" -> key;
            default -> null;
        };
    }

    /** What a field of an operation's name says; null when it says nothing. */
    static @Nullable RawOperation read(String key, JsonNode value) {
        JsonNode text = value.isObject() ? EventFields.of(value).node("value") : value;
        return text.isTextual() && !text.asText().isBlank()
                ? new RawOperation(key, text.asText(), value.isObject())
                : null;
    }
}

package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of a name and a value in the shapes of the logs: a list of {@code {key, value}} or {@code {Name, Value}}, an object, and
 * what PowerShell makes of them ({@code @{Value=Bind; Name=MailAccessType}}); plain or encoded in a string.
 */
final class KeyValues {

    /** What separates members; a value may hold a semicolon itself. */
    private static final Pattern MEMBER = Pattern.compile("; ?(?=[A-Za-z_][A-Za-z0-9_.]{0,63}=)");

    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();

    private KeyValues() {}

    static KeyValues of(JsonNode raw) {
        KeyValues pairs = new KeyValues();
        JsonNode node = Values.unpacked(raw);
        if (node.isArray()) {
            node.forEach(pairs::addElement);
        } else if (node.isObject()) {
            node.properties().forEach(entry -> pairs.add(entry.getKey(), entry.getValue()));
        } else if (node.isTextual()) {
            pairs.addElement(node);
        }
        return pairs;
    }

    /** Text of the value with the name, in any case; null when there is none. */
    @Nullable
    String text(String name) {
        return Values.text(values.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The value with the name, in any case, as logged; missing when there is none. */
    JsonNode node(String name) {
        return values.getOrDefault(name.toLowerCase(Locale.ROOT), MissingNode.getInstance());
    }

    /** Text of each value by its name as logged; lists and objects as compact JSON, empty values left out. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            String text = value.isContainerNode() ? Values.present(value.toString()) : Values.text(value);
            if (text != null) {
                texts.put(names.getOrDefault(key, key), text);
            }
        });
        return texts;
    }

    private void addElement(JsonNode element) {
        if (element.isTextual()) {
            Map<String, String> pair = powerShell(element.asText());
            String name = Values.first(pair.get("name"), pair.get("key"));
            String value = Values.first(pair.get("value"), pair.get("newvalue"));
            if (name != null && value != null) {
                add(name, TextNode.valueOf(value));
            }
            return;
        }
        EventFields fields = EventFields.of(element);
        String name = fields.text("key", "name", "displayName");
        JsonNode value = fields.node("value", "newValue");
        if (name != null && !value.isMissingNode()) {
            add(name, value);
        }
    }

    private void add(String name, JsonNode value) {
        String key = name.toLowerCase(Locale.ROOT);
        values.putIfAbsent(key, value);
        names.putIfAbsent(key, name);
    }

    /** The members of an object as PowerShell prints it, names in lower case; empty for any other text. */
    static Map<String, String> powerShell(String raw) {
        Map<String, String> members = new LinkedHashMap<>();
        String text = raw.strip();
        if (!text.startsWith("@{") || !text.endsWith("}")) {
            return members;
        }
        for (String member : MEMBER.split(text.substring(2, text.length() - 1), -1)) {
            int equals = member.indexOf('=');
            if (equals > 0) {
                members.putIfAbsent(
                        member.substring(0, equals).strip().toLowerCase(Locale.ROOT), member.substring(equals + 1));
            }
        }
        return members;
    }
}

package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** JSON objects written with something changed: members dropped, renamed, doubled, moved, of another type, escaped, or cut. */
final class Mutations {

    private static final String[] KEYS = {
        "operationName",
        "OperationName",
        "Operation",
        "operation",
        "activityDisplayName",
        "OperationNameValue",
        "id",
        "ID",
        "category",
        "Type",
        "status",
        "properties",
        "Properties",
        "_raw",
        "message",
        "records",
        "value",
        "event",
        "AuditData",
        "userId",
        "UserId_s",
        "time",
        "@timestamp",
        "azure",
        "o365audit",
        "a.b",
        "createdDateTime",
        "appId",
        "AppId",
        "ActionType",
        "tenantId",
        "resourceId",
        "location",
        "ipAddress",
        "RawEventData",
        "authorization"
    };
    private static final String[] ENDINGS = {" [UTC]", "_dynamic", "_string", "_d", "_s", "_g", "_", "x"};
    private static final String[] VALUES = {
        "null",
        "\"\"",
        "\" \"",
        "0",
        "-0",
        "1.50",
        "1e3",
        "12345678901",
        "true",
        "false",
        "[]",
        "{}",
        "[\"a\",\"b\"]",
        "{\"errorCode\":\"50126\",\"failureReason\":\"no\"}",
        "\"{\\\"errorCode\\\":7,\\\"city\\\":\\\"Bern\\\"}\"",
        "\"{\\\"errorCode\\\":\"",
        "\"[1\"",
        "\"Sign-in activity\"",
        "\"UserLoggedIn\"",
        "\"Update user\"",
        "\"\\ud800\"",
        "\"caf\u00e9\"",
        "\"\ufffd\"",
        "\"198.51.100.7:443, 10.0.0.1\"",
        "\"::ffff:198.51.100.9\"",
        "\"2025-05-06T07:08:09Z\"",
        "\"05/06/2025, 09:00:00\"",
        "1746515289",
        "\"EvoSTS/2\"",
        "\"<null>\"",
        "\"none\"",
        "{\"value\":\"Sign-in activity\"}",
        "\"00000000-0000-0000-0000-000000000000\"",
        "\"5CC9D56D-319B-4BC1-A055-4293953992E2\"",
        "9".repeat(1100)
    };

    private final Random random;

    Mutations(Random random) {
        this.random = random;
    }

    /** The bytes of an object with some changes. */
    byte[] of(String json) {
        int changes = random.nextInt(5);
        String text = write(Decoding.parse(json), changes, 0);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(12)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                yield bytes;
            }
            default -> bytes;
        };
    }

    private String write(JsonNode node, int changes, int level) {
        if (!node.isObject()) {
            return node.isTextual() && changes > 0 && random.nextInt(8) == 0 ? escaped(node.asText()) : node.toString();
        }
        List<String> members = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String value = write(member.getValue(), level < 2 ? changes : 0, level + 1);
            members.add(TextNode.valueOf(member.getKey()) + space() + ":" + space() + value);
        }
        for (int i = 0; i < changes && !members.isEmpty(); i++) {
            change(members);
        }
        return "{" + space() + String.join("," + space(), members) + space() + "}";
    }

    private void change(List<String> members) {
        int at = random.nextInt(members.size());
        String member = members.get(at);
        int colon = member.indexOf(':');
        String key = member.substring(0, colon).strip();
        String value = member.substring(colon + 1).strip();
        switch (random.nextInt(8)) {
            case 0 -> members.remove(at);
            case 1 -> members.set(at, renamed(key) + ":" + value);
            case 2 -> members.add(random.nextInt(members.size() + 1), key + ":" + any());
            case 3 -> members.add(random.nextInt(members.size()), members.remove(at));
            case 4 -> members.set(at, key + ":" + any());
            case 5 -> members.add(random.nextInt(members.size() + 1), "\"" + pick(KEYS) + "\":" + any());
            case 6 -> members.add(at, renamed(key) + ":" + value);
            default -> members.set(at, key + ":" + TextNode.valueOf(value));
        }
    }

    private String renamed(String quoted) {
        String key = quoted.substring(1, quoted.length() - 1);
        return switch (random.nextInt(6)) {
            case 0 -> "\"" + key.toUpperCase(Locale.ROOT) + "\"";
            case 1 -> "\"" + key.toLowerCase(Locale.ROOT) + "\"";
            case 2 -> "\"" + key + pick(ENDINGS) + "\"";
            case 3 -> "\"" + pick(KEYS) + "\"";
            case 4 -> escaped(key);
            default -> "\"" + key.replace('s', '\u017f').replace('k', '\u212a') + "\"";
        };
    }

    private String any() {
        return pick(VALUES);
    }

    private String escaped(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escape = c < ' ' || c == '"' || c == '\\' || random.nextInt(6) == 0;
            out.append(escape ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
        }
        return out.append('"').toString();
    }

    private String space() {
        return random.nextInt(60) == 0 ? " " : random.nextInt(300) == 0 ? "\n" : "";
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }
}

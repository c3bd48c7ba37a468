package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Ids of events whose source gives none: the same content has the same id, whatever the order of its keys. */
final class EventIds {

    private static final int BYTES = 16;

    private EventIds() {}

    /** {@code x-} and 32 hex digits of SHA-256 over the canonical JSON: compact, with sorted keys. */
    static String ofContent(JsonNode event) {
        StringBuilder canonical = new StringBuilder(1024);
        append(event, canonical);
        byte[] digest = sha256().digest(canonical.toString().getBytes(StandardCharsets.UTF_8));
        return "x-" + HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
    }

    private static void append(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
            char before = '{';
            for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
                out.append(before).append(TextNode.valueOf(entry.getKey())).append(':');
                append(entry.getValue(), out);
                before = ',';
            }
            out.append(sorted.isEmpty() ? "{}" : "}");
        } else if (node.isArray()) {
            char before = '[';
            for (JsonNode element : node) {
                out.append(before);
                append(element, out);
                before = ',';
            }
            out.append(node.isEmpty() ? "[]" : "]");
        } else {
            out.append(node);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}

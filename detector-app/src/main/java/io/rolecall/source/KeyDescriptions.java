package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.schema.Credential;
import io.rolecall.schema.CredentialChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lists in {@code KeyDescription}: texts like
 * {@code [KeyIdentifier=..,KeyType=Password,KeyUsage=Verify,DisplayName=..]}. The empty list is the empty set, so that a first
 * credential counts as added; a missing list says nothing.
 */
final class KeyDescriptions {

    static final String PROPERTY = "KeyDescription";
    private static final String START = "[KeyIdentifier=";

    private KeyDescriptions() {}

    /** What was added and removed, by key id; null when the event does not have the property with a value after. */
    static @Nullable CredentialChange change(ModifiedProperties properties) {
        ModifiedProperties.Property property = properties.get(PROPERTY);
        Map<String, Credential> now = property == null ? null : credentials(property.now());
        if (property == null || now == null) {
            return null;
        }
        Map<String, Credential> old = credentials(property.old());
        Map<String, Credential> before = old == null ? Map.of() : old;
        return CredentialChange.newBuilder()
                .setAdded(difference(now, before))
                .setRemoved(difference(before, now))
                .build();
    }

    private static List<Credential> difference(Map<String, Credential> from, Map<String, Credential> without) {
        List<Credential> rest = new ArrayList<>();
        from.forEach((keyId, credential) -> {
            if (!without.containsKey(keyId)) {
                rest.add(credential);
            }
        });
        return rest;
    }

    /** Credentials by key id; null when the list is missing. */
    private static @Nullable Map<String, Credential> credentials(JsonNode raw) {
        JsonNode value = Values.unpacked(raw);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        Map<String, Credential> credentials = new LinkedHashMap<>();
        for (String text : Values.texts(value)) {
            for (int from = text.indexOf(START); from >= 0; ) {
                int to = text.indexOf(START, from + 1);
                Credential credential = credential(text.substring(from, to < 0 ? text.length() : to));
                if (credential != null) {
                    credentials.putIfAbsent(credential.getKeyId(), credential);
                }
                from = to;
            }
        }
        return credentials;
    }

    private static @Nullable Credential credential(String text) {
        int end = text.lastIndexOf(']');
        String body = end < 0 ? text : text.substring(0, end);
        String keyId = Values.id(member(body, START));
        if (keyId == null) {
            return null;
        }
        int name = body.indexOf("DisplayName=");
        return Credential.newBuilder()
                .setKeyId(keyId.toLowerCase(Locale.ROOT))
                .setType(member(body, "KeyType="))
                .setUsage(member(body, "KeyUsage="))
                // The display name is last and may itself hold commas and brackets.
                .setDisplayName(name < 0 ? null : Values.present(body.substring(name + "DisplayName=".length())))
                .build();
    }

    private static @Nullable String member(String body, String key) {
        int from = body.indexOf(key);
        if (from < 0) {
            return null;
        }
        int comma = body.indexOf(',', from);
        return Values.present(body.substring(from + key.length(), comma < 0 ? body.length() : comma));
    }
}

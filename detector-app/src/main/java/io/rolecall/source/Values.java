package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Normal forms of single values: absent facts are null, never empty strings, {@code <null>} or nil GUIDs. */
public final class Values {

    private static final int GUID_CHARACTERS = 36;
    private static final int MOST_ID_CHARACTERS = 128;
    private static final Pattern HEX =
            Pattern.compile("^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$");
    private static final String NIL = "00000000-0000-0000-0000-000000000000";
    private static final int MOST_UNPACKING = 3;

    private Values() {}

    /** The text without white space around it; null when it says nothing. */
    public static @Nullable String present(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String stripped = text.strip();
        if (stripped.length() > NIL.length()) {
            return stripped;
        }
        return switch (stripped) {
            case "", "[]", "\"\"", "{}", "<null>", "null", NIL -> null;
            default -> stripped;
        };
    }

    /** A GUID in lower case; null for any other text and for the nil GUID. */
    public static @Nullable String guid(@Nullable String text) {
        String present = present(text);
        return present != null && isGuid(present) ? present.toLowerCase(Locale.ROOT) : null;
    }

    /** A GUID as {@link #guid}, also when it is written without dashes, as Azure writes the caller's own role. */
    static @Nullable String guidOfHex(@Nullable String text) {
        String present = present(text);
        return present == null ? null : guid(HEX.matcher(present).replaceFirst("$1-$2-$3-$4-$5"));
    }

    /** An identifier of any form in lower case; null for a text that cannot be one, and for the nil GUID. */
    public static @Nullable String id(@Nullable String text) {
        String present = present(text);
        return present != null && isId(present) ? present.toLowerCase(Locale.ROOT) : null;
    }

    /** Groups of 8, 4, 4, 4 and 12 hex digits. By hand, because every event holds a dozen and a pattern takes ten times as long. */
    private static boolean isGuid(String text) {
        if (text.length() != GUID_CHARACTERS) {
            return false;
        }
        for (int i = 0; i < GUID_CHARACTERS; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : !isHexDigit(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHexDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** A letter or digit, then up to 127 letters, digits, dots, underscores and dashes. */
    private static boolean isId(String text) {
        int length = text.length();
        if (length == 0 || length > MOST_ID_CHARACTERS || !isAsciiLetterOrDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = text.charAt(i);
            if (!isAsciiLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAsciiLetterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /** The first that is not null. */
    static @Nullable String first(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** The App ID in a list of service principal names, separated by semicolons; null when none is a bare GUID. */
    static @Nullable String appIdAmongNames(@Nullable String names) {
        if (names == null) {
            return null;
        }
        for (String name : names.split(";", -1)) {
            String guid = guid(name);
            if (guid != null) {
                return guid;
            }
        }
        return null;
    }

    /** Text of a scalar; null for objects, arrays, nulls and texts that say nothing. */
    static @Nullable String text(@Nullable JsonNode node) {
        return node == null || node.isNull() || !node.isValueNode() ? null : present(node.asText());
    }

    /** A value freed from the strings it was encoded in: {@code "\"a\""} is a, {@code "[true]"} a list of true. */
    static JsonNode unpacked(@Nullable JsonNode node) {
        JsonNode value = node == null ? NullNode.getInstance() : node;
        for (int i = 0; i < MOST_UNPACKING && value.isTextual(); i++) {
            String text = value.asText().strip();
            JsonNode inner = JsonText.looksLikeJson(text) ? JsonText.parse(text) : null;
            if (inner == null) {
                return text.isEmpty() ? NullNode.getInstance() : TextNode.valueOf(text);
            }
            value = inner;
        }
        return value;
    }

    /** Texts of an unpacked value: of the elements of a list, or of the value itself; objects are left out. */
    static List<String> texts(@Nullable JsonNode node) {
        JsonNode value = unpacked(node);
        List<String> texts = new ArrayList<>();
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
            String text = text(each);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    static @Nullable Boolean bool(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Boolean.TRUE;
            case "false", "0" -> Boolean.FALSE;
            default -> null;
        };
    }

    static @Nullable Long number(@Nullable String text) {
        if (text == null || text.length() > 18) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}

package io.rolecall.source.split;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The envelopes that hold many elements in one JSON document, by the name of their array. */
public final class Batch {

    public static final Batch NONE = new Batch("", "", "");
    public static final Batch ARRAY = new Batch("", "[", "]");
    public static final Batch TABLES = new Batch("tables", "", "");
    private static final Batch RECORDS = new Batch("records", "{\"records\":[", "]}");
    private static final Batch VALUE = new Batch("value", "{\"value\":[", "]}");
    private static final Batch DATA = new Batch("data", "{\"records\":[", "]}");
    private static final List<Batch> NAMED = List.of(RECORDS, VALUE, TABLES);
    private static final List<String> FIRST_NAMES = List.of("\"records\"", "\"value\"", "\"tables\"", "\"@odata.");
    private static final String DATA_NAME = "\"data\"";
    private static final String META_NAME = "\"meta\"";

    private final String arrayName;
    private final byte[] opening;
    private final byte[] closing;
    private final boolean rows;

    private Batch(String arrayName, String opening, String closing) {
        this(arrayName, opening, closing, false);
    }

    private Batch(String arrayName, String opening, String closing, boolean rows) {
        this.rows = rows;
        this.arrayName = arrayName;
        this.opening = opening.getBytes(StandardCharsets.UTF_8);
        this.closing = closing.getBytes(StandardCharsets.UTF_8);
    }

    /** An envelope for the elements of a query answer's rows. */
    public static Batch rows(String columns) {
        return new Batch(
                "", "{\"tables\":[{\"name\":\"PrimaryResult\",\"columns\":" + columns + ",\"rows\":[", "]}]}", true);
    }

    /** The batch whose array has that name. */
    public static @Nullable Batch named(String name) {
        return NAMED.stream()
                .filter(batch -> batch.arrayName.equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    /** The batch whose array has that name in a file that holds no log: AzureHound's {@code data} is one there. */
    public static @Nullable Batch namedInExport(String name) {
        return DATA.arrayName.equals(name) ? DATA : named(name);
    }

    /** As {@link #opensWith}, in a file that holds no log. */
    public static boolean opensExportWith(byte[] bytes, int at, int end) {
        return opensWith(bytes, at, end) || matches(DATA_NAME, bytes, at, end) || matches(META_NAME, bytes, at, end);
    }

    /** Whether the first name of an object, at a place of the bytes, is a batch's or stands before one. */
    public static boolean opensWith(byte[] bytes, int at, int end) {
        for (String name : FIRST_NAMES) {
            if (matches(name, bytes, at, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String name, byte[] bytes, int at, int end) {
        if (end - at < name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (bytes[at + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    public byte[] opening() {
        return opening;
    }

    public byte[] closing() {
        return closing;
    }

    /** Whether its elements are rows of a table. */
    public boolean isRows() {
        return rows;
    }

    public boolean isNone() {
        return opening.length == 0;
    }

    /** Whether the batch may stand after other members: a page's array stands after names with {@code @odata}. */
    public boolean mayFollow(String before) {
        if (this == DATA) {
            return before.contains(META_NAME);
        }
        return this != VALUE || before.contains("\"@odata.");
    }
}

package io.rolecall.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an audit is printed. */
public enum AuditFormat {
    TABLE,
    NDJSON,
    CSV;

    /** Its name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of a name, in any case. */
    public static Optional<AuditFormat> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(label.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /**
     * A renderer.
     *
     * @param width columns of the table
     * @param wide whether the table shows everything
     * @param color whether the table may colour
     */
    public AuditRenderer renderer(int width, boolean wide, boolean color) {
        return switch (this) {
            case TABLE -> new AuditTable(width, wide, color);
            case NDJSON ->
                (entries, out) -> {
                    for (AuditEntry entry : entries) {
                        out.write(entry.json().toString() + "\n");
                    }
                };
            case CSV -> new AuditCsv();
        };
    }
}

package io.rolecall.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats of {@code scan --format}. */
public enum AlertFormat {
    /** One JSON object a line, with the names of the Avro record. */
    NDJSON,
    /** One OCSF 1.8.0 Detection Finding a line. */
    OCSF,
    /** Blocks of text for a terminal. */
    TABLE,
    /** JSON lines for a Timesketch timeline: one per piece of evidence, and one for the alert. */
    TIMESKETCH;

    /** The name on the command line, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a name of the command line; empty when there is no such format. */
    public static Optional<AlertFormat> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equalsIgnoreCase(label))
                .findFirst();
    }

    /**
     * A new renderer of this format.
     *
     * @param width columns of the terminal, for {@code TABLE}; narrower than 40 is taken as 40
     * @param color whether {@code TABLE} may use terminal colours
     */
    public AlertRenderer renderer(int width, boolean color) {
        return switch (this) {
            case NDJSON -> (alert, out) -> out.write(AlertJson.line(alert) + "\n");
            case OCSF -> (alert, out) -> out.write(OcsfFinding.of(alert, true) + "\n");
            case TABLE -> new TableRenderer(width, color);
            case TIMESKETCH -> new TimesketchRenderer();
        };
    }
}

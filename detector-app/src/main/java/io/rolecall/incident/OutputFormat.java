package io.rolecall.incident;

import io.rolecall.alert.AlertFormat;
import io.rolecall.alert.AlertRenderer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats of {@code scan --format}: alerts one by one, or the incidents that they make, worst first. */
public enum OutputFormat {
    /** One alert a line, with the names of the Avro record. */
    NDJSON,
    /** One OCSF 1.8.0 Detection Finding a line. */
    OCSF,
    /** Blocks of text for a terminal. */
    TABLE,
    /** JSON lines for a Timesketch timeline. */
    TIMESKETCH,
    /** One incident a line, with the names of the Avro record. */
    INCIDENTS,
    /** One OCSF 1.8.0 Incident Finding a line. */
    INCIDENTS_OCSF;

    /** The name on the command line, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads a name of the command line; empty when there is no such format. */
    public static Optional<OutputFormat> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equalsIgnoreCase(label))
                .findFirst();
    }

    /**
     * A new renderer of this format.
     *
     * @param width columns of the terminal, for {@code TABLE}
     * @param color whether {@code TABLE} may use terminal colours
     */
    public AlertRenderer renderer(int width, boolean color) {
        return switch (this) {
            case NDJSON -> AlertFormat.NDJSON.renderer(width, color);
            case OCSF -> AlertFormat.OCSF.renderer(width, color);
            case TABLE -> AlertFormat.TABLE.renderer(width, color);
            case TIMESKETCH -> AlertFormat.TIMESKETCH.renderer(width, color);
            case INCIDENTS -> new IncidentRenderer(IncidentJson::line);
            case INCIDENTS_OCSF ->
                new IncidentRenderer(incident -> OcsfIncident.of(incident, true).toString());
        };
    }
}

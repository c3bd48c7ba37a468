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
    /** Blocks of text for a terminal, one an incident, worst first. */
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
     * @param width columns of the terminal, for {@code TABLE}; narrower than 40 is taken as 40
     * @param color whether {@code TABLE} may use terminal colours
     * @param wide whether {@code TABLE} tells all of what an incident holds, and not only the first of each
     */
    public AlertRenderer renderer(int width, boolean color, boolean wide) {
        return switch (this) {
            case NDJSON -> AlertFormat.NDJSON.renderer();
            case OCSF -> AlertFormat.OCSF.renderer();
            case TABLE -> new IncidentTable(width, color, wide);
            case TIMESKETCH -> AlertFormat.TIMESKETCH.renderer();
            case INCIDENTS -> new IncidentRenderer(IncidentJson::line);
            case INCIDENTS_OCSF ->
                new IncidentRenderer(incident -> OcsfIncident.of(incident, true).toString());
        };
    }
}

package io.rolecall.alert;

/** The formats that tell alerts one by one. */
public enum AlertFormat {
    /** One JSON object a line, with the names of the Avro record. */
    NDJSON,
    /** One OCSF 1.8.0 Detection Finding a line. */
    OCSF,
    /** JSON lines for a Timesketch timeline: one per piece of evidence, and one for the alert. */
    TIMESKETCH;

    /** A new renderer of this format. */
    public AlertRenderer renderer() {
        return switch (this) {
            case NDJSON -> (alert, out) -> out.write(AlertJson.line(alert) + "\n");
            case OCSF -> (alert, out) -> out.write(OcsfFinding.of(alert, true) + "\n");
            case TIMESKETCH -> new TimesketchRenderer();
        };
    }
}

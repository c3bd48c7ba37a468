package io.rolecall.cli;

import io.rolecall.alert.AlertRenderer;
import io.rolecall.incident.OutputFormat;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that write alerts, and the writing. */
final class AlertOutput {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Labels.FormatConverter.class,
            description =
                    "ndjson, ocsf, table or timesketch; incidents or incidents-ocsf for the incidents that the alerts make,"
                            + " worst first. Default: table on a terminal, ndjson otherwise.")
    private @Nullable OutputFormat format;

    @Option(
            names = "--wide",
            description = "The table tells all of what an incident holds, and not only the first of each.")
    private boolean wide;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the alerts to a file.")
    private @Nullable Path output;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            converter = Labels.SeverityConverter.class,
            description =
                    "End with code 1 when an open alert has this severity (informational, low, medium, high, critical)"
                            + " or a higher one.")
    private @Nullable Severity failOn;

    /** When the run began and the alert was raised says nothing here, and would make two runs over the same input differ. */
    static Alert timeless(Alert alert) {
        return Alert.newBuilder(alert).clearEmittedAt().clearGeneration().build();
    }

    /** Whether one of the alerts is what {@code --fail-on} asks for. */
    boolean found(List<Alert> alerts) {
        Severity bound = failOn;
        return bound != null
                && alerts.stream()
                        .filter(alert -> alert.getStatus().equals("open"))
                        .anyMatch(alert -> Severity.ofLabel(alert.getSeverity()).compareTo(bound) >= 0);
    }

    void write(List<Alert> alerts, Console console) throws IOException {
        Path file = output;
        OutputFormat usual = console.outIsTerminal() && file == null ? OutputFormat.TABLE : OutputFormat.NDJSON;
        OutputFormat chosen = format == null ? usual : format;
        AlertRenderer renderer = chosen.renderer(console.width(), console.colored() && file == null, wide);
        if (file == null) {
            render(alerts, renderer, console.out());
            if (console.out().checkError()) {
                throw new IOException("standard output cannot be written to");
            }
            return;
        }
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            render(alerts, renderer, out);
        }
    }

    private static void render(List<Alert> alerts, AlertRenderer renderer, Writer out) throws IOException {
        renderer.begin(out);
        for (Alert alert : alerts) {
            renderer.alert(alert, out);
        }
        renderer.end(out);
        out.flush();
    }
}

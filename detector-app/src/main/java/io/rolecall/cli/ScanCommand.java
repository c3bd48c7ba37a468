package io.rolecall.cli;

import io.rolecall.alert.AlertFormat;
import io.rolecall.alert.AlertRenderer;
import io.rolecall.detection.Blindness;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.inprocess.Summary;
import io.rolecall.policy.Policy;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scan}: the detector over exported log files. */
@Command(
        name = "scan",
        description = {
            "Raises alerts from exported log files, with the very topology of the service and without a broker.",
            "Writes the final alerts, one per alert id, ordered by first event time. What was read, skipped and rejected, and which"
                    + " detections were blind, is told on standard error. Ends with code 4 when no element was found."
        })
final class ScanCommand implements Callable<Integer> {

    private static final long MOST_REJECTS_LISTED = 50;

    private final Rolecall root;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files (.json .ndjson .jsonl .csv .gz .zip), folders, or - for standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Labels.FormatConverter.class,
            description = "ndjson, ocsf, table or timesketch. Default: table on a terminal, ndjson otherwise.")
    private @Nullable AlertFormat format;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the alerts to a file.")
    private @Nullable Path output;

    @Option(names = "--rejects", paramLabel = "FILE", description = "Write the rejected elements to a file (NDJSON).")
    private @Nullable Path rejectsFile;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            converter = Labels.SeverityConverter.class,
            description =
                    "End with code 1 when an open alert has this severity (informational, low, medium, high, critical)"
                            + " or a higher one.")
    private @Nullable Severity failOn;

    @Mixin
    private DateOrderOption dateOrder = new DateOrderOption();

    @Mixin
    private DetectorOptions options = new DetectorOptions();

    ScanCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        Console console = root.console();
        RunSettings settings = options.settings(root);
        settings.warn(console.err());
        try (InProcessDetector detector = settings.detector();
                Rejects rejects = new Rejects(console.err(), MOST_REJECTS_LISTED, rejectsFile)) {
            RunReport report = new FileRun(root, settings, "scan", dateOrder.order())
                    .read(
                            files,
                            chunk -> {
                                detector.feed(chunk);
                                detector.drainRejected().forEach(rejects::report);
                            },
                            detector::summary);
            List<Alert> alerts = detector.finish().stream()
                    .filter(alert -> !alert.getStatus().equals("withdrawn"))
                    .map(ScanCommand::timeless)
                    .toList();
            detector.drainRejected().forEach(rejects::report);
            rejects.finish();
            write(alerts, console);
            summarise(report, detector.summary(), alerts, settings);
            return detector.summary().in() == 0 || report.exitCode() != ExitCode.DONE
                    ? ExitCode.UNREADABLE_INPUT
                    : verdict(alerts);
        }
    }

    /** When the run began and the alert was raised says nothing here, and would make two runs over the same input differ. */
    private static Alert timeless(Alert alert) {
        return Alert.newBuilder(alert).clearEmittedAt().clearGeneration().build();
    }

    private void summarise(RunReport report, Summary total, List<Alert> alerts, RunSettings settings) {
        PrintWriter err = root.console().err();
        report.print(err, total);
        blind(total, settings.catalogue(), settings.policy()).forEach(err::println);
        err.println(alerts.size() + (alerts.size() == 1 ? " alert" : " alerts"));
        if (total.in() == 0) {
            err.println(
                    "rolecall: no element was found in any input, so silence says nothing; docs/events.md lists what is"
                            + " read");
        }
        err.flush();
    }

    /** A line for every enabled detection that is blind, or blind in part. */
    static List<String> blind(Summary total, Catalogue catalogue, Policy policy) {
        Blindness blindness = new Blindness(total.operations());
        List<String> lines = new ArrayList<>();
        for (Detection detection : catalogue.all()) {
            if (policy.settings(detection.id()).enabled()) {
                String lacks = blindness.lacks(detection);
                if (!lacks.isEmpty()) {
                    lines.add("blind: " + detection.id() + ": no " + lacks + " in all that was read");
                }
                String unstated = Blindness.lacksOfPolicy(detection, policy);
                if (!unstated.isEmpty()) {
                    lines.add("blind in part: " + detection.id() + ": no " + unstated + " in the policy");
                }
            }
        }
        return lines;
    }

    private int verdict(List<Alert> alerts) {
        Severity bound = failOn;
        boolean found = bound != null
                && alerts.stream()
                        .filter(alert -> alert.getStatus().equals("open"))
                        .anyMatch(alert -> Severity.ofLabel(alert.getSeverity()).compareTo(bound) >= 0);
        return found ? ExitCode.FOUND : ExitCode.DONE;
    }

    private void write(List<Alert> alerts, Console console) throws IOException {
        Path file = output;
        AlertFormat usual = console.outIsTerminal() && file == null ? AlertFormat.TABLE : AlertFormat.NDJSON;
        AlertFormat chosen = format == null ? usual : format;
        AlertRenderer renderer = chosen.renderer(console.width(), console.colored() && file == null);
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

package io.rolecall.cli;

import io.rolecall.detection.Blindness;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.inprocess.FeedAhead;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.inprocess.Summary;
import io.rolecall.policy.Policy;
import io.rolecall.schema.Alert;
import java.io.IOException;
import java.io.PrintWriter;
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

    @Mixin
    private AlertOutput output = new AlertOutput();

    @Option(names = "--rejects", paramLabel = "FILE", description = "Write the rejected elements to a file (NDJSON).")
    private @Nullable Path rejectsFile;

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
                FeedAhead feed = detector.ahead();
                Rejects rejects = new Rejects(console.err(), MOST_REJECTS_LISTED, rejectsFile)) {
            RunReport report = new FileRun(root, settings, "scan", dateOrder.order())
                    .read(
                            files,
                            chunk -> {
                                feed.take(chunk);
                                detector.drainRejected().forEach(rejects::report);
                            },
                            feed::summary);
            List<Alert> alerts = detector.finish().stream()
                    .filter(alert -> !alert.getStatus().equals("withdrawn"))
                    .map(AlertOutput::timeless)
                    .toList();
            detector.drainRejected().forEach(rejects::report);
            rejects.finish();
            output.write(alerts, console);
            summarise(report, detector.summary(), alerts, settings);
            return detector.summary().in() == 0 || report.exitCode() != ExitCode.DONE
                    ? ExitCode.UNREADABLE_INPUT
                    : output.found(alerts) ? ExitCode.FOUND : ExitCode.DONE;
        }
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
}

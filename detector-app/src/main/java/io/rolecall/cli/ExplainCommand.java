package io.rolecall.cli;

import io.rolecall.config.Configuration;
import io.rolecall.detection.Blindness;
import io.rolecall.explain.Explanation;
import io.rolecall.schema.Alert;
import io.rolecall.source.DateOrder;
import io.rolecall.topology.ExplainedApplication;
import io.rolecall.topology.InProcessDetector;
import io.rolecall.topology.Summary;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain}: why each detection did or did not fire for one application. */
@Command(
        name = "explain",
        description = {
            "Tells why each detection did or did not fire for one application: every condition with its answer, the reason and the"
                    + " ids of the events that decided, and which detections were blind. On files, or on the running service."
        })
final class ExplainCommand implements Callable<Integer> {

    private static final long MOST_REJECTS_LISTED = 20;

    private final Rolecall root;

    @Option(names = "--app", required = true, paramLabel = "ID", description = "App ID of the application.")
    private String appId = "";

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description =
                    "Files (.json .ndjson .jsonl .csv .gz .zip), folders, or - for standard input. Without any, the running"
                            + " service is asked.")
    private List<String> files = List.of();

    @Option(
            names = "--service",
            paramLabel = "URL",
            description = "Where the service answers (default: http.bind and http.port of the configuration).")
    private @Nullable URI service;

    @Option(
            names = "--date-order",
            paramLabel = "ORDER",
            converter = Labels.DateOrderConverter.class,
            description =
                    "How dates like 05/06/2026 are read: month-first or day-first. Default: as the other rows of the file"
                            + " tell, month-first where none does.")
    private @Nullable DateOrder dateOrder;

    ExplainCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String id = appId.strip().toLowerCase(Locale.ROOT);
        return files.isEmpty() ? ofService(id) : ofFiles(id);
    }

    private int ofService(String id) throws IOException, InterruptedException {
        Configuration.Http http = root.settings().configuration().http();
        URI asked = service == null ? URI.create("http://" + http.bind() + ":" + http.port()) : service;
        root.console().out().print(new ServiceClient(asked).explain(id));
        root.console().out().flush();
        return ExitCode.DONE;
    }

    private int ofFiles(String id) throws IOException {
        Console console = root.console();
        RunSettings settings = root.settings();
        settings.warn(console.err());
        try (InProcessDetector detector = settings.detector();
                Rejects rejects = new Rejects(console.err(), MOST_REJECTS_LISTED, null)) {
            RunReport report = new FileRun(root, "explain", dateOrder)
                    .read(
                            files,
                            chunk -> {
                                detector.feed(chunk);
                                detector.drainRejected().forEach(rejects::report);
                            },
                            detector::summary);
            List<Alert> alerts = detector.finish();
            rejects.finish();
            Summary total = detector.summary();
            List<ExplainedApplication> applications = detector.applications(id);
            Explanation explanation =
                    new Explanation(console.out(), new Blindness(total.operations()), settings.policy());
            if (applications.isEmpty()) {
                console.out().println("No event about application " + id + " is in these files.");
            }
            applications.forEach(application -> explanation.print(application, alerts));
            console.out().flush();
            report.print(console.err(), total);
            return report.exitCode();
        }
    }
}

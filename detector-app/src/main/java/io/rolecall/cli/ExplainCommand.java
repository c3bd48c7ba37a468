package io.rolecall.cli;

import io.rolecall.detection.Blindness;
import io.rolecall.detection.Detection;
import io.rolecall.detection.Evaluation;
import io.rolecall.schema.Alert;
import io.rolecall.topology.ExplainedApplication;
import io.rolecall.topology.InProcessDetector;
import io.rolecall.topology.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain}: why each detection did or did not fire for one application. */
@Command(
        name = "explain",
        description = {
            "Tells why each detection did or did not fire for one application: every condition with its answer, the reason and the"
                    + " ids of the events that decided, and which detections were blind."
        })
final class ExplainCommand implements Callable<Integer> {

    private static final long MOST_REJECTS_LISTED = 20;

    private final Rolecall root;

    @Option(names = "--app", required = true, paramLabel = "ID", description = "App ID of the application.")
    private String appId = "";

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files (.json .ndjson .jsonl .csv .gz .zip), folders, or - for standard input.")
    private List<String> files = List.of();

    ExplainCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        Console console = root.console();
        RunSettings settings = root.settings();
        settings.warn(console.err());
        String id = appId.strip().toLowerCase(Locale.ROOT);
        try (InProcessDetector detector = settings.detector();
                Rejects rejects = new Rejects(console.err(), MOST_REJECTS_LISTED, null)) {
            RunReport report = new FileRun(root, "explain")
                    .read(
                            files,
                            chunk -> {
                                detector.feed(chunk);
                                detector.drainRejected().forEach(rejects::report);
                            },
                            detector::summary);
            List<Alert> alerts = detector.finish().stream()
                    .filter(alert -> isAbout(alert, id))
                    .toList();
            rejects.finish();
            Summary total = detector.summary();
            List<ExplainedApplication> applications = detector.applications(id);
            Explanation explanation =
                    new Explanation(console.out(), new Blindness(total.operations()), settings.policy());
            if (applications.isEmpty()) {
                console.out().println("No event about application " + id + " is in these files.");
            }
            applications.forEach(application -> explain(application, alerts, explanation));
            console.out().flush();
            report.print(console.err(), total);
            return report.exitCode();
        }
    }

    private static boolean isAbout(Alert alert, String id) {
        return alert.getSubject().getId().equals(id)
                || alert.getApplication()
                        .flatMap(application -> application.getAppId())
                        .filter(id::equals)
                        .isPresent();
    }

    private void explain(ExplainedApplication application, List<Alert> alerts, Explanation explanation) {
        PrintWriter out = root.console().out();
        String tenant = application.subject().tenantId();
        out.println("Application " + application.subject().id() + " in tenant " + tenant + ", "
                + application.history().acts().size() + " acts known");
        for (Map.Entry<Detection, Evaluation> entry : application.evaluate().entrySet()) {
            String detection = entry.getKey().card().id();
            List<Alert> raised = alerts.stream()
                    .filter(alert -> alert.getDetection().equals(detection)
                            && alert.getTenantId().equals(tenant))
                    .toList();
            explanation.print(entry.getKey().card(), entry.getValue(), raised);
        }
    }
}

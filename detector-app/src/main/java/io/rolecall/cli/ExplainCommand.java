package io.rolecall.cli;

import io.rolecall.config.Configuration;
import io.rolecall.detection.Blindness;
import io.rolecall.explain.Explanation;
import io.rolecall.explain.Printable;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.inprocess.Summary;
import io.rolecall.schema.Alert;
import io.rolecall.topology.ExplainedSubject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: why each detection did or did not fire for one application. */
@Command(
        name = "explain",
        description = {
            "Tells why each detection did or did not fire for one application: every condition with its answer, the reason and the"
                    + " ids of the events that decided, and which detections were blind; with its name, its timeline and the"
                    + " addresses it was acted on from. On files, or on the running service.",
            "Exit code 1 when nothing is known of the application."
        })
final class ExplainCommand implements Callable<Integer> {

    private static final long MOST_REJECTS_LISTED = 20;

    private final Rolecall root;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--app",
            required = true,
            paramLabel = "ID",
            description =
                    "App ID, object id or service principal id of the application, or its latest name, in any case."
                            + " Several that have the name are listed.")
    private String application = "";

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

    @Mixin
    private DateOrderOption dateOrder = new DateOrderOption();

    ExplainCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String asked = application.strip();
        if (asked.isEmpty() && spec != null) {
            throw new ParameterException(spec.commandLine(), "--app needs an id or a name");
        }
        return files.isEmpty() ? ofService(asked) : ofFiles(asked);
    }

    private int ofService(String asked) throws IOException, InterruptedException {
        Configuration.Http http = root.settings().configuration().http();
        URI url = service == null ? URI.create("http://" + http.bind() + ":" + http.port()) : service;
        Optional<String> explanation = new ServiceClient(url).explain(asked);
        if (explanation.isEmpty()) {
            return unknown(asked, "that the service has read of");
        }
        root.console().out().print(explanation.orElseThrow());
        root.console().out().flush();
        return ExitCode.DONE;
    }

    private int unknown(String asked, String where) {
        PrintWriter err = root.console().err();
        err.println("rolecall: nothing is known of '" + Printable.line(asked)
                + "': it is no App ID, object id, service principal id or latest name of an application " + where);
        err.flush();
        return ExitCode.FOUND;
    }

    private int ofFiles(String asked) throws IOException {
        Console console = root.console();
        RunSettings settings = root.settings();
        settings.warn(console.err());
        try (InProcessDetector detector = settings.detector();
                Rejects rejects = new Rejects(console.err(), MOST_REJECTS_LISTED, null)) {
            RunReport report = new FileRun(root, "explain", dateOrder.order())
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
            List<ExplainedSubject> found = detector.applications(asked);
            report.print(console.err(), total);
            if (found.isEmpty()) {
                int unknown = unknown(asked, "in these files");
                return report.exitCode() == ExitCode.DONE ? unknown : report.exitCode();
            }
            new Explanation(console.out(), new Blindness(total.operations()), settings.policy())
                    .print(found, application -> alerts);
            console.out().flush();
            return report.exitCode();
        }
    }
}

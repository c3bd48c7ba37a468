package io.rolecall.cli;

import io.rolecall.detection.Blindness;
import io.rolecall.event.SubjectKind;
import io.rolecall.explain.Explanation;
import io.rolecall.explain.Printable;
import io.rolecall.inprocess.FeedAhead;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.inprocess.Summary;
import io.rolecall.schema.Alert;
import io.rolecall.topology.Asked;
import io.rolecall.topology.ExplainedSubject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: why each detection did or did not fire for one application, one person or a tenant. */
@Command(
        name = "explain",
        description = {
            "Tells why each detection did or did not fire for one application, person or tenant: every condition with its answer, the reason and the"
                    + " ids of the events that decided, and which detections were blind; with its name, its timeline and the"
                    + " addresses it was acted on from. On files, or on the running service.",
            "Exit code 1 when nothing is known of it."
        })
final class ExplainCommand implements Callable<Integer> {

    private static final long MOST_REJECTS_LISTED = 20;

    private final Rolecall root;

    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Whom whom = new Whom();

    /** One of the three. */
    private static final class Whom {

        @Option(
                names = "--app",
                paramLabel = "ID",
                description =
                        "App ID, object id or service principal id of the application, or its latest name, in any case."
                                + " Several that have the name are listed.")
        private @Nullable String application;

        @Option(
                names = "--actor",
                paramLabel = "ID",
                description =
                        "Object id, user principal name or PUID of a person, in any case. A running service knows of"
                                + " people only what some detection reads.")
        private @Nullable String actor;

        @Option(
                names = "--tenant",
                paramLabel = "ID",
                description =
                        "Id of a tenant: changes of what holds for all of it. A running service knows of tenants only what"
                                + " some detection reads.")
        private @Nullable String tenant;

        private Asked asked() {
            if (actor != null) {
                return new Asked(SubjectKind.ACTOR, actor.strip());
            }
            return tenant != null
                    ? new Asked(SubjectKind.TENANT, tenant.strip())
                    : new Asked(SubjectKind.APPLICATION, application == null ? "" : application.strip());
        }
    }

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description =
                    "Files (.json .ndjson .jsonl .csv .gz .zip), folders, or - for standard input. Without any, the running"
                            + " service is asked.")
    private List<String> files = List.of();

    @Mixin
    private ServiceOrFiles source = new ServiceOrFiles();

    ExplainCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Asked asked = whom.asked();
        if (asked.text().isEmpty()) {
            throw WrongUsage.of(spec, "--" + asked.parameter() + " needs an id or a name");
        }
        source.refuseUnused(spec, files, List.of(), "files to explain from", "FILE explains from files");
        return files.isEmpty() ? ofService(asked) : ofFiles(asked);
    }

    private int ofService(Asked asked) throws IOException, InterruptedException {
        ServiceClient.Answer answer = new ServiceClient(source.address(root)).explain(asked);
        if (!answer.known()) {
            return nothing(answer.text());
        }
        root.console().out().print(answer.text());
        root.console().out().flush();
        return ExitCode.DONE;
    }

    private int nothing(String why) {
        PrintWriter err = root.console().err();
        err.println("rolecall: " + Printable.line(why));
        err.flush();
        return ExitCode.FOUND;
    }

    private int ofFiles(Asked asked) throws IOException {
        Console console = root.console();
        RunSettings settings = source.detector().settings(root);
        settings.warn(console.err());
        // Of people and tenants what no detection reads yet is shown too.
        Set<SubjectKind> keptInFull = asked.kind() == SubjectKind.APPLICATION ? Set.of() : Set.of(asked.kind());
        try (InProcessDetector detector = settings.detector(keptInFull);
                FeedAhead feed = detector.ahead();
                Rejects rejects = new Rejects(console.err(), MOST_REJECTS_LISTED, null)) {
            RunReport report = new FileRun(
                            root, settings, "explain", source.dateOrder().order())
                    .read(
                            files,
                            chunk -> {
                                feed.take(chunk);
                                detector.drainRejected().forEach(rejects::report);
                            },
                            feed::summary);
            List<Alert> alerts = detector.finish();
            rejects.finish();
            Summary total = detector.summary();
            List<ExplainedSubject> found = detector.explained(asked);
            report.print(console.err(), total);
            if (found.isEmpty()) {
                int unknown = nothing(
                        "nothing is known of '" + asked.text() + "': it is no " + asked.names() + " in these files");
                return report.exitCode() == ExitCode.DONE ? unknown : report.exitCode();
            }
            new Explanation(console.out(), new Blindness(total.operations()), settings.policy())
                    .print(found, application -> alerts);
            console.out().flush();
            return report.exitCode();
        }
    }
}

package io.rolecall.cli;

import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.explain.AlertChange;
import io.rolecall.explain.ExpectedChanges;
import io.rolecall.explain.PolicyDiff;
import io.rolecall.schema.Alert;
import io.rolecall.topology.ExplainedSubject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code policy diff}: two policies over the same events. */
@Command(
        name = "diff",
        description = {
            "Raises alerts by two policies over the same log files and tells which appear, vanish, or change severity or status, each"
                    + " with the setting and the condition that made the difference.",
            "With --expect it is a gate: ends with code 1 when the differences are others than those in the file. Ends with code 4 when"
                    + " no element was found."
        })
final class PolicyDiffCommand implements Callable<Integer> {

    private static final long MOST_REJECTS_LISTED = 20;

    private final Rolecall root;

    @Parameters(index = "0", paramLabel = "OLD", description = "The old policy; an empty file stands for the defaults.")
    private @Nullable Path old;

    @Parameters(index = "1", paramLabel = "NEW", description = "The new policy.")
    private @Nullable Path now;

    @Option(
            names = "--over",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "Log files (.json .ndjson .jsonl .csv .gz .zip), folders, or - for standard input.")
    private List<String> files = List.of();

    /** How the differences are written. */
    enum Format {
        text,
        ndjson
    }

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or ndjson.")
    private Format format = Format.text;

    @Option(
            names = "--expect",
            paramLabel = "FILE",
            description = "The differences that are meant, as --format ndjson writes them; an empty file means none.")
    private @Nullable Path expect;

    @Mixin
    private DateOrderOption dateOrder = new DateOrderOption();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private NetworksOption networks = new NetworksOption();

    PolicyDiffCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        Console console = root.console();
        ExpectedChanges expected = expect == null ? null : ExpectedChanges.read(expect);
        RunSettings before = new RunSettings(config.file(), networks.file(), Objects.requireNonNull(old), root);
        RunSettings after = new RunSettings(config.file(), networks.file(), Objects.requireNonNull(now), root);
        before.warnOfPolicy(console.err());
        after.warn(console.err());
        try (InProcessDetector byOld = before.detector();
                InProcessDetector byNew = after.detector();
                Rejects rejects = new Rejects(console.err(), MOST_REJECTS_LISTED, null)) {
            RunReport report = new FileRun(root, after, "policy diff", dateOrder.order())
                    .read(
                            files,
                            chunk -> {
                                byOld.feed(chunk);
                                byOld.drainRejected();
                                byNew.feed(chunk);
                                byNew.drainRejected().forEach(rejects::report);
                            },
                            byNew::summary);
            PolicyDiff diff = new PolicyDiff(before.policy(), after.policy(), root.catalogue());
            List<Alert> oldAlerts = byOld.finish();
            List<Alert> newAlerts = byNew.finish();
            List<AlertChange> changes = diff.between(oldAlerts, newAlerts, knownBy(byOld), knownBy(byNew));
            rejects.finish();
            report.print(console.err(), byNew.summary());
            PolicyDiffReport told = new PolicyDiffReport(console);
            told.print(changes, format == Format.ndjson);
            told.summarise(diff.settings(), oldAlerts, newAlerts, changes);
            if (byNew.summary().in() == 0) {
                console.err().println("rolecall: no element was found in any input, so no difference says nothing");
                return ExitCode.UNREADABLE_INPUT;
            }
            int verdict = expected == null ? ExitCode.DONE : verdict(expected.differences(changes));
            return report.exitCode() == ExitCode.DONE ? verdict : report.exitCode();
        }
    }

    private int verdict(List<String> differences) {
        PrintWriter err = root.console().err();
        differences.forEach(err::println);
        err.println(
                differences.isEmpty()
                        ? "as expected in " + expect
                        : "not as expected in " + expect + ": " + differences.size()
                                + (differences.size() == 1 ? " difference" : " differences"));
        err.flush();
        return differences.isEmpty() ? ExitCode.DONE : ExitCode.FOUND;
    }

    private static Function<Alert, Optional<ExplainedSubject>> knownBy(InProcessDetector detector) {
        return alert -> detector.explained(new Subject(
                SubjectKind.ofLabel(alert.getSubject().getKind()),
                alert.getTenantId(),
                alert.getSubject().getId()));
    }
}

package io.rolecall.cli;

import io.rolecall.event.Subject;
import io.rolecall.explain.AlertChange;
import io.rolecall.explain.ExpectedChanges;
import io.rolecall.explain.PolicyDiff;
import io.rolecall.inprocess.FeedAhead;
import io.rolecall.inprocess.GatheredRun;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.replay.GatheredHistory;
import io.rolecall.replay.PlanFile;
import io.rolecall.schema.Alert;
import io.rolecall.schema.OrgNetwork;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code policy diff}: two policies over the same events. */
@Command(
        name = "diff",
        description = {
            "Raises alerts by two policies over the same events and tells which appear, vanish, or change severity or status, each"
                    + " with the setting and the condition that made the difference.",
            "With --expect it is a gate: ends with code 1 when the differences are others than those in the file. Ends with code 4 when"
                    + " no element was found."
        })
final class PolicyDiffCommand implements Callable<Integer> {

    private static final long MOST_REJECTS_LISTED = 20;

    private final Rolecall root;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "OLD", description = "The old policy; an empty file stands for the defaults.")
    private @Nullable Path old;

    @Parameters(index = "1", paramLabel = "NEW", description = "The new policy.")
    private @Nullable Path now;

    @Option(
            names = "--over",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Log files (.json .ndjson .jsonl .csv .gz .zip), folders, or - for standard input; or the directories of"
                            + " what replay gathered.")
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
        RunSettings after = before.withPolicy(Objects.requireNonNull(now), root);
        before.warnOfPolicy(console.err());
        List<Path> gathered = files.stream()
                .filter(file -> !file.equals("-"))
                .map(Path::of)
                .filter(PlanFile::isIn)
                .toList();
        if (!gathered.isEmpty() && gathered.size() < files.size()) {
            throw WrongUsage.of(spec, "--over takes log files or the directories of one replay, not both");
        }
        return gathered.isEmpty() ? overFiles(before, after, expected) : overHistory(gathered, before, after, expected);
    }

    private int overFiles(RunSettings before, RunSettings after, @Nullable ExpectedChanges expected)
            throws IOException {
        Console console = root.console();
        after.warn(console.err());
        try (InProcessDetector byOld = before.detector();
                InProcessDetector byNew = after.detector();
                FeedAhead oldFeed = byOld.ahead();
                FeedAhead newFeed = byNew.ahead();
                Rejects rejects = new Rejects(console.err(), MOST_REJECTS_LISTED, null)) {
            RunReport report = new FileRun(root, after, "policy diff", dateOrder.order())
                    .read(
                            files,
                            chunk -> {
                                oldFeed.take(chunk);
                                byOld.drainRejected();
                                newFeed.take(chunk);
                                byNew.drainRejected().forEach(rejects::report);
                            },
                            newFeed::summary);
            oldFeed.summary();
            List<Alert> oldAlerts = byOld.finish();
            List<Alert> newAlerts = byNew.finish();
            rejects.finish();
            report.print(console.err(), byNew.summary());
            PolicyDiff diff = new PolicyDiff(before.policy(), after.policy(), root.catalogue());
            int verdict = tell(diff, oldAlerts, newAlerts, knownBy(byOld), knownBy(byNew), expected);
            if (byNew.summary().in() == 0) {
                console.err().println("rolecall: no element was found in any input, so no difference says nothing");
                return ExitCode.UNREADABLE_INPUT;
            }
            return report.exitCode() == ExitCode.DONE ? verdict : report.exitCode();
        }
    }

    private int overHistory(
            List<Path> directories, RunSettings before, RunSettings after, @Nullable ExpectedChanges expected)
            throws IOException {
        GatheredHistory history = GatheredHistory.open(directories, ReplayRange.decoding(after));
        List<OrgNetwork> known = networks.file() == null ? history.networks() : after.networks();
        after.warn(root.console().err(), known);
        PolicyDiff diff = new PolicyDiff(before.policy(), after.policy(), root.catalogue());
        Path scratch = directories.get(0);
        try (InProcessDetector byOld = gatheredRun(before, known).open(history, scratch);
                InProcessDetector byNew = gatheredRun(after, known).open(history, scratch)) {
            List<Alert> oldAlerts = told(history, byOld.finish());
            List<Alert> newAlerts = told(history, byNew.finish());
            ReplayReport.print(root.console().err(), history, ReplayReport.summary(history, byNew.summary()));
            return tell(diff, oldAlerts, newAlerts, knownBy(byOld), knownBy(byNew), expected);
        }
    }

    private GatheredRun gatheredRun(RunSettings settings, List<OrgNetwork> known) {
        return new GatheredRun(
                settings.config().forFiles(),
                settings.catalogue(),
                settings.policy(),
                known,
                root.console().clock());
    }

    private static List<Alert> told(GatheredHistory history, List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> history.plan().tells(alert.getFirstEventTime()))
                .toList();
    }

    private int tell(
            PolicyDiff diff,
            List<Alert> oldAlerts,
            List<Alert> newAlerts,
            Function<Alert, Optional<ExplainedSubject>> oldFacts,
            Function<Alert, Optional<ExplainedSubject>> newFacts,
            @Nullable ExpectedChanges expected)
            throws IOException {
        List<AlertChange> changes = diff.between(oldAlerts, newAlerts, oldFacts, newFacts);
        PolicyDiffReport report = new PolicyDiffReport(root.console());
        report.print(changes, format == Format.ndjson);
        report.summarise(diff.settings(), oldAlerts, newAlerts, changes);
        return expected == null ? ExitCode.DONE : verdict(expected.differences(changes));
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
        return alert -> detector.explained(Subject.of(alert));
    }
}

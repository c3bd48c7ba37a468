package io.rolecall.cli;

import io.rolecall.gather.Snapshot;
import io.rolecall.inprocess.GatheredRun;
import io.rolecall.inprocess.Summary;
import io.rolecall.replay.Counted;
import io.rolecall.replay.DirectoryLock;
import io.rolecall.replay.GatheredHistory;
import io.rolecall.replay.Plan;
import io.rolecall.replay.PlanFile;
import io.rolecall.schema.Alert;
import io.rolecall.schema.OrgNetwork;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code replay}: history from the topics. */
@Command(
        name = "replay",
        description = {
            "Raises alerts from the history of the topics, with the very topology of the service: gathers what matters into a"
                    + " directory, then decides over it, again at will.",
            "Reads with plain consumers, without a group, and writes nothing to Kafka. What was read is told on standard error."
        })
final class ReplayCommand implements Callable<Integer> {

    private static final long MOST_REJECTS_LISTED = 50;

    private final Rolecall root;

    @Mixin
    private ReplayRange range = new ReplayRange();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Gather into this directory, new or empty. Default: replay-ID in the working directory.")
    private @Nullable Path directory;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            split = ",",
            description =
                    "Go on with gathered history: read what is left, then decide. Several directories, the shares of"
                            + " one plan, are decided over together. Complete history needs no Kafka.")
    private List<Path> resumed = new ArrayList<>();

    @Mixin
    private GatherOptions gathering = new GatherOptions();

    @Mixin
    private AlertSelection selection = new AlertSelection();

    @Mixin
    private AlertOutput output = new AlertOutput();

    @Option(names = "--rejects", paramLabel = "FILE", description = "Write the rejected elements to a file (NDJSON).")
    private @Nullable Path rejectsFile;

    @Option(
            names = "--dry-run",
            description =
                    "Say what the topics still have of the range and what reading it would take, measured by reading"
                            + " for five seconds; keep nothing.")
    private boolean dryRun;

    @Mixin
    private PublishOption publishing = new PublishOption();

    @Mixin
    private AgainstLive against = new AgainstLive();

    @Mixin
    private DetectorOptions options = new DetectorOptions();

    ReplayCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Console console = root.console();
        RunSettings settings = options.settings(root);
        selection.check(settings.catalogue());
        settings.warnOfPlainSecrets(console.err());
        gathering.check();
        publishing.check(settings);
        if (dryRun) {
            return dryRun(settings);
        }
        if (resumed.isEmpty()) {
            resumed.add(begin(settings));
        } else if (range.isGiven()) {
            throw range.wrong(
                    "the range of gathered history is that of its plan: --from and --to do not go with --resume");
        }
        if (resumed.size() == 1) {
            Path only = resumed.get(0);
            Plan plan = PlanFile.read(only);
            gatherRest(settings, plan, only);
            if (!plan.shard().isWhole()) {
                console.err()
                        .println("share " + plan.shard() + " is gathered in " + only
                                + "; when all are: replay --resume DIR,DIR,...");
                return ExitCode.DONE;
            }
        }
        return decide(settings, GatheredHistory.open(resumed, ReplayRange.decoding(settings)));
    }

    private int dryRun(RunSettings settings) throws IOException, InterruptedException {
        if (!resumed.isEmpty()) {
            throw range.wrong("--dry-run is of a range: it does not go with --resume");
        }
        new DryRun(root.console(), settings, gathering).run(plan(settings));
        return ExitCode.DONE;
    }

    private Plan plan(RunSettings settings) {
        Console console = root.console();
        Snapshot snapshot = new Snapshot(settings.configuration());
        Plan plan = snapshot.take(range.wanted(settings, console.clock(), against.wanted()));
        snapshot.notes().forEach(note -> console.err().println("note: " + note));
        GatherOptions.tellCold(console.err(), plan);
        return plan;
    }

    /** Takes the snapshot and writes the plan. */
    private Path begin(RunSettings settings) throws IOException {
        Plan plan = plan(settings);
        Path wanted = directory;
        Path into = wanted == null
                ? Path.of("replay-" + plan.id()
                        + (plan.shard().isWhole() ? "" : "-" + plan.shard().index()))
                : wanted;
        Files.createDirectories(into);
        PlanFile.write(plan, into);
        return into;
    }

    private void gatherRest(RunSettings settings, Plan plan, Path into) throws IOException, InterruptedException {
        GatheredHistory.requireDecodable(plan, ReplayRange.decoding(settings));
        if (GatherOptions.isUnread(into, plan)) {
            PrintWriter err = root.console().err();
            err.println("gathering into " + into + "; if this is killed: replay --resume " + into);
            try (DirectoryLock lock = DirectoryLock.of(into)) {
                gathering.gather(root.console(), settings, plan, lock.directory(), () -> false);
            }
        }
    }

    private int decide(RunSettings settings, GatheredHistory history) throws IOException {
        Console console = root.console();
        List<OrgNetwork> networks =
                options.ofDetecting().contains("--networks") ? settings.networks() : history.networks();
        settings.warn(console.err(), networks);
        GatheredRun.Decided decided;
        try (ReplayProgress progress = new ReplayProgress(
                console, "decide", "elements", history.tally().get(Counted.KEPT))) {
            decided = new GatheredRun(
                            settings.config().forFiles(),
                            settings.catalogue(),
                            settings.policy(),
                            networks,
                            console.clock())
                    .telling(progress::decided)
                    .over(history, resumed.get(0));
        }
        Predicate<Alert> told = alert -> history.plan().tells(alert.getFirstEventTime()) && selection.takes(alert);
        List<Alert> standing = decided.alerts().stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .filter(told)
                .toList();
        List<Alert> alerts = standing.stream().map(AlertOutput::timeless).toList();
        output.write(alerts, console);
        publishing.publish(console, settings, standing);
        summarise(settings, history, decided, alerts);
        boolean differs = against.isOn(history)
                && against.compare(root, settings, networks, history, resumed.get(0), decided, told);
        return differs || output.found(alerts) ? ExitCode.FOUND : ExitCode.DONE;
    }

    private void summarise(
            RunSettings settings, GatheredHistory history, GatheredRun.Decided decided, List<Alert> alerts)
            throws IOException {
        PrintWriter err = root.console().err();
        try (Rejects rejects = new Rejects(err, MOST_REJECTS_LISTED, rejectsFile)) {
            history.refused(rejects::report);
            decided.rejected().forEach(rejects::report);
            rejects.finish();
        }
        Summary total = ReplayReport.summary(history, decided.summary());
        ReplayReport.print(err, history, total);
        ScanCommand.blind(total, settings.catalogue(), settings.policy()).forEach(err::println);
        err.println(alerts.size() + (alerts.size() == 1 ? " alert" : " alerts") + " with a first event from "
                + history.plan().from() + " to " + history.plan().to());
        err.flush();
    }
}

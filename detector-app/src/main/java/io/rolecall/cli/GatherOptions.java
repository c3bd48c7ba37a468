package io.rolecall.cli;

import io.rolecall.gather.GatherProgress;
import io.rolecall.gather.Gatherer;
import io.rolecall.replay.GatheredHistory;
import io.rolecall.replay.Plan;
import io.rolecall.replay.PlannedPartition;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say how history is gathered, and the gathering. */
final class GatherOptions {

    private static final int MOST_THREADS = 256;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that read and decode, each with a consumer of its own. Default: one a processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--max-rate",
            paramLabel = "RATE",
            converter = ByteRate.class,
            description = "Read no more than this, all threads together, for example 50MB/s.")
    private long maxRate;

    /** Reads what is left of a plan's share; returns how far it came. */
    GatherProgress gather(Console console, RunSettings settings, Plan plan, Path directory, BooleanSupplier stopped)
            throws IOException, InterruptedException {
        long total = plan.share().stream().mapToLong(PlannedPartition::span).sum();
        try (ReplayProgress progress = new ReplayProgress(console, "gather", "records", total)) {
            return gatherer(console, settings, plan, directory).run(stopped, progress::gathered);
        }
    }

    private Gatherer gatherer(Console console, RunSettings settings, Plan plan, Path directory) {
        return new Gatherer(
                settings.configuration(),
                plan,
                directory,
                new Gatherer.Settings(threads, maxRate, console.clock().instant(), System::nanoTime));
    }

    /** @throws CommandLine.ParameterException when a number is out of bounds */
    void check() {
        WrongUsage.unlessWithin(spec, "--threads", threads, MOST_THREADS);
    }

    /** Whether there is anything left to read. */
    static boolean isUnread(Path directory, Plan plan) throws IOException {
        return GatheredHistory.unread(directory, plan) > 0;
    }

    /** Tells of the partitions whose history is shorter than what is read of it. */
    static void tellCold(PrintWriter err, Plan plan) {
        for (PlannedPartition partition : plan.share()) {
            if (partition.isCold(plan.readFrom())) {
                err.println("cold: " + partition + " is kept from "
                        + (partition.firstTime() == null ? "nowhere" : partition.firstTime()) + " on, and "
                        + plan.readFrom() + " is wanted: alerts may lack what was deleted");
            }
        }
    }
}

package io.rolecall.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.config.DirectoryTree;
import io.rolecall.config.ProcessDirectory;
import io.rolecall.gather.GatherProgress;
import io.rolecall.gather.Survey;
import io.rolecall.gather.Survey.Surveyed;
import io.rolecall.replay.Plan;
import io.rolecall.replay.PlannedPartition;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code replay --dry-run}: what is still there, and what reading it would take, measured by reading for some seconds. */
final class DryRun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINE = "%-32s %9s  %-24s %15s %12s %7s  %s%n";
    private static final Duration SAMPLE = Duration.ofSeconds(5);
    private static final double NANOS = 1e9;

    private final Console console;
    private final RunSettings settings;
    private final GatherOptions gathering;

    DryRun(Console console, RunSettings settings, GatherOptions gathering) {
        this.console = console;
        this.settings = settings;
        this.gathering = gathering;
    }

    /**
     * What was measured.
     *
     * @param records read in the sample
     * @param bytes of them, without compression
     * @param kept elements kept of them
     * @param disk bytes that these take in a directory
     * @param seconds it took
     * @param total records of the plan
     */
    private record Sample(long records, long bytes, long kept, long disk, double seconds, long total) {

        double rate() {
            return records / Math.max(seconds, 1e-3);
        }

        /** Something of the sample, for all records. */
        long all(long sampled) {
            return records == 0 ? 0 : Math.round((double) sampled * total / records);
        }
    }

    void run(Plan plan) throws IOException, InterruptedException {
        List<Surveyed> partitions = new Survey(settings.configuration()).of(plan);
        Sample sample = sample(plan);
        if (console.outIsTerminal()) {
            table(plan, partitions, sample);
        } else {
            lines(plan, partitions, sample);
        }
        console.out().flush();
    }

    private Sample sample(Plan plan) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(ProcessDirectory.path(), "rolecall-sample-");
        try {
            long started = System.nanoTime();
            GatherProgress read = gathering.gather(
                    console, settings, plan, directory, () -> System.nanoTime() - started > SAMPLE.toNanos());
            double seconds = (System.nanoTime() - started) / NANOS;
            return new Sample(read.records(), read.bytes(), read.kept(), bytes(directory), seconds, read.total());
        } finally {
            DirectoryTree.delete(directory);
        }
    }

    private static long bytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(DryRun::size).sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void table(Plan plan, List<Surveyed> partitions, Sample sample) {
        PrintWriter out = console.out();
        out.printf(LINE, "SOURCE", "PARTITION", "FIRST KEPT", "RECORDS", "BYTES", "REMOTE", "");
        for (Surveyed one : partitions) {
            PlannedPartition partition = one.planned();
            Instant first = partition.firstTime();
            out.printf(
                    LINE,
                    partition.topic(),
                    partition.partition(),
                    first == null ? "-" : first,
                    String.format(Locale.ROOT, "%,d", partition.span()),
                    (one.bytes().isPresent() ? "" : "~") + size(one.bytes().orElse(bytesOf(partition, sample))),
                    percent(partition, one.remote()),
                    partition.isCold(plan.readFrom()) ? "cold: warm-up wants " + plan.readFrom() : "");
        }
        out.printf(
                Locale.ROOT,
                "%,d records, about %s at %,.0f records/s (measured %.1f s); needs about %s in the directory%n",
                sample.total(),
                sample.rate() < 1 ? "an unknown time" : Duration.ofSeconds(Math.round(sample.total() / sample.rate())),
                sample.rate(),
                sample.seconds(),
                size(sample.all(sample.disk())));
    }

    private void lines(Plan plan, List<Surveyed> partitions, Sample sample) {
        PrintWriter out = console.out();
        for (Surveyed one : partitions) {
            PlannedPartition partition = one.planned();
            ObjectNode line = JSON.createObjectNode();
            line.put("topic", partition.topic());
            line.put("partition", partition.partition());
            Instant first = partition.firstTime();
            if (first != null) {
                line.put("firstKept", first.toString());
            }
            line.put("earliestOffset", partition.earliest());
            line.put("startOffset", partition.start());
            line.put("endOffset", partition.end());
            line.put("records", partition.span());
            line.put("bytes", one.bytes().orElse(bytesOf(partition, sample)));
            line.put("bytesEstimated", one.bytes().isEmpty());
            one.remote().ifPresent(offsets -> line.put("remoteRecords", offsets));
            line.put("cold", partition.isCold(plan.readFrom()));
            line.put("heldBack", partition.isHeldBack());
            out.println(line);
        }
        ObjectNode line = JSON.createObjectNode();
        line.put("readFrom", plan.readFrom().toString());
        line.put("records", sample.total());
        line.put("measuredSeconds", Math.round(sample.seconds() * 10) / 10.0);
        line.put("measuredRecords", sample.records());
        line.put("recordsPerSecond", Math.round(sample.rate()));
        if (sample.rate() >= 1) {
            line.put("seconds", Math.round(sample.total() / sample.rate()));
        }
        line.put("kept", sample.all(sample.kept()));
        line.put("diskBytes", sample.all(sample.disk()));
        out.println(line);
    }

    /** Where the broker does not tell: as large as the records of the sample, which is without compression. */
    private static long bytesOf(PlannedPartition partition, Sample sample) {
        return sample.records() == 0 ? 0 : Math.round((double) sample.bytes() / sample.records() * partition.span());
    }

    private static String percent(PlannedPartition partition, OptionalLong remote) {
        if (remote.isEmpty()) {
            return "?";
        }
        return partition.span() == 0 ? "0 %" : Math.round(100.0 * remote.getAsLong() / partition.span()) + " %";
    }

    private static String size(long bytes) {
        if (bytes < 1_000_000) {
            return String.format(Locale.ROOT, "%,.0f KB", Math.ceil(bytes / 1e3));
        }
        return bytes < 1_000_000_000
                ? String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%,.1f GB", bytes / 1e9);
    }
}

package io.rolecall.benchmarks;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.inprocess.FeedAhead;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.inprocess.Summary;
import io.rolecall.policy.PolicyFile;
import io.rolecall.schema.Alert;
import io.rolecall.source.split.BareSplit;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Elements per second of the detector over a file, and of merely reading the same file and finding where its elements end, turn
 * by turn in one run. On a busy machine the ratio of processor time of the threads that do the work tells more than the ratio
 * of rates. Arguments: size of a corpus in MiB (default 1024), rounds (default 5), shares of sign-ins in percent
 * (default -1, which is none of what a detection needs, 55 and 60).
 */
public final class ScanThroughput {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final int MEBIBYTES = 1024;
    private static final int ROUNDS = 5;

    private ScanThroughput() {}

    /** What one pass over a corpus took and did, and what it found. */
    private record Scan(Rounds.Pass pass, String found) {}

    /**
     * Measures and prints.
     *
     * @throws IOException when the temporary directory cannot be used
     */
    public static void main(String[] arguments) throws IOException {
        int mebibytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : MEBIBYTES;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        List<Integer> shares = new ArrayList<>();
        for (int i = 2; i < arguments.length; i++) {
            shares.add(Integer.valueOf(arguments[i]));
        }
        Machine.describe(System.out);
        Path directory = Files.createTempDirectory("rolecall-benchmark-");
        for (int share : shares.isEmpty() ? List.of(Corpus.NOTHING_NEEDED, 55, 60) : shares) {
            Corpus corpus = Corpus.write(
                    directory, share == Corpus.NOTHING_NEEDED ? "quiet" : "sign-ins-" + share, mebibytes, share);
            try {
                compare(corpus, rounds, System.out);
            } finally {
                Files.delete(corpus.file());
            }
        }
        Files.delete(directory);
    }

    private static void compare(Corpus corpus, int rounds, PrintStream out) throws IOException {
        out.printf(
                Locale.ROOT,
                "%n%s: %,d elements, %,d MiB, %d alerts expected%n",
                corpus.name(),
                corpus.elements(),
                corpus.bytes() >> 20,
                corpus.truth());
        Rounds all = new Rounds(out, "floor", "scan", "elements");
        for (int round = 0; round <= rounds; round++) {
            Rounds.Pass floor = floor(corpus);
            Scan scan = scan(corpus);
            all.add(floor, scan.pass(), "; " + scan.found());
        }
        all.summarise();
    }

    private static Rounds.Pass floor(Corpus corpus) throws IOException {
        BareSplit split = new BareSplit();
        long[] elements = new long[1];
        Stopwatch watch = Stopwatch.ofThread();
        LineChunks.read(corpus.file(), lines -> elements[0] += split.count(lines));
        return new Rounds.Pass(watch.spent(), elements[0]);
    }

    private static Scan scan(Corpus corpus) throws IOException {
        try (InProcessDetector detector = new InProcessDetector(
                        DetectorConfig.DEFAULT.forFiles(),
                        Catalogue.shipped(),
                        PolicyFile.defaults(Catalogue.shipped().parameters()),
                        corpus.networks(),
                        CLOCK);
                FeedAhead feed = detector.ahead()) {
            String name = corpus.file().toString();
            int[] line = {1};
            Stopwatch watch = Stopwatch.ofThreads();
            LineChunks.read(corpus.file(), lines -> {
                var chunk = LineChunks.chunk(lines, name, line[0]);
                line[0] += chunk.lines().length;
                feed.take(chunk);
            });
            feed.summary();
            List<Alert> alerts = detector.finish();
            Stopwatch.Spent spent = watch.spent();
            Summary summary = detector.summary();
            long open = alerts.stream()
                    .filter(alert -> !alert.getStatus().equals("withdrawn"))
                    .count();
            String found = String.format(
                    Locale.ROOT,
                    "%d alerts, %,d decoded, %,d duplicate, %,d skipped, %,d rejected",
                    open,
                    summary.decoded(),
                    summary.duplicate(),
                    summary.skipped(),
                    summary.rejectedTotal());
            return new Scan(new Rounds.Pass(spent, summary.in()), found);
        }
    }
}

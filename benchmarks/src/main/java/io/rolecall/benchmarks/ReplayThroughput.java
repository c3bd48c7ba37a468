package io.rolecall.benchmarks;

import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import io.rolecall.config.DirectoryTree;
import io.rolecall.detection.Catalogue;
import io.rolecall.gather.GatherProgress;
import io.rolecall.gather.Gatherer;
import io.rolecall.gather.Snapshot;
import io.rolecall.inprocess.GatheredRun;
import io.rolecall.policy.PolicyFile;
import io.rolecall.replay.Counted;
import io.rolecall.replay.Decoding;
import io.rolecall.replay.GatheredHistory;
import io.rolecall.replay.Plan;
import io.rolecall.replay.PlanFile;
import io.rolecall.replay.Shard;
import io.rolecall.source.LogDecoder;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Records per second of gathering, and of a bare consumer of the same topic with the same settings, turn by turn in one run and in one
 * thread each; then the time to decide over what was gathered by three policies. On a busy machine the ratio of processor time of the
 * whole process, garbage collection included, tells more than that of rates; the broker is a process of its own. Arguments: size of a
 * corpus in MiB (default 512), rounds (default 3), shares of sign-ins in percent (default -1, which is none of what a detection needs,
 * and 60). The corpus of which nothing is needed is produced four times, for a run to take long enough.
 */
public final class ReplayThroughput {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final int MEBIBYTES = 512;
    private static final int ROUNDS = 3;
    private static final int PARTITIONS = 4;
    private static final int QUIET_TIMES = 4;

    /** What is gathered is judged by each of them. */
    private static final Map<String, String> POLICIES = Map.of(
            "default",
            "",
            "narrower window",
            "detections: { single-tenant-app-abuse: { window: 7d, require-external-ip: false } }",
            "fewer detections",
            "detections: { application-consent: { enabled: false }, undeclared-permission: { enabled: false } }");

    private final String bootstrap;
    private final Path directory;
    private final PrintStream out;

    private ReplayThroughput(String bootstrap, Path directory, PrintStream out) {
        this.bootstrap = bootstrap;
        this.directory = directory;
        this.out = out;
    }

    /** Reads a topic once; returns the number of records. */
    private interface Reading {
        long records() throws Exception;
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        int mebibytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : MEBIBYTES;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        List<Integer> shares = arguments.length > 2
                ? Stream.of(arguments).skip(2).map(Integer::valueOf).toList()
                : List.of(Corpus.NOTHING_NEEDED, 60);
        Machine.describe(System.out);
        Path directory = Files.createTempDirectory("rolecall-benchmark-");
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"))) {
            for (int share : shares) {
                new ReplayThroughput(broker.bootstrapServers(), directory, System.out)
                        .measure(mebibytes, rounds, share);
            }
        } finally {
            DirectoryTree.delete(directory);
        }
    }

    private void measure(int mebibytes, int rounds, int share) throws Exception {
        boolean quiet = share == Corpus.NOTHING_NEEDED;
        String name = quiet ? "quiet" : "sign-ins-" + share;
        Corpus corpus = Corpus.write(directory, name, mebibytes, share);
        int times = quiet ? QUIET_TIMES : 1;
        int records = new RawTopic(bootstrap, name, PARTITIONS).fillFrom(corpus.file(), times);
        Files.delete(corpus.file());
        out.printf(Locale.ROOT, "%n%s: %,d records, %,d MiB%n", name, records, (corpus.bytes() * times) >> 20);
        compare(name, records, rounds);
        decide(name, corpus);
    }

    private void compare(String topic, int records, int rounds) throws Exception {
        Rounds all = new Rounds(out, "bare", "gather", "records");
        for (int round = 0; round <= rounds; round++) {
            Rounds.Pass floor = timed(() -> bare(topic, records));
            Rounds.Pass gather = timed(() -> gather(topic));
            all.add(
                    floor,
                    gather,
                    String.format(
                            Locale.ROOT,
                            " (%,.0f/s a core); load %.1f",
                            gather.perProcessorSecond(),
                            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        }
        all.summarise();
    }

    private static Rounds.Pass timed(Reading reading) throws Exception {
        Stopwatch watch = Stopwatch.ofProcess();
        long records = reading.records();
        return new Rounds.Pass(watch.spent(), records);
    }

    /** With what the consumers of a replay have. */
    private long bare(String topic, int records) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "auto.offset.reset",
                        "none",
                        "isolation.level",
                        "read_committed",
                        "max.partition.fetch.bytes",
                        4 << 20,
                        "fetch.max.bytes",
                        16 << 20,
                        "receive.buffer.bytes",
                        -1,
                        "max.poll.records",
                        5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(p -> new TopicPartition(topic, p))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long read = 0;
            while (read < records) {
                read += consumer.poll(Duration.ofSeconds(10)).count();
            }
            return read;
        }
    }

    private long gather(String topic) throws IOException, InterruptedException {
        Path into = gathered(topic);
        if (Files.exists(into)) {
            DirectoryTree.delete(into);
        }
        Files.createDirectories(into);
        Configuration configuration = configuration(topic);
        Plan plan = new Snapshot(configuration)
                .take(new Snapshot.Wanted(
                        Instant.EPOCH,
                        CLOCK.instant(),
                        Instant.EPOCH,
                        decoding(configuration),
                        Shard.WHOLE,
                        Optional.of(false),
                        CLOCK.instant()));
        PlanFile.write(plan, into);
        GatherProgress progress = new Gatherer(
                        configuration, plan, into, new Gatherer.Settings(1, 0, CLOCK.instant(), System::nanoTime))
                .run(() -> false, told -> {});
        return progress.records();
    }

    private void decide(String topic, Corpus corpus) throws IOException {
        Configuration configuration = configuration(topic);
        GatheredHistory history = GatheredHistory.open(List.of(gathered(topic)), decoding(configuration));
        long kept = history.tally().get(Counted.KEPT);
        long disk = size(gathered(topic));
        out.printf(
                Locale.ROOT,
                "kept %,d elements in %,d MiB, %.0f bytes each%n",
                kept,
                disk >> 20,
                (double) disk / Math.max(1, kept));
        Catalogue catalogue = Catalogue.shipped();
        for (String name : POLICIES.keySet().stream().sorted().toList()) {
            long start = System.nanoTime();
            GatheredRun.Decided decided = new GatheredRun(
                            configuration.detector().forFiles(),
                            catalogue,
                            PolicyFile.read(name, POLICIES.getOrDefault(name, ""), catalogue.parameters()),
                            corpus.networks(),
                            CLOCK)
                    .over(history, directory);
            double seconds = (System.nanoTime() - start) / 1e9;
            out.printf(
                    Locale.ROOT,
                    "decide, %s: %.1f s, %,.0f elements/s, %d alerts%n",
                    name,
                    seconds,
                    kept / seconds,
                    decided.alerts().stream()
                            .filter(alert -> !alert.getStatus().equals("withdrawn"))
                            .count());
        }
    }

    private Path gathered(String topic) {
        return directory.resolve("gathered-" + topic);
    }

    private Configuration configuration(String topic) {
        String text = "application-id: benchmark\ntopics: {entra-audit: " + topic + ", entra-sign-in: none.2,"
                + " azure-activity: none.3, m365-audit: none.4}\nkafka: {bootstrap.servers: \"" + bootstrap
                + "\"}\nregistry: {schema.registry.url: \"mock://benchmark\"}\n";
        return ConfigFile.read("benchmark", text, Map.of());
    }

    private static Decoding decoding(Configuration configuration) {
        return Decoding.of(
                LogDecoder.VERSION,
                configuration.detector().tenantId(),
                configuration.detector().maxFuture(),
                Catalogue.shipped().operations());
    }

    private static long size(Path into) throws IOException {
        ToLongFunction<Path> length = file -> file.toFile().length();
        try (Stream<Path> files = Files.list(into)) {
            return files.mapToLong(length).sum();
        }
    }
}

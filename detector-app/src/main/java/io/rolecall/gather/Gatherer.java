package io.rolecall.gather;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.config.DetectorConfig;
import io.rolecall.deployment.AccessPlan;
import io.rolecall.deployment.BrokerTrouble;
import io.rolecall.registry.Registry;
import io.rolecall.replay.PartWriter;
import io.rolecall.replay.Plan;
import io.rolecall.replay.PlannedPartition;
import io.rolecall.replay.SourceKind;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.NeededOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Reads a plan's share into its directory, from where an earlier process stopped. */
public final class Gatherer {

    private static final long TELL_EVERY_MILLIS = 250;
    private static final long LEAST_FETCH_BYTES = 64 << 10;
    private static final long MOST_FETCH_BYTES = 4 << 20;

    private final Configuration configuration;
    private final Plan plan;
    private final Path directory;
    private final Settings settings;
    private volatile boolean failed;

    /**
     * How to read.
     *
     * @param threads threads, each with a consumer of its own; more than there are partitions do not help
     * @param bytesPerSecond what all together may read; 0 for no limit
     * @param present stands in for the time of records that have none
     * @param nanos a clock of nanoseconds
     */
    public record Settings(int threads, long bytesPerSecond, Instant present, LongSupplier nanos) {}

    public Gatherer(Configuration configuration, Plan plan, Path directory, Settings settings) {
        this.configuration = configuration;
        this.plan = plan;
        this.directory = directory;
        this.settings = settings;
    }

    /**
     * Reads to the end of the plan's share.
     *
     * @param stopped asked often whether to stop early
     * @param tell told a few times a second how far it is
     * @return how far it came
     * @throws IOException when the directory cannot be written to, or a topic is not what it was any more
     * @throws io.rolecall.deployment.DeploymentException when the broker does not answer or refuses
     */
    public GatherProgress run(BooleanSupplier stopped, Consumer<GatherProgress> tell)
            throws IOException, InterruptedException {
        List<PartWriter> writers = new ArrayList<>();
        List<PlannedPartition> share = plan.share();
        for (PlannedPartition partition : share) {
            writers.add(PartWriter.open(directory, partition));
        }
        long total = share.stream().mapToLong(PlannedPartition::span).sum();
        long before = 0;
        for (int i = 0; i < share.size(); i++) {
            before += writers.get(i).next() - share.get(i).start();
        }
        GatherProgress progress = new GatherProgress(total, before);
        List<GatherWorker> workers = workers(share, writers, progress, () -> failed || stopped.getAsBoolean());
        try {
            new BrokerTrouble(configuration, AccessPlan.ofReplay(configuration)).explained(() -> {
                work(workers, progress, tell);
                return progress;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            for (GatherWorker worker : workers) {
                worker.close();
            }
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return progress;
    }

    private void work(List<GatherWorker> workers, GatherProgress progress, Consumer<GatherProgress> tell) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, workers.size()), Gatherer::inBackground);
        try {
            CompletableFuture<?> all = CompletableFuture.allOf(workers.stream()
                    .map(worker -> CompletableFuture.runAsync(() -> run(worker), threads))
                    .toArray(CompletableFuture<?>[]::new));
            while (!isOver(all)) {
                tell.accept(progress);
            }
            tell.accept(progress);
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean isOver(CompletableFuture<?> all) {
        try {
            all.get(TELL_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void run(GatherWorker worker) {
        try {
            worker.run();
        } catch (IOException e) {
            failed = true;
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            failed = true;
            throw e;
        }
    }

    /** The longest partitions first, each to the worker that has the least to read. */
    private List<GatherWorker> workers(
            List<PlannedPartition> share, List<PartWriter> writers, GatherProgress progress, BooleanSupplier stopped) {
        int count = Math.max(1, Math.min(settings.threads(), share.size()));
        Registry registry = Registry.open(ClientProperties.registry(configuration));
        List<Intakes> intakes = new ArrayList<>();
        List<List<OpenPartition>> loads = new ArrayList<>();
        long[] sizes = new long[count];
        for (int i = 0; i < count; i++) {
            loads.add(new ArrayList<>());
            intakes.add(new Intakes(registry));
        }
        List<Integer> bySize = new ArrayList<>();
        for (int i = 0; i < share.size(); i++) {
            bySize.add(i);
        }
        bySize.sort(Comparator.comparingLong(
                i -> writers.get(i).next() - share.get(i).end()));
        for (int i : bySize) {
            int least = 0;
            for (int worker = 1; worker < count; worker++) {
                least = sizes[worker] < sizes[least] ? worker : least;
            }
            sizes[least] += share.get(i).end() - writers.get(i).next();
            loads.get(least)
                    .add(new OpenPartition(
                            share.get(i),
                            writers.get(i),
                            intakes.get(least).of(share.get(i).kind()),
                            progress));
        }
        ReplayClients clients = new ReplayClients(configuration);
        RateLimit limit = new RateLimit(settings.bytesPerSecond(), settings.nanos());
        List<GatherWorker> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            workers.add(new GatherWorker(
                    clients.consumer("gather-" + (i + 1), fetches(count)),
                    loads.get(i),
                    limit,
                    settings.nanos(),
                    stopped));
        }
        return workers;
    }

    /** Under a limit one fetch brings about a second's share, and not at once what was to be spread over minutes. */
    private Map<String, Object> fetches(int workers) {
        if (settings.bytesPerSecond() == 0) {
            return Map.of();
        }
        int share = (int) Math.max(LEAST_FETCH_BYTES, Math.min(MOST_FETCH_BYTES, settings.bytesPerSecond() / workers));
        return Map.of(
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, share, ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, share);
    }

    private static Thread inBackground(Runnable work) {
        Thread thread = new Thread(work, "gather");
        thread.setDaemon(true);
        return thread;
    }

    /** What takes the records of one worker. */
    private final class Intakes {

        private final Registry registry;
        private final RawIntake raw = new RawIntake(
                decodeSettings(), NeededOperations.of(Set.copyOf(plan.decoding().operations())), settings.present());

        Intakes(Registry registry) {
            this.registry = registry;
        }

        Intake of(SourceKind kind) {
            return switch (kind) {
                case RAW -> raw;
                case QUARANTINE -> new QuarantineIntake();
                case NETWORKS, INVENTORY, INCIDENTS, ALERTS, FACTS -> AvroIntake.of(kind, registry);
            };
        }

        /** As the service decodes. */
        private DecodeSettings decodeSettings() {
            DetectorConfig config = configuration.detector();
            DecodeSettings usual = DecodeSettings.DEFAULT;
            return new DecodeSettings(
                    config.tenantId(), config.maxFuture(), usual.maxDepth(), usual.maxElementBytes(), false);
        }
    }
}

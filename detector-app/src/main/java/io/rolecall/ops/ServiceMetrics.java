package io.rolecall.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.rolecall.config.Configuration;
import io.rolecall.config.ErrorWords;
import io.rolecall.config.FileErrors;
import io.rolecall.detection.Catalogue;
import io.rolecall.policy.Policy;
import io.rolecall.topology.DetectorObserver;
import io.rolecall.topology.LocalTasks;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of one service, in Prometheus' text format. Everything that has to be read from stores or disks is read by one thread of
 * its own, now and then; a scrape finds it in memory, in every state of Kafka Streams.
 */
public final class ServiceMetrics implements AutoCloseable {

    /** Content type of {@link #scrape}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Logger LOG = LoggerFactory.getLogger(ServiceMetrics.class);

    private final ScrapedRegistry registry = new ScrapedRegistry();
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final WatermarkMeters watermark;
    private final ServiceEvents events;
    private final LatestCounts counts = new LatestCounts();
    private final AtomicBoolean countsRegistered = new AtomicBoolean();
    private final CountMeters countMeters;
    private final Configuration configuration;
    private final Catalogue catalogue;
    private final Policy policy;
    private final StateSizes stateSizes;
    private final MultiGauge stateBytes;
    private final BackgroundThread background = new BackgroundThread("rolecall-metrics");
    private final AtomicReference<@Nullable KafkaStreamsMetrics> kafka = new AtomicReference<>();
    private final AtomicReference<@Nullable WorkWatch> watch = new AtomicReference<>();
    private final WorkProgress progress;
    private final Restoration restoration;
    private final Intervals intervals;

    /**
     * How often what.
     *
     * @param counts reading the counters from the stores
     * @param kafka looking for new metrics of Kafka's
     * @param disk adding up the files of the state
     * @param work asking how the work goes on
     */
    record Intervals(Duration counts, Duration kafka, Duration disk, Duration work) {

        static final Intervals USUAL = new Intervals(
                Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(5));
    }

    ServiceMetrics(
            Configuration configuration,
            Catalogue catalogue,
            Policy policy,
            Clock clock,
            Health health,
            WorkProgress progress,
            Restoration restoration,
            StandbyLag standbys,
            Intervals intervals) {
        this.configuration = configuration;
        this.catalogue = catalogue;
        this.policy = policy;
        this.progress = progress;
        this.restoration = restoration;
        this.intervals = intervals;
        this.stateSizes = new StateSizes(
                configuration.stateDir().resolve(configuration.detector().applicationId()));
        registry.config()
                .meterFilter(new KafkaMetricFilter(configuration.detector().topics()));
        this.watermark = new WatermarkMeters(registry, configuration.detector().holdAtMost());
        this.events = new ServiceEvents(registry, configuration.detector().topics(), watermark, clock);
        this.countMeters = new CountMeters(registry, counts);
        this.stateBytes = MultiGauge.builder("rolecall.state.bytes")
                .description("Bytes on disk of the state of this process, by store")
                .register(registry);
        registerProcess();
        new ServiceGauges(registry, clock).register(health, progress, restoration, standbys, policy);
    }

    private void registerProcess() {
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new DiskSpaceMetrics(configuration.stateDir().toAbsolutePath().toFile()).bindTo(registry);
        Gauge.builder("rolecall.build.info", () -> 1)
                .description("1, with what is running")
                .tags("version", BuildInfo.version(), "java", BuildInfo.java(), "kafka", AppInfoParser.getVersion())
                .register(registry);
    }

    /** Where the topology tells what happens. */
    public DetectorObserver observer() {
        return events;
    }

    /** Adds the metrics of these streams, and of the counters in their stores; to be called once, before they are started. */
    void watch(KafkaStreams streams) {
        KafkaStreamsMetrics binder =
                new KafkaStreamsMetrics(streams, List.of(), background.executor(), intervals.kafka());
        kafka.set(binder);
        binder.bindTo(registry);
        LocalTasks tasks = new LocalTasks(streams, configuration.detector());
        WorkWatch work = new WorkWatch(streams, tasks, configuration, progress, restoration, registry);
        watch.set(work);
        work.start(intervals.work());
        repeat(intervals.counts(), () -> refreshCounts(streams, tasks, work));
        repeat(intervals.disk(), this::refreshDisk);
    }

    private void repeat(Duration interval, Runnable work) {
        background.repeat(Duration.ZERO, interval, work, e -> LOG.atWarn()
                .addKeyValue("reason", ErrorWords.of(e))
                .setCause(e)
                .log("Some metrics could not be brought up to date"));
    }

    private void refreshCounts(KafkaStreams streams, LocalTasks tasks, WorkWatch work) {
        watermark.refresh();
        counts.refresh(streams, tasks, work.others());
        if (counts.get().isPresent() && countsRegistered.compareAndSet(false, true)) {
            countMeters.register(configuration.detector().topics(), catalogue, policy);
        }
    }

    private void refreshDisk() {
        try {
            List<Row<?>> rows = stateSizes.byStore().entrySet().stream()
                    .<Row<?>>map(store -> Row.of(Tags.of("store", store.getKey()), store.getValue()))
                    .toList();
            stateBytes.register(rows, true);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("reason", FileErrors.cause(e))
                    .setCause(e)
                    .log("The size of the state on disk cannot be told");
        }
    }

    /** Entries of the table of networks. */
    int networks() {
        return events.networks();
    }

    /** Where the low watermark of the logs stands. */
    Map<String, Object> watermark() {
        return watermark.fields();
    }

    /** All metrics in Prometheus' text format. */
    public String scrape() {
        return Objects.requireNonNull(registry.scrape());
    }

    /** Stops reading; to be called before the streams are closed, so that nothing is read from a store that is going. */
    @Override
    public void close() {
        WorkWatch work = watch.getAndSet(null);
        if (work != null) {
            work.close();
        }
        background.close(); // interrupts no reading of a store: that waits for nothing
        KafkaStreamsMetrics binder = kafka.getAndSet(null);
        if (binder != null) {
            binder.close();
        }
        collections.close();
        registry.close();
    }
}

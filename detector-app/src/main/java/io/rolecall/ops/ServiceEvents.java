package io.rolecall.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.rolecall.config.Topics;
import io.rolecall.schema.Alert;
import io.rolecall.state.LowWatermark;
import io.rolecall.topology.DetectorObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes metrics of what the topology tells while it works. In memory only: it starts from nothing with each process. */
final class ServiceEvents implements DetectorObserver {

    /** The log sources of the normalised event (its field {@code source}). */
    private static final List<String> SOURCES = List.of("entra-audit", "entra-sign-in", "azure-activity", "m365-audit");

    private static final List<String> STATUSES = List.of("open", "suppressed", "contained", "withdrawn");

    private final Map<String, Instant> lastRecord = new ConcurrentHashMap<>();
    private final Map<String, Instant> newestEvent = new ConcurrentHashMap<>();
    private final AtomicInteger networks = new AtomicInteger();
    private final Map<String, Counter> published = new ConcurrentHashMap<>();
    private final MeterRegistry registry;
    private final Clock clock;
    private final Timer latency;
    private final Counter refused;
    private final WatermarkMeters watermark;

    ServiceEvents(MeterRegistry registry, Topics topics, WatermarkMeters watermark, Clock clock) {
        this.watermark = watermark;
        this.registry = registry;
        this.clock = clock;
        this.latency = Timer.builder("rolecall.detection.latency")
                .description(
                        "From the timestamp of a raw record in Kafka to the revision of an alert that it led to at once")
                .serviceLevelObjectives(buckets())
                .register(registry);
        this.refused = Counter.builder("rolecall.networks.refused")
                .description("Records of the networks topic that could not be used")
                .register(registry);
        Gauge.builder("rolecall.networks.entries", networks, AtomicInteger::get)
                .description("Entries of the table of the organisation's networks")
                .register(registry);
        STATUSES.forEach(this::revisions);
        Instant started = clock.instant();
        topics.rawLogs()
                .forEach(topic -> age(
                        "rolecall.source.silent",
                        "Time since the last record of a raw topic, or since this process began without one",
                        "topic",
                        topic,
                        () -> later(started, lastRecord.getOrDefault(topic, started))));
        SOURCES.forEach(source -> age(
                "rolecall.event.time.lag",
                "Time since the newest event of a log source happened; not a number until there is one",
                "source",
                source,
                () -> newestEvent.get(source)));
    }

    private static Duration[] buckets() {
        return List.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000).stream()
                .map(Duration::ofMillis)
                .toArray(Duration[]::new);
    }

    private void age(String name, String description, String tag, String value, Supplier<@Nullable Instant> since) {
        Gauge.builder(name, () -> {
                    Instant then = since.get();
                    return then == null
                            ? Double.NaN
                            : Duration.between(then, clock.instant()).toMillis() / 1_000.0;
                })
                .description(description)
                .baseUnit("seconds")
                .tag(tag, value)
                .register(registry);
    }

    @Override
    public void recordRead(String topic, Instant timestamp) {
        lastRecord.merge(topic, timestamp, ServiceEvents::later);
    }

    @Override
    public void eventDecoded(String source, Instant eventTime) {
        newestEvent.merge(source, eventTime, ServiceEvents::later);
    }

    @Override
    public void alertPublished(Alert alert) {
        revisions(alert.getStatus()).increment();
    }

    @Override
    public void alertDelay(Duration sinceIngest) {
        latency.record(sinceIngest);
    }

    @Override
    public void watermarkStands(int task, LowWatermark.Standing standing) {
        watermark.stands(task, standing);
    }

    @Override
    public void watermarkLeft(int task) {
        watermark.left(task);
    }

    @Override
    public void networkRefused(String position, String reason) {
        refused.increment();
    }

    @Override
    public void networksChanged(int entries) {
        networks.set(entries);
    }

    /** Entries of the table of networks. */
    int networks() {
        return networks.get();
    }

    private Counter revisions(String status) {
        return published.computeIfAbsent(status, name -> Counter.builder("rolecall.alert.revisions")
                .description("Revisions of alerts published by this process, by the status they give")
                .tag("status", name)
                .register(registry));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

package io.rolecall.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.rolecall.state.LowWatermark.Standing;
import io.rolecall.state.SourcePartition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the low watermark of the histories of this process stands, for metrics, {@code /info} and the log: of several tasks that of
 * the last one. In memory only.
 */
final class WatermarkMeters {

    private static final Logger LOG = LoggerFactory.getLogger(WatermarkMeters.class);

    private static final Comparator<Standing> LEAST =
            Comparator.comparing(standing -> standing.time().orElse(Instant.MIN));

    private final Map<Integer, Standing> byTask = new ConcurrentHashMap<>();
    private final Set<SourcePartition> passed = ConcurrentHashMap.newKeySet();
    private final Duration holdAtMost;
    private final Counter forced;
    private final MultiGauge slowest;

    /** @param holdAtMost as configured, for the log */
    WatermarkMeters(MeterRegistry registry, Duration holdAtMost) {
        this.holdAtMost = holdAtMost;
        this.forced = Counter.builder("rolecall.watermark.held.too.long")
                .description("Times the low watermark went on without a partition that held it longer than it may")
                .register(registry);
        this.slowest = MultiGauge.builder("rolecall.watermark.held")
                .description("Event time that a partition holds the low watermark behind the newest event")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("rolecall.watermark.forced", this, meters -> meters.isForced() ? 1 : 0)
                .description(
                        "1 while the low watermark goes on without a partition that would hold it longer than it may")
                .register(registry);
        Gauge.builder("rolecall.watermark", this, WatermarkMeters::seconds)
                .description(
                        "The low watermark of the logs, seconds since 1970; not a number while a partition holds it"
                                + " at the beginning")
                .baseUnit("seconds")
                .register(registry);
    }

    void stands(int task, Standing standing) {
        byTask.put(task, standing);
        if (standing.forced()) {
            standing.slowest().filter(passed::add).ifPresent(this::tell);
        } else if (!isForced()) {
            passed.clear();
        }
    }

    void left(int task) {
        byTask.remove(task);
    }

    private void tell(SourcePartition partition) {
        forced.increment();
        LOG.atWarn()
                .addKeyValue("partition", partition)
                .addKeyValue("holdAtMostDays", holdAtMost.toDays())
                .log(
                        "A partition of the logs holds the low watermark further behind the newest event than 'hold-at-most', so state"
                                + " expires without it and what it still has to tell may be refused as late. Is its exporter stopped,"
                                + " or does nobody read the partition? See 'The low watermark' in docs/operations.md");
    }

    /** Brings up to date which partition holds it; not for every fact. */
    void refresh() {
        List<Row<?>> rows = last().stream()
                .flatMap(standing -> standing.slowest().stream().flatMap(partition -> behind(standing).stream()
                        .<Row<?>>map(behind -> Row.of(
                                Tags.of("topic", partition.topic(), "partition", Integer.toString(partition.number())),
                                behind.toSeconds()))))
                .toList();
        slowest.register(rows, true);
    }

    /** For {@code /info}; empty while this process has no history. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        last().ifPresent(standing -> {
            standing.time().ifPresent(time -> fields.put("eventTime", time.toString()));
            standing.newest().ifPresent(time -> fields.put("newestEventTime", time.toString()));
            standing.slowest().ifPresent(partition -> fields.put("slowestPartition", partition.toString()));
            behind(standing).ifPresent(behind -> fields.put("behindSeconds", behind.toSeconds()));
            fields.put("forced", standing.forced());
        });
        return fields;
    }

    private boolean isForced() {
        return byTask.values().stream().anyMatch(Standing::forced);
    }

    private double seconds() {
        return last().flatMap(Standing::time)
                .map(time -> time.toEpochMilli() / 1_000.0)
                .orElse(Double.NaN);
    }

    private Optional<Standing> last() {
        return byTask.values().stream().min(LEAST);
    }

    private static Optional<Duration> behind(Standing standing) {
        return standing.time()
                .flatMap(time -> standing.newest().map(newest -> Duration.between(time, newest)))
                .map(behind -> behind.isNegative() ? Duration.ZERO : behind);
    }
}

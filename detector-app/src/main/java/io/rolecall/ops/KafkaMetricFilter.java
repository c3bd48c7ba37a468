package io.rolecall.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.rolecall.config.Topics;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of the metrics of Kafka's clients and of Kafka Streams are exported. A small application has some 1,600 time series, most of
 * them of no use to anybody; these are the ones that the runbook, the alert rules and the dashboard speak of (docs/operations.md).
 *
 * <p>RocksDB's own properties ({@code total-sst-files-size}, {@code estimate-num-keys}, {@code block-cache-usage} and their like) are
 * left out on purpose: Kafka's gauges for them reach into native memory from the thread of the scrape, and nothing keeps the store
 * from being closed meanwhile by a task that moves away. {@link StateSizes} tells the bytes on disk instead.
 */
final class KafkaMetricFilter implements MeterFilter {

    private static final String PREFIX = "kafka.";

    /** Names as Micrometer's binder makes them of group and name of Kafka's metric. */
    private static final Set<String> ALLOWED = Set.of(
            // Kafka Streams: client and threads
            "kafka.stream.client.state",
            "kafka.stream.alive.stream.threads",
            "kafka.stream.failed.stream.threads",
            "kafka.stream.thread.process.ratio",
            "kafka.stream.thread.poll.ratio",
            "kafka.stream.thread.commit.ratio",
            "kafka.stream.thread.commit.latency.max",
            "kafka.stream.thread.blocked.time.ns.total",
            "kafka.stream.thread.task.closed.rate",
            // tasks, nodes and topics
            "kafka.stream.task.dropped.records.total",
            "kafka.stream.task.active.process.ratio",
            "kafka.stream.task.restore.remaining.records.total",
            "kafka.stream.processor.node.record.e2e.latency.avg",
            "kafka.stream.processor.node.record.e2e.latency.max",
            "kafka.stream.topic.records.consumed.total",
            "kafka.stream.topic.records.produced.total",
            // stores and their restoration
            "kafka.stream.state.num.open.iterators",
            "kafka.stream.state.block.cache.data.hit.ratio",
            "kafka.stream.state.write.stall.duration.total",
            "kafka.stream.state.updater.active.restoring.tasks",
            "kafka.stream.state.updater.active.restore.ratio",
            "kafka.stream.state.updater.standby.update.ratio",
            "kafka.stream.state.updater.restore.records.rate",
            // consumers and producers
            "kafka.consumer.fetch.manager.records.lag",
            "kafka.consumer.last.poll.seconds.ago",
            "kafka.consumer.coordinator.rebalance.total",
            "kafka.consumer.coordinator.failed.rebalance.total",
            "kafka.producer.record.error.total",
            "kafka.producer.record.retry.total",
            "kafka.producer.txn.abort.time.ns.total");

    /** Where the time since a record's arrival says something: at the two inputs, and where an alert leaves. */
    private static final Set<String> NODES = Set.of("raw-logs", "app-events", "alerts-sink");

    private final Set<String> deprecatedTopics;

    /** @param topics topics that this service reads */
    KafkaMetricFilter(Topics topics) {
        this.deprecatedTopics = Stream.of(
                        topics.entraAudit(),
                        topics.entraSignIn(),
                        topics.azureActivity(),
                        topics.m365Audit(),
                        topics.networks(),
                        topics.appEvents())
                .filter(topic -> topic.contains("."))
                .map(topic -> topic.replace('.', '_'))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        boolean wanted = !id.getName().startsWith(PREFIX)
                || (ALLOWED.contains(id.getName()) && !isRepeated(id) && isOfInterest(id));
        return wanted ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
    }

    /** Until Kafka 5 the consumer has the lag of a topic with dots twice, once with underscores in its name (KIP-1109). */
    private boolean isRepeated(Meter.Id id) {
        String topic = id.getTag("topic");
        return topic != null && deprecatedTopics.contains(topic);
    }

    private static boolean isOfInterest(Meter.Id id) {
        String node = id.getTag("processor.node.id");
        return node == null || NODES.contains(node);
    }
}

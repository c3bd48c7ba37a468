package io.rolecall.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.rolecall.ops.GroupInput.Waiting;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/**
 * What waits for the tasks of this instance, by topic, as the broker tells it. Kafka's own {@code records-lag} goes when a partition is
 * taken away or not yet given, which is when one wants to know; a topic that was shown once stays, at zero when its tasks have moved.
 */
final class UnreadGauges {

    private final MeterRegistry registry;
    private final Map<String, AtomicLong> byTopic = new ConcurrentHashMap<>();

    UnreadGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    void show(Map<TopicPartition, Waiting> waiting) {
        Map<String, Long> sums = new HashMap<>();
        waiting.forEach((partition, known) -> sums.merge(partition.topic(), known.unread(), Long::sum));
        byTopic.forEach((topic, shown) -> shown.set(sums.getOrDefault(topic, 0L)));
        sums.forEach((topic, unread) ->
                byTopic.computeIfAbsent(topic, this::register).set(unread));
    }

    private AtomicLong register(String topic) {
        AtomicLong shown = new AtomicLong();
        Gauge.builder("rolecall.unread.records", shown, AtomicLong::get)
                .description("Committed records that wait for the tasks of this instance, as the broker last told it")
                .tag("topic", topic)
                .register(registry);
        return shown;
    }
}

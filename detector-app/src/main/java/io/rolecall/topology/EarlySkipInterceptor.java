package io.rolecall.topology;

import io.rolecall.source.split.EarlySkip;
import io.rolecall.source.split.NeededOperations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out, before Kafka Streams queues them one by one, records of raw logs that no detection needs; what remains says how many
 * came behind it.
 *
 * <p>The first and the last record of a partition in a batch always remain. The last, because Kafka Streams commits only partitions
 * of which it has seen records. The first, because what is committed is the offset of the next record in the queue: a record left
 * out has to be counted with the one before it, which is processed in the same transaction or an earlier one, and never with the
 * one after it. See {@code docs/decisions/early-skip-before-streams.md}.
 */
public final class EarlySkipInterceptor implements ConsumerInterceptor<byte[], byte[]> {

    /** Topics of raw logs, separated by commas. */
    static final String TOPICS = "rolecall.early-skip.topics";

    /** What is worth decoding: a {@link NeededOperations}; without it nothing is left out. */
    static final String NEEDED = "rolecall.early-skip.needed";

    private EarlySkip skip = new EarlySkip(operation -> true);
    private Set<String> topics = Set.of();
    private @Nullable StreamConsumers consumers;

    @Override
    public void configure(Map<String, ?> properties) {
        Object names = properties.get(TOPICS);
        topics = names == null ? Set.of() : Set.of(names.toString().split(","));
        if (properties.get(NEEDED) instanceof NeededOperations needed) {
            skip = new EarlySkip(needed);
        }
        if (properties.get(StreamConsumers.PROPERTY) instanceof StreamConsumers told) {
            consumers = told;
        }
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> remaining = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> batch = records.records(partition);
            boolean isRaw = topics.contains(partition.topic());
            remaining.put(partition, isRaw ? remaining(batch) : batch);
            if (isRaw && consumers != null && !batch.isEmpty()) {
                consumers.fetched(partition, batch.get(batch.size() - 1).offset());
            }
        }
        return new ConsumerRecords<>(remaining, records.nextOffsets());
    }

    private List<ConsumerRecord<byte[], byte[]>> remaining(List<ConsumerRecord<byte[], byte[]>> batch) {
        List<ConsumerRecord<byte[], byte[]>> remaining = new ArrayList<>();
        int last = batch.size() - 1;
        int skipped = 0;
        for (int i = 0; i <= last; i++) {
            ConsumerRecord<byte[], byte[]> record = batch.get(i);
            if (i > 0 && i < last && skip.skips(record.value())) {
                skipped++;
                continue;
            }
            if (skipped > 0) {
                SkippedRecords.write(remaining.get(remaining.size() - 1).headers(), skipped);
                skipped = 0;
            }
            SkippedRecords.clear(record.headers());
            remaining.add(record);
        }
        return remaining;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // What is committed concerns nobody here.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}

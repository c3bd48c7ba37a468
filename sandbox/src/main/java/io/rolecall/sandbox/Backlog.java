package io.rolecall.sandbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What a group has not yet read of its topics: those it was given, and all that it reads besides. */
final class Backlog implements AutoCloseable {

    private static final int FIRST_PARTITION = 0;

    private final Admin admin;
    private final String group;
    private final Collection<String> topics;

    /** @param topics topics of one partition that the group must have read, though it may not yet have begun */
    Backlog(Map<String, Object> properties, String group, Collection<String> topics) {
        this.admin = Admin.create(properties);
        this.group = group;
        this.topics = topics;
    }

    /**
     * Number of committed records that the group has not read, by what it has committed itself.
     *
     * @throws KafkaException when the broker does not tell
     */
    long records() throws InterruptedException {
        try {
            Map<TopicPartition, Long> read = read();
            var ends = admin.listOffsets(
                            read.keySet().stream()
                                    .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())),
                            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get();
            return ends.entrySet().stream()
                    .mapToLong(end -> Math.max(0, end.getValue().offset() - read.getOrDefault(end.getKey(), 0L)))
                    .sum();
        } catch (ExecutionException e) {
            throw new KafkaException("The progress of the service cannot be seen: " + e.getCause(), e.getCause());
        }
    }

    private Map<TopicPartition, Long> read() throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> read = new HashMap<>();
        topics.forEach(topic -> read.put(new TopicPartition(topic, FIRST_PARTITION), 0L));
        Map<TopicPartition, @Nullable OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        committed.forEach((partition, offset) -> read.put(partition, offset == null ? 0 : offset.offset()));
        return read;
    }

    @Override
    public void close() {
        admin.close();
    }
}

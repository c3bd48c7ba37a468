package io.rolecall.gather;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** The time of the first record that a partition still has: how far back it really goes, whatever its retention is set to. */
final class FirstRecords {

    private static final Duration POLL = Duration.ofMillis(500);

    /** Half a minute in which no partition gives anything out: what is still unknown then stays it. */
    private static final int MOST_EMPTY_POLLS = 60;

    private final ReplayClients clients;

    FirstRecords(ReplayClients clients) {
        this.clients = clients;
    }

    /**
     * Reads one record of each partition.
     *
     * @param earliest first offset of each
     * @param ends end of each
     * @return timestamp of the record, negative where it has none; partitions without a record are missing
     */
    Map<TopicPartition, Long> times(Map<TopicPartition, Long> earliest, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = new HashMap<>();
        Set<TopicPartition> open = new HashSet<>();
        earliest.forEach((partition, first) -> {
            if (first < ends.getOrDefault(partition, 0L)) {
                open.add(partition);
            }
        });
        if (open.isEmpty()) {
            return times;
        }
        // One record is wanted of each; the broker sends a batch at least, however small the bound.
        Map<String, Object> little =
                Map.of(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
        try (Consumer<byte[], byte[]> consumer = clients.consumer("first", little)) {
            consumer.assign(open);
            open.forEach(partition -> consumer.seek(partition, earliest.getOrDefault(partition, 0L)));
            int empty = 0;
            while (!open.isEmpty() && empty < MOST_EMPTY_POLLS) {
                empty = step(consumer, open, ends, times) ? 0 : empty + 1;
            }
        }
        return times;
    }

    private static boolean step(
            Consumer<byte[], byte[]> consumer,
            Set<TopicPartition> open,
            Map<TopicPartition, Long> ends,
            Map<TopicPartition, Long> times) {
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                times.putIfAbsent(new TopicPartition(record.topic(), record.partition()), record.timestamp());
            }
        } catch (OffsetOutOfRangeException e) {
            consumer.beginningOffsets(e.offsetOutOfRangePartitions().keySet()).forEach(consumer::seek);
        }
        boolean any = open.removeIf(partition ->
                times.containsKey(partition) || consumer.position(partition) >= ends.getOrDefault(partition, 0L));
        if (any) {
            consumer.assign(open);
        }
        return any;
    }
}

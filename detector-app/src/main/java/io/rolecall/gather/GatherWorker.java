package io.rolecall.gather;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads some partitions to their ends, in one thread with a consumer of its own. A partition is at its end when the consumer's
 * position is, and not when a last record was seen: the last offsets may be markers of transactions, which no poll returns.
 */
final class GatherWorker {

    private static final Duration POLL = Duration.ofMillis(500);

    /** How much a kill costs at most, beside what is being fetched. */
    private static final long SYNC_NANOS = Duration.ofSeconds(2).toNanos();

    /** In so long something comes, or somebody has to look: a topic that is gone is waited for without an error. */
    private static final long PATIENCE_NANOS = Duration.ofMinutes(3).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, OpenPartition> open = new HashMap<>();
    private final RateLimit limit;
    private final LongSupplier nanos;
    private final BooleanSupplier stopped;
    private long syncedAt;
    private long movedAt;

    /** @param stopped asked after every fetch whether to stop early */
    GatherWorker(
            Consumer<byte[], byte[]> consumer,
            Collection<OpenPartition> partitions,
            RateLimit limit,
            LongSupplier nanos,
            BooleanSupplier stopped) {
        this.consumer = consumer;
        partitions.forEach(partition -> open.put(partition.name(), partition));
        this.limit = limit;
        this.nanos = nanos;
        this.stopped = stopped;
        this.syncedAt = nanos.getAsLong();
        this.movedAt = syncedAt;
    }

    /** Reads them all, or until it is stopped; what was read is then made last. */
    void run() throws IOException {
        closeWhatIsRead();
        consumer.assign(open.keySet());
        open.forEach((name, partition) -> consumer.seek(name, partition.next()));
        while (!open.isEmpty() && !stopped.getAsBoolean()) {
            step();
        }
        for (OpenPartition partition : open.values()) {
            partition.sync();
        }
    }

    private void step() throws IOException {
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            passDeleted(e.offsetOutOfRangePartitions());
            return;
        }
        long bytes = 0;
        for (TopicPartition name : records.partitions()) {
            OpenPartition partition = open.get(name);
            List<ConsumerRecord<byte[], byte[]>> fetched = records.records(name);
            if (partition != null) {
                partition.take(fetched);
            }
            for (ConsumerRecord<byte[], byte[]> record : fetched) {
                bytes += Math.max(0, record.serializedValueSize());
            }
        }
        boolean moved = !records.isEmpty();
        for (Map.Entry<TopicPartition, OpenPartition> entry : open.entrySet()) {
            long before = entry.getValue().next();
            entry.getValue().standsAt(consumer.position(entry.getKey()));
            moved |= entry.getValue().next() > before;
        }
        requireMoving(moved);
        if (closeWhatIsRead()) {
            consumer.assign(open.keySet());
        }
        if (nanos.getAsLong() - syncedAt >= SYNC_NANOS) {
            for (OpenPartition partition : open.values()) {
                partition.sync();
            }
            syncedAt = nanos.getAsLong();
        }
        limit.took(bytes);
    }

    private void requireMoving(boolean moved) {
        if (moved) {
            movedAt = nanos.getAsLong();
        } else if (nanos.getAsLong() - movedAt > PATIENCE_NANOS) {
            throw new TimeoutException("Nothing has come for minutes of " + open.keySet());
        }
    }

    private boolean closeWhatIsRead() throws IOException {
        boolean any = false;
        for (OpenPartition partition : List.copyOf(open.values())) {
            if (partition.isRead()) {
                partition.sync();
                partition.close();
                open.remove(partition.name());
                any = true;
            }
        }
        return any;
    }

    /** Goes on at the first offset that is kept where the next one is not any more. */
    private void passDeleted(Map<TopicPartition, Long> positions) throws IOException {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(positions.keySet());
        for (Map.Entry<TopicPartition, Long> at : positions.entrySet()) {
            OpenPartition partition = open.get(at.getKey());
            long beginning = beginnings.getOrDefault(at.getKey(), 0L);
            if (partition == null) {
                continue;
            }
            if (beginning <= at.getValue()) {
                throw new IOException(at.getKey() + " has no offset " + at.getValue()
                        + " any more, and the plan reads to " + partition.end()
                        + ": the topic was made anew or its log cut; gather it again into another directory");
            }
            partition.deletedBefore(beginning);
            consumer.seek(at.getKey(), partition.next());
        }
        if (closeWhatIsRead()) {
            consumer.assign(open.keySet());
        }
    }

    void close() throws IOException {
        for (OpenPartition partition : open.values()) {
            partition.close();
        }
        consumer.close();
    }
}

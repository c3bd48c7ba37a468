package io.rolecall.gather;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Offsets of partitions as the brokers tell them. */
final class LogOffsets {

    private final Admin admin;

    LogOffsets(Admin admin) {
        this.admin = admin;
    }

    /** End of what readers of committed records may see: no open transaction lies before it. */
    Map<TopicPartition, Long> lastStable(Collection<TopicPartition> partitions) {
        return list(partitions, OffsetSpec::latest, IsolationLevel.READ_COMMITTED);
    }

    Map<TopicPartition, Long> highWatermark(Collection<TopicPartition> partitions) {
        return list(partitions, OffsetSpec::latest, IsolationLevel.READ_UNCOMMITTED);
    }

    Map<TopicPartition, Long> earliest(Collection<TopicPartition> partitions) {
        return list(partitions, OffsetSpec::earliest, IsolationLevel.READ_UNCOMMITTED);
    }

    /** First offset that lies on a broker's own disk; fails on brokers that do not tell. */
    Map<TopicPartition, Long> earliestLocal(Collection<TopicPartition> partitions) {
        return list(partitions, OffsetSpec::earliestLocal, IsolationLevel.READ_UNCOMMITTED);
    }

    /** First offset of a record of this time or later; -1 where there is none. */
    Map<TopicPartition, Long> from(Collection<TopicPartition> partitions, long millis) {
        return list(partitions, () -> OffsetSpec.forTimestamp(millis), IsolationLevel.READ_COMMITTED);
    }

    private Map<TopicPartition, Long> list(
            Collection<TopicPartition> partitions, Supplier<OffsetSpec> spec, IsolationLevel isolation) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec.get()));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> answers = await(
                admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all());
        answers.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    /** The answer of the broker, or the exception that it is, without wrapping. The client's own time limit bounds the wait. */
    static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}

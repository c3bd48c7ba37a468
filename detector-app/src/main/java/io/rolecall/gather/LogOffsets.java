package io.rolecall.gather;

import io.rolecall.deployment.Clients;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

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
        Map<TopicPartition, ListOffsetsResultInfo> answers = Clients.await(
                admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all());
        answers.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }
}

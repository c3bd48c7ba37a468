package io.rolecall.ops;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.TaskId;

/** How far the standby copies on this process lie behind: what a takeover would have to read first. */
final class StandbyLag implements StandbyUpdateListener {

    private final Map<TopicPartition, Long> behind = new ConcurrentHashMap<>();

    /** How far it is behind is known from the first batch on. */
    @Override
    public void onUpdateStart(TopicPartition partition, String store, long startingOffset) {
        behind.put(partition, 0L);
    }

    @Override
    public void onBatchLoaded(
            TopicPartition partition, String store, TaskId task, long batchEnd, long records, long changelogEnd) {
        behind.put(partition, Math.max(0, changelogEnd - batchEnd));
    }

    @Override
    public void onUpdateSuspended(
            TopicPartition partition, String store, long storeOffset, long changelogEnd, SuspendReason reason) {
        behind.remove(partition);
    }

    /** Records of all standby copies together. */
    long records() {
        return behind.values().stream().mapToLong(Long::longValue).sum();
    }
}

package io.rolecall.ops;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** How far the state of this process is rebuilt from its changelogs. A store shows here only while it is being restored. */
public final class Restoration implements StateRestoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

    /**
     * Records of a changelog.
     *
     * @param partitions partitions of the store that are being restored
     * @param restored records read so far
     * @param total records to read, offsets taken up by transaction markers included
     */
    public record Progress(int partitions, long restored, long total) {

        private Progress with(Progress other) {
            return new Progress(partitions + other.partitions, restored + other.restored, total + other.total);
        }

        private Progress further(long records) {
            return new Progress(partitions, restored + records, total);
        }
    }

    private record Changelog(TopicPartition partition, String store) {}

    private final Map<Changelog, Progress> underWay = new ConcurrentHashMap<>();

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long startingOffset, long endingOffset) {
        underWay.put(new Changelog(partition, store), new Progress(1, 0, endingOffset - startingOffset));
        LOG.atDebug()
                .addKeyValue("store", store)
                .addKeyValue("partition", partition.partition())
                .addKeyValue("records", endingOffset - startingOffset)
                .log("Restoring a store");
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long batchEndOffset, long records) {
        underWay.computeIfPresent(new Changelog(partition, store), (key, progress) -> progress.further(records));
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long totalRestored) {
        underWay.remove(new Changelog(partition, store));
        LOG.atLevel(totalRestored > 0 ? Level.INFO : Level.DEBUG)
                .addKeyValue("store", store)
                .addKeyValue("partition", partition.partition())
                .addKeyValue("records", totalRestored)
                .log("A store is restored");
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long totalRestored) {
        underWay.remove(new Changelog(partition, store));
    }

    /** What is being restored, by store; empty when all is there. */
    public Map<String, Progress> byStore() {
        Map<String, Progress> byStore = new TreeMap<>();
        underWay.forEach((changelog, progress) -> byStore.merge(changelog.store(), progress, Progress::with));
        return byStore;
    }

    /** Records still to read, of all stores together. */
    public long remaining() {
        return underWay.values().stream()
                .mapToLong(progress -> Math.max(0, progress.total() - progress.restored()))
                .sum();
    }
}

package io.rolecall.topology;

import io.rolecall.network.PrefixAddressTable;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.source.split.Rejected;
import io.rolecall.state.Names;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Makes the address table from the network topic. A record that is no network is refused on its own: the table keeps what it had
 * under the key, and a task of the correlate step puts the record into the quarantine, because a global store can send nothing on.
 * Since Kafka 3.8 (KAFKA-7663) restored records pass through {@link #process} too.
 */
final class NetworksProcessor extends OpenedProcessor<String, byte[], Void, Void, NetworksProcessor.Task> {

    /** What the task of the global store works with. */
    record Task(ProcessorContext<Void, Void> context, KeyValueStore<String, byte[]> store) {}

    private final NetworkTable table;
    private final TopicSerdes serdes;
    private final DetectorObserver observer;
    private final QuarantineNotices notices;

    NetworksProcessor(NetworkTable table, TopicSerdes serdes, DetectorObserver observer, QuarantineNotices notices) {
        this.table = table;
        this.serdes = serdes;
        this.observer = observer;
        this.notices = notices;
    }

    @Override
    Task open(ProcessorContext<Void, Void> context) {
        return new Task(context, context.getStateStore(Names.NETWORKS));
    }

    @Override
    void process(Task task, Record<String, byte[]> record) {
        RecordMetadata metadata = task.context().recordMetadata().orElseThrow();
        if (record.key() == null) {
            refuse(task, record, metadata, "an entry needs a key, CIDR|validFrom");
        } else if (record.value() == null) {
            task.store().delete(record.key());
            table.put(record.key(), null);
            observer.networksChanged(table.size());
        } else {
            try {
                table.put(record.key(), read(metadata.topic(), record.key(), record.value()));
                task.store().put(record.key(), record.value());
                observer.networksChanged(table.size());
            } catch (RuntimeException e) {
                if (!serdes.isBadRecord(e)) {
                    throw e;
                }
                refuse(task, record, metadata, String.valueOf(e.getMessage()));
            }
        }
    }

    /** @throws IllegalArgumentException when it is no valid network, or lies under another one's key */
    private OrgNetwork read(String topic, String key, byte[] value) {
        return PrefixAddressTable.valid(key, serdes.networks().deserializer().deserialize(topic, value));
    }

    private void refuse(Task task, Record<String, byte[]> record, RecordMetadata metadata, String reason) {
        byte[] value = record.value();
        long nowMillis = task.context().currentSystemTimeMs();
        String position = QuarantineRecords.positionOf(metadata);
        Rejected rejected = QuarantineRecords.unreadable(position, value == null ? new byte[0] : value, reason);
        table.refuse(rejected);
        notices.add(new Routed.Quarantine(rejected, QuarantineRemedies.NETWORKS, null), nowMillis);
        observer.networkRefused(position, reason);
    }
}

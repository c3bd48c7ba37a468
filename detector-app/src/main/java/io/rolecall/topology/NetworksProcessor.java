package io.rolecall.topology;

import io.rolecall.network.PrefixAddressTable;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.source.split.Rejected;
import io.rolecall.state.Names;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the address table from the network topic. A record that is no network is refused on its own: the table keeps what it had
 * under the key, and a task of the correlate step puts the record into the quarantine, because a global store can send nothing on.
 * Since Kafka 3.8 (KAFKA-7663) restored records pass through {@link #process} too.
 */
final class NetworksProcessor extends OpenedProcessor<String, byte[], Void, Void, NetworksProcessor.Task> {

    private static final Logger LOG = LoggerFactory.getLogger(NetworksProcessor.class);

    /** What the task of the global store works with. */
    record Task(ProcessorContext<Void, Void> context, KeyValueStore<String, byte[]> store) {}

    private final NetworkTable table;
    private final TopicSerdes serdes;
    private final DetectorObserver observer;

    NetworksProcessor(NetworkTable table, TopicSerdes serdes, DetectorObserver observer) {
        this.table = table;
        this.serdes = serdes;
        this.observer = observer;
    }

    @Override
    Task open(ProcessorContext<Void, Void> context) {
        return new Task(context, context.getStateStore(Names.NETWORKS));
    }

    @Override
    void process(Task task, Record<String, byte[]> record) {
        RecordMetadata metadata = task.context().recordMetadata().orElseThrow();
        if (record.key() == null) {
            refuse(metadata, record.value(), "an entry needs a key, CIDR|validFrom");
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
                refuse(metadata, record.value(), String.valueOf(e.getMessage()));
            }
        }
    }

    /** @throws IllegalArgumentException when it is no valid network, or lies under another one's key */
    private OrgNetwork read(String topic, String key, byte[] value) {
        OrgNetwork network = serdes.networks().deserializer().deserialize(topic, value);
        String expected = PrefixAddressTable.key(network);
        if (!expected.equals(key)) {
            throw new IllegalArgumentException("the key of " + network.getCidr() + " must be " + expected);
        }
        Instant from = network.getValidFrom().orElse(Instant.MIN);
        if (network.getValidTo().filter(to -> !to.isAfter(from)).isPresent()) {
            throw new IllegalArgumentException(expected + " ends before it begins");
        }
        return network;
    }

    private void refuse(RecordMetadata metadata, byte @Nullable [] value, String reason) {
        String position = QuarantineRecords.positionOf(metadata);
        LOG.error("Refused the entry of the network table at {}: {}", position, reason);
        Rejected rejected = QuarantineRecords.unreadable(position, value == null ? new byte[0] : value, reason);
        table.refuse(rejected);
        observer.networkRefused(position, reason);
    }
}

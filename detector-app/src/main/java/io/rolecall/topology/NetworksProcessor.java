package io.rolecall.topology;

import io.rolecall.schema.OrgNetwork;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps the global store of networks and the table made from it. */
final class NetworksProcessor implements Processor<String, OrgNetwork, Void, Void> {

    private final NetworkTable table;
    private @Nullable KeyValueStore<String, OrgNetwork> store;

    NetworksProcessor(NetworkTable table) {
        this.table = table;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        KeyValueStore<String, OrgNetwork> networks = context.getStateStore(Names.NETWORKS);
        this.store = networks;
        // Restored entries do not pass through process().
        List<OrgNetwork> restored = new ArrayList<>();
        try (KeyValueIterator<String, OrgNetwork> all = networks.all()) {
            all.forEachRemaining(entry -> restored.add(entry.value));
        }
        table.load(restored);
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka calls init first; a null value is a tombstone
    public void process(Record<String, OrgNetwork> record) {
        if (record.value() == null) {
            store.delete(record.key());
        } else {
            store.put(record.key(), record.value());
        }
        table.put(record.key(), record.value());
    }
}

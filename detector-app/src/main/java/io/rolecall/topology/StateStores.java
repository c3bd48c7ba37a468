package io.rolecall.topology;

import io.rolecall.schema.OrgNetwork;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The state stores: bytes on disk for histories, which grow with the tenant, and memory for a few counters. */
final class StateStores {

    private final StreamsBuilder builder;

    StateStores(StreamsBuilder builder) {
        this.builder = builder;
        Stream.of(Names.IDENTITY, Names.ACTORS, Names.HISTORY, Names.PROFILES, Names.ALERTS, Names.PENDING)
                .map(StateStores::onDisk)
                .forEach(builder::addStateStore);
        Stream.of(Names.DECODE_COUNTS, Names.HISTORY_COUNTS)
                .map(StateStores::counters)
                .forEach(builder::addStateStore);
    }

    static String[] ofCorrelation() {
        return new String[] {Names.HISTORY, Names.PROFILES, Names.ALERTS, Names.PENDING, Names.HISTORY_COUNTS};
    }

    /** Every task sees every network: a global store, and the table made from it. */
    void addNetworks(String topic, NetworkTable table) {
        AvroSerde<OrgNetwork> serde = AvroSerde.of(OrgNetwork.class);
        StoreBuilder<KeyValueStore<String, OrgNetwork>> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Names.NETWORKS), Serdes.String(), serde)
                .withLoggingDisabled();
        builder.addGlobalStore(
                store,
                topic,
                Consumed.with(Serdes.String(), serde).withName("networks-source"),
                () -> new NetworksProcessor(table));
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> onDisk(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }

    /** Cached, so that a counter is written to the changelog once a commit and not once a record. */
    private static StoreBuilder<KeyValueStore<String, Long>> counters(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.Long())
                .withCachingEnabled();
    }
}

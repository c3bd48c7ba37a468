package io.rolecall.topology;

import io.rolecall.state.Names;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The state stores: bytes on disk for histories, which grow with the tenant, and memory for a few counters. */
final class StateStores {

    private static final String[] OF_INCIDENTS = {Names.INCIDENTS, Names.INCIDENT_COUNTS};

    private final StreamsBuilder builder;

    /** @param local gives the stores of a run whose state need not survive it; empty for the service */
    StateStores(StreamsBuilder builder, Optional<LocalRun> local) {
        this.builder = builder;
        Stream<StoreBuilder<?>> stores = Stream.concat(
                Stream.of(
                                Names.IDENTITY,
                                Names.ACTORS,
                                Names.HISTORY,
                                Names.PROFILES,
                                Names.BASELINES,
                                Names.USE_COUNTS,
                                Names.ALERTS,
                                Names.PENDING,
                                Names.INCIDENTS)
                        .filter(name -> isNeeded(name, local))
                        .map(name ->
                                local.map(run -> run.store(name)).orElseGet(() -> Stores.persistentKeyValueStore(name)))
                        .map(StateStores::bytes),
                Stream.of(Names.DECODE_COUNTS, Names.HISTORY_COUNTS, Names.INCIDENT_COUNTS)
                        .filter(name -> isNeeded(name, local))
                        .map(StateStores::counters));
        stores.map(store -> local.isEmpty() ? store : store.withLoggingDisabled())
                .forEach(builder::addStateStore);
    }

    /** A run over files makes its incidents of the alerts that are left at its end. */
    private static boolean isNeeded(String name, Optional<LocalRun> local) {
        return local.isEmpty() || !List.of(OF_INCIDENTS).contains(name);
    }

    static String[] ofIncidents() {
        return OF_INCIDENTS.clone();
    }

    static String[] ofCorrelation() {
        return new String[] {
            Names.HISTORY,
            Names.PROFILES,
            Names.BASELINES,
            Names.USE_COUNTS,
            Names.ALERTS,
            Names.PENDING,
            Names.HISTORY_COUNTS
        };
    }

    /** Every task sees every network: a global store, and the table made from it. */
    void addNetworks(String topic, ProcessorSupplier<String, byte[], Void, Void> reading) {
        StoreBuilder<KeyValueStore<String, byte[]>> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Names.NETWORKS), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled();
        // Bytes: a serde that throws on a bad record would end the global thread, and with it the process.
        builder.addGlobalStore(
                store, topic, Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("networks-source"), reading);
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> bytes(KeyValueBytesStoreSupplier supplier) {
        return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray());
    }

    /** Cached, so that a counter is written to the changelog once a commit and not once a record. */
    private static StoreBuilder<KeyValueStore<String, Long>> counters(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.Long())
                .withCachingEnabled();
    }
}

package io.rolecall.state;

import io.rolecall.detection.memory.Memory;
import io.rolecall.event.Subject;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The memory for baselines of one task, in memory, fed as the correlate step does. */
final class MemoryBench implements AutoCloseable {

    /** Of files: nothing expires. */
    static final Retention ENDLESS = new Retention(false, Duration.ofDays(7), Duration.ofDays(37), Duration.ofHours(1));

    /** Of the service. */
    static final Retention LIVE = new Retention(true, Duration.ofDays(7), Duration.ofDays(37), Duration.ofHours(1));

    private final MockProcessorContext<String, String> context = new MockProcessorContext<>();
    private final KeyValueStore<Bytes, byte[]> history = store("history", Serdes.Bytes(), Serdes.ByteArray());
    private final KeyValueStore<Bytes, byte[]> profiles = store("profiles", Serdes.Bytes(), Serdes.ByteArray());
    private final KeyValueStore<Bytes, byte[]> baselines = store("baselines", Serdes.Bytes(), Serdes.ByteArray());
    private final KeyValueStore<Bytes, byte[]> counts = store("use-counts", Serdes.Bytes(), Serdes.ByteArray());
    private final TaskClock clock;
    private final Retention retention;
    private final MemoryNeeds needs;
    private SubjectStores stores;
    private final Set<String> taken = new HashSet<>();

    MemoryBench(MemoryNeeds needs, Retention retention) {
        this.needs = needs;
        this.retention = retention;
        this.clock = Marks.clock(new EntryStore(store("pending", Serdes.Bytes(), Serdes.ByteArray())), retention);
        this.stores = new SubjectStores(history, profiles, new Memories(needs, baselines, counts));
    }

    /** As a task that begins anew: it knows what is stored and nothing else. */
    void beginAnew() {
        stores = new SubjectStores(history, profiles, new Memories(needs, baselines, counts));
    }

    static Subject application() {
        return Subject.application(MemoryEvents.TENANT, MemoryEvents.APP);
    }

    MemoryBench takeAll(Subject subject, Collection<AppEvent> events) {
        events.forEach(event -> take(subject, event));
        return this;
    }

    void take(Subject subject, AppEvent event) {
        if (clock.take(Marks.readUpTo(event.getEventTime()))) {
            stores.expire(clock);
        }
        if (retention.bounded()) {
            stores.index(subject, event);
        }
        Optional<SubjectProfile> known = stores.profiles().get(subject);
        stores.profiles()
                .put(
                        subject,
                        known,
                        known.map(profile -> Profiles.merge(profile, event, new PermissionSets(Map.of())))
                                .orElseGet(() -> Profiles.of(event)));
        stores.memories().take(subject, event, taken.add(event.getEventId()), clock);
    }

    Memory memory(Subject subject) {
        return stores.memories().of(subject);
    }

    SubjectStores stores() {
        return stores;
    }

    /** Keys and values of what is remembered. */
    List<String> entries() {
        List<String> entries = new ArrayList<>();
        for (KeyValueStore<Bytes, byte[]> store : List.of(baselines, counts)) {
            try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
                while (all.hasNext()) {
                    KeyValue<Bytes, byte[]> entry = all.next();
                    entries.add(entry.key + "=" + Bytes.wrap(entry.value));
                }
            }
        }
        return entries;
    }

    private <K, V> KeyValueStore<K, V> store(String name, Serde<K> keys, Serde<V> values) {
        KeyValueStore<K, V> store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    @Override
    public void close() {
        List.of(history, profiles, baselines, counts).forEach(KeyValueStore::close);
    }
}

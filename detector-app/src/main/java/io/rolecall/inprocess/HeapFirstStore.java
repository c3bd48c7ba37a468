package io.rolecall.inprocess;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A store of a run whose state ends with it: entries stay in a sorted map until they outgrow a bound, then move to disk. The
 * driver commits after each record, which costs a store on disk several writes and an iterator every time (RocksDBStore.commit,
 * Kafka 4.3); a store that nothing is ever restored from need not commit at all.
 */
public final class HeapFirstStore implements KeyValueStore<Bytes, byte[]> {

    /** Memory an entry takes besides its bytes: the nodes of two maps, the key's and the value's wrappers, two headers of arrays. */
    private static final long OVERHEAD = 184;

    private final String name;
    private final long mostBytes;

    private final TreeMap<Bytes, Held> recent = new TreeMap<>();

    /** The same entries: most are asked for by their keys, which are long and have long beginnings in common. */
    private final Map<Bytes, Held> byKey = new HashMap<>();

    private @Nullable Path directory;
    private @Nullable SpilledEntries disk;
    private long bytes;
    private int reading;
    private boolean open;

    /** What an entry holds; null when it is deleted here and may still be on disk. */
    static final class Held {

        byte @Nullable [] value;

        Held(byte @Nullable [] value) {
            this.value = value;
        }
    }

    /** @param mostBytes memory the entries may take before they move to disk */
    public HeapFirstStore(String name, long mostBytes) {
        this.name = name;
        this.mostBytes = mostBytes;
    }

    public static KeyValueBytesStoreSupplier supplier(String name, long mostBytes) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new HeapFirstStore(name, mostBytes);
            }

            @Override
            public String metricsScope() {
                return "heap-first";
            }
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        directory = context.stateDir().toPath().resolve("spilled-" + name);
        open = true;
        context.register(root, (key, value) -> {
            throw new IllegalStateException("A store without a changelog is never restored");
        });
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        // Nothing is ever restored.
    }

    @Override
    @SuppressWarnings("deprecation") // Kafka 4.3 writes a checkpoint file at every commit for a store that says no
    public boolean managesOffsets() {
        return true;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        recent.clear();
        byKey.clear();
        if (disk != null) {
            disk.close();
            disk = null;
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's stores return null for what they do not hold
    public byte[] get(Bytes key) {
        Held held = byKey.get(key);
        return held != null || disk == null ? value(held) : disk.get(key);
    }

    private static byte @Nullable [] value(@Nullable Held held) {
        return held == null ? null : held.value;
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        Held known = byKey.get(key);
        if (value == null && disk == null) {
            if (known != null) {
                byKey.remove(key);
                recent.remove(key);
                bytes -= size(key, known.value);
            }
            return;
        }
        bytes += size(key, value);
        if (known == null) {
            Held held = new Held(value);
            byKey.put(key, held);
            recent.put(key, held);
        } else {
            bytes -= size(key, known.value);
            known.value = value;
        }
        // What is being read stays where it is.
        if (bytes > mostBytes && reading == 0) {
            spill();
        }
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        byte[] before = get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte[] delete(Bytes key) {
        byte[] before = get(key);
        put(key, null);
        return before;
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return read(recent.subMap(from, true, to, true), onDisk(from, to, false), false);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
        return read(recent.subMap(from, true, to, true).descendingMap(), onDisk(from, to, true), true);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return read(recent, onDisk(null, null, false), false);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseAll() {
        return read(recent.descendingMap(), onDisk(null, null, true), true);
    }

    /** An estimate: what has moved to disk is not counted. */
    @Override
    public long approximateNumEntries() {
        return recent.size();
    }

    private KeyValueIterator<Bytes, byte[]> read(
            NavigableMap<Bytes, Held> entries, @Nullable KeyValueIterator<Bytes, byte[]> onDisk, boolean reverse) {
        reading++;
        return new LayeredIterator(entries, onDisk, reverse, () -> reading--);
    }

    private @Nullable KeyValueIterator<Bytes, byte[]> onDisk(
            @Nullable Bytes from, @Nullable Bytes to, boolean reverse) {
        return disk == null ? null : disk.range(from, to, reverse);
    }

    private void spill() {
        SpilledEntries target = disk == null
                ? new SpilledEntries(name, Objects.requireNonNull(directory, "Kafka calls init first"))
                : disk;
        disk = target;
        recent.forEach((key, held) -> target.put(key, held.value));
        recent.clear();
        byKey.clear();
        bytes = 0;
    }

    private static long size(Bytes key, byte @Nullable [] value) {
        return OVERHEAD + key.get().length + (value == null ? 0 : value.length);
    }
}

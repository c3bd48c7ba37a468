package io.rolecall.inprocess;

import java.nio.file.Path;
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

    /** Memory an entry takes besides its bytes: the map's node, the key's wrapper, two headers of arrays. */
    private static final long OVERHEAD = 120;

    private final String name;
    private final long mostBytes;

    /** A null value stands for an entry that is deleted here and may still be on disk. */
    private final TreeMap<Bytes, byte @Nullable []> recent = new TreeMap<>();

    private @Nullable Path directory;
    private @Nullable SpilledEntries disk;
    private long bytes;
    private int reading;
    private boolean open;

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
        if (disk != null) {
            disk.close();
            disk = null;
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's stores return null for what they do not hold
    public byte[] get(Bytes key) {
        byte[] value = recent.get(key);
        return value != null || disk == null || recent.containsKey(key) ? value : disk.get(key);
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        if (value == null && disk == null) {
            byte[] removed = recent.remove(key);
            bytes -= removed == null ? 0 : size(key, removed);
            return;
        }
        boolean known = recent.containsKey(key);
        byte[] before = recent.put(key, value);
        bytes += size(key, value) - (known ? size(key, before) : 0);
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
            NavigableMap<Bytes, byte @Nullable []> entries,
            @Nullable KeyValueIterator<Bytes, byte[]> onDisk,
            boolean reverse) {
        reading++;
        return new LayeredIterator(entries, onDisk, reverse, () -> reading--);
    }

    private @Nullable KeyValueIterator<Bytes, byte[]> onDisk(
            @Nullable Bytes from, @Nullable Bytes to, boolean reverse) {
        return disk == null ? null : disk.range(from, to, reverse);
    }

    private void spill() {
        SpilledEntries target = disk;
        if (target == null) {
            target = new SpilledEntries(name, Objects.requireNonNull(directory, "Kafka calls init first"));
            disk = target;
        }
        recent.forEach(target::put);
        recent.clear();
        bytes = 0;
    }

    private static long size(Bytes key, byte @Nullable [] value) {
        return OVERHEAD + key.get().length + (value == null ? 0 : value.length);
    }
}

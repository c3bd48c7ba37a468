package io.rolecall.state;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A key-value store of bytes that counts what is read from it, so that a test can bound the cost of an event. What a task keeps is
 * written here; what is asked of a running service is a view of it that can only be read.
 */
public final class EntryStore {

    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
    private long reads;

    public EntryStore(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    public byte @Nullable [] get(byte[] key) {
        reads++;
        return store.get(Bytes.wrap(key));
    }

    public void put(byte[] key, byte[] value) {
        writable().put(Bytes.wrap(key), value);
    }

    public void delete(byte[] key) {
        writable().delete(Bytes.wrap(key));
    }

    /** Entries that start with the prefix, at most {@code limit}, in the order of their keys. */
    public List<KeyValue<byte[], byte[]>> withPrefix(byte[] prefix, int limit) {
        return between(prefix, StoreKeys.after(prefix), limit);
    }

    /** Entries from {@code from}, inclusive, to {@code to}, exclusive, in the order of their keys. */
    public List<KeyValue<byte[], byte[]>> between(byte[] from, byte[] to) {
        return between(from, Bytes.wrap(to), Integer.MAX_VALUE);
    }

    /** Entries from {@code from}, inclusive, to {@code to}, exclusive, at most {@code limit}, in the order of their keys. */
    List<KeyValue<byte[], byte[]>> between(byte[] from, Bytes to, int limit) {
        return read(store.range(Bytes.wrap(from), to), to, limit);
    }

    /** Deletes the entries from {@code from}, inclusive, to {@code to}, exclusive. */
    void deleteBetween(byte[] from, byte[] to) {
        between(from, to).forEach(entry -> delete(entry.key));
    }

    /** Deletes the entries that start with the prefix. */
    void deleteWithPrefix(byte[] prefix) {
        withPrefix(prefix, Integer.MAX_VALUE).forEach(entry -> delete(entry.key));
    }

    /** The last {@code limit} entries that start with the prefix, last first. */
    List<KeyValue<byte[], byte[]>> lastWithPrefix(byte[] prefix, int limit) {
        Bytes to = StoreKeys.after(prefix);
        return read(store.reverseRange(Bytes.wrap(prefix), to), to, limit);
    }

    /** Entries read since the store was opened. */
    long reads() {
        return reads;
    }

    private KeyValueStore<Bytes, byte[]> writable() {
        if (store instanceof KeyValueStore<Bytes, byte[]> own) {
            return own;
        }
        throw new IllegalStateException("This view of a store can only be read");
    }

    private List<KeyValue<byte[], byte[]>> read(KeyValueIterator<Bytes, byte[]> entries, Bytes to, int limit) {
        List<KeyValue<byte[], byte[]>> found = new ArrayList<>();
        try (entries) {
            while (entries.hasNext() && found.size() < limit) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                reads++;
                // Kafka's ranges include their end.
                if (entry.key.compareTo(to) < 0) {
                    found.add(KeyValue.pair(entry.key.get(), entry.value));
                }
            }
        }
        return found;
    }
}

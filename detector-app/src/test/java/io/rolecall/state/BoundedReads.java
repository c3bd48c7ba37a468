package io.rolecall.state;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A store that refuses to be read as a whole: without bounds, or more entries in one go than a question is worth. */
final class BoundedReads implements KeyValueStore<Bytes, byte[]> {

    private final int mostAtOnce;
    private TreeMap<Bytes, byte[]> entries = new TreeMap<>();

    BoundedReads(int mostAtOnce) {
        this.mostAtOnce = mostAtOnce;
    }

    Map<Bytes, byte[]> copy() {
        return new TreeMap<>(entries);
    }

    void restore(Map<Bytes, byte[]> copy) {
        entries = new TreeMap<>(copy);
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's stores return null for what they do not hold
    public byte[] get(Bytes key) {
        return entries.get(key);
    }

    @Override
    public void put(Bytes key, byte[] value) {
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, value);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's stores return null for what they do not hold
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        return entries.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> more) {
        more.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's stores return null for what they do not hold
    public byte[] delete(Bytes key) {
        return entries.remove(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return read(from, to, entries);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
        return read(from, to, entries.descendingMap());
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        throw new AssertionError("the whole store is read");
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseAll() {
        throw new AssertionError("the whole store is read");
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    private KeyValueIterator<Bytes, byte[]> read(Bytes from, Bytes to, NavigableMap<Bytes, byte[]> ordered) {
        if (from == null || to == null) {
            throw new AssertionError("the store is read without a bound");
        }
        Iterator<Map.Entry<Bytes, byte[]>> found = ordered.entrySet().stream()
                .filter(entry ->
                        entry.getKey().compareTo(from) >= 0 && entry.getKey().compareTo(to) <= 0)
                .toList()
                .iterator();
        return new KeyValueIterator<>() {

            private int read;

            @Override
            public boolean hasNext() {
                return found.hasNext();
            }

            @Override
            public KeyValue<Bytes, byte[]> next() {
                if (++read > mostAtOnce) {
                    throw new AssertionError("more than " + mostAtOnce + " entries are read in one go");
                }
                Map.Entry<Bytes, byte[]> entry = found.next();
                return KeyValue.pair(entry.getKey(), entry.getValue());
            }

            @Override
            public Bytes peekNextKey() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    @Override
    public String name() {
        return "bounded";
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}

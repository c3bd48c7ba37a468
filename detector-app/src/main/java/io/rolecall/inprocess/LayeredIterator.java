package io.rolecall.inprocess;

import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** Entries of two layers in the order of their keys; the upper layer hides the lower one, and a null value there hides both. */
final class LayeredIterator implements KeyValueIterator<Bytes, byte[]> {

    private final NavigableMap<Bytes, HeapFirstStore.Held> upper;
    private final @Nullable KeyValueIterator<Bytes, byte[]> lower;
    private final boolean reverse;
    private final Runnable closed;
    private Map.@Nullable Entry<Bytes, HeapFirstStore.Held> above;
    private @Nullable KeyValue<Bytes, byte[]> next;

    /**
     * @param upper the upper layer, in the order of reading; it may be written to meanwhile, and not be cleared
     * @param lower the lower layer in the same order; null when there is none
     * @param reverse whether the order is from the largest key down
     * @param closed run once reading is over
     */
    LayeredIterator(
            NavigableMap<Bytes, HeapFirstStore.Held> upper,
            @Nullable KeyValueIterator<Bytes, byte[]> lower,
            boolean reverse,
            Runnable closed) {
        this.upper = upper;
        this.lower = lower;
        this.reverse = reverse;
        this.closed = closed;
        this.above = upper.firstEntry();
        advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Bytes peekNextKey() {
        return current().key;
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
        KeyValue<Bytes, byte[]> current = current();
        advance();
        return current;
    }

    @Override
    public void close() {
        if (lower != null) {
            lower.close();
        }
        closed.run();
    }

    private KeyValue<Bytes, byte[]> current() {
        KeyValue<Bytes, byte[]> current = next;
        if (current == null) {
            throw new NoSuchElementException();
        }
        return current;
    }

    private void advance() {
        next = null;
        while (next == null && (above != null || (lower != null && lower.hasNext()))) {
            next = step();
        }
    }

    /** Takes the entry of the next key from both layers; null when it is deleted. */
    private @Nullable KeyValue<Bytes, byte[]> step() {
        Map.Entry<Bytes, HeapFirstStore.Held> entry = above;
        KeyValueIterator<Bytes, byte[]> below = lower != null && lower.hasNext() ? lower : null;
        if (entry == null) {
            return below == null ? null : below.next();
        }
        if (below != null) {
            int order = entry.getKey().compareTo(below.peekNextKey()) * (reverse ? -1 : 1);
            if (order > 0) {
                return below.next();
            }
            if (order == 0) {
                below.next();
            }
        }
        above = upper.higherEntry(entry.getKey());
        byte[] value = entry.getValue().value;
        return value == null ? null : new KeyValue<>(entry.getKey(), value);
    }
}

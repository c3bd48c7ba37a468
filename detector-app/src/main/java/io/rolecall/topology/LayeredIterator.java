package io.rolecall.topology;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** Entries of two layers in the order of their keys; the upper layer hides the lower one, and a null value there hides both. */
final class LayeredIterator implements KeyValueIterator<Bytes, byte[]> {

    /** Copied, because callers write to the store while they read. */
    private final Deque<KeyValue<Bytes, byte @Nullable []>> upper;

    private final @Nullable KeyValueIterator<Bytes, byte[]> lower;
    private final boolean reverse;
    private @Nullable KeyValue<Bytes, byte[]> next;

    /**
     * @param upper the upper layer, in the order of reading
     * @param lower the lower layer in the same order; null when there is none
     * @param reverse whether the order is from the largest key down
     */
    LayeredIterator(
            Map<Bytes, byte @Nullable []> upper, @Nullable KeyValueIterator<Bytes, byte[]> lower, boolean reverse) {
        this.upper = new ArrayDeque<>(upper.size());
        upper.forEach((key, value) -> this.upper.add(new KeyValue<>(key, value)));
        this.lower = lower;
        this.reverse = reverse;
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
        while (next == null && (!upper.isEmpty() || (lower != null && lower.hasNext()))) {
            next = step();
        }
    }

    /** Takes the entry of the next key from both layers; null when it is deleted. */
    private @Nullable KeyValue<Bytes, byte[]> step() {
        KeyValue<Bytes, byte @Nullable []> above = upper.peek();
        if (lower == null || !lower.hasNext()) {
            return shown(upper.remove());
        }
        int order = above == null ? 1 : above.key.compareTo(lower.peekNextKey()) * (reverse ? -1 : 1);
        if (order > 0) {
            return lower.next();
        }
        if (order == 0) {
            lower.next();
        }
        return shown(upper.remove());
    }

    private static @Nullable KeyValue<Bytes, byte[]> shown(KeyValue<Bytes, byte @Nullable []> entry) {
        byte[] value = entry.value;
        return value == null ? null : new KeyValue<>(entry.key, value);
    }
}

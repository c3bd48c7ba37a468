package io.rolecall.state;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * When a task's state began, in milliseconds since the epoch. Revisions of alerts are counted in this state, so of two records of an
 * alert the one with the larger pair of generation and revision is newer, also when the state was given up in between.
 *
 * <p>It lies in the store of the alerts, under a key that no reader of entries meets and ahead of every alert in the changelog: what is
 * restored of the alerts is never without it. It is written with the first record and never again, so the wall clock is asked
 * once in the life of a state.
 */
public final class Generation {

    public static final Bytes KEY = Bytes.wrap(StoreKeys.join(StoreKeys.of(StoreKeys.OF_THE_STORE), StoreKeys.of('g')));

    private static final long NONE = 0;

    private final KeyValueStore<Bytes, byte[]> alerts;
    private long millis;

    /** Of the task whose alerts these are, as restored. */
    public Generation(KeyValueStore<Bytes, byte[]> alerts) {
        this.alerts = alerts;
        byte[] stored = alerts.get(KEY);
        this.millis = stored == null ? NONE : ByteBuffer.wrap(stored).getLong();
    }

    /** Whether this state has a generation. */
    public boolean hasBegun() {
        return millis != NONE;
    }

    /**
     * Begins one, unless the state has one already.
     *
     * @param nowMillis wall clock, above 0
     */
    public void begin(long nowMillis) {
        if (!hasBegun()) {
            alerts.put(KEY, ByteBuffer.allocate(Long.BYTES).putLong(nowMillis).array());
            millis = nowMillis;
        }
    }

    /**
     * When this state began, milliseconds since the epoch.
     *
     * @throws IllegalStateException when it has not begun: nothing is emitted before the first record
     */
    public long millis() {
        if (!hasBegun()) {
            throw new IllegalStateException("A generation begins with the first record of a task");
        }
        return millis;
    }
}

package io.rolecall.state;

import io.rolecall.detection.Interval;
import io.rolecall.event.Subject;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Evaluations put off: sign-ins and use come in great numbers and change only what an alert tells beside its finding, so a subject
 * is evaluated once for many of them; so is one with very many acts or alerts. Stored, so that a crash loses none.
 */
public final class PendingWork {

    private static final char SUBJECT = 'S';
    private static final char REFUSED_NETWORK = 'R';
    private static final byte[] PRESENT = new byte[0];

    private final EntryStore store;

    public PendingWork(KeyValueStore<Bytes, byte[]> store) {
        this.store = new EntryStore(store);
    }

    public void putOff(Subject subject, Interval focus) {
        byte[] key = StoreKeys.join(StoreKeys.of(SUBJECT), StoreKeys.subject(subject));
        byte[] known = store.get(key);
        long from = EventDays.nanos(focus.from());
        long to = EventDays.nanos(focus.to());
        if (known != null) {
            ByteBuffer in = ByteBuffer.wrap(known);
            from = Math.min(from, in.getLong());
            to = Math.max(to, in.getLong());
        }
        store.put(
                key,
                ByteBuffer.allocate(2 * Long.BYTES).putLong(from).putLong(to).array());
    }

    /** Takes at most {@code limit} subjects with what changed of them. */
    public Map<Subject, Interval> take(int limit) {
        Map<Subject, Interval> taken = new LinkedHashMap<>();
        for (KeyValue<byte[], byte[]> entry : store.withPrefix(StoreKeys.of(SUBJECT), limit)) {
            ByteBuffer in = ByteBuffer.wrap(entry.value);
            Interval focus = new Interval(EventDays.ofNanos(in.getLong()), EventDays.ofNanos(in.getLong()));
            taken.put(StoreKeys.subject(ByteBuffer.wrap(entry.key, 1, entry.key.length - 1)), focus);
            store.delete(entry.key);
        }
        return taken;
    }

    /** Whether a refused entry of the network topic has not been told of yet; remembers it. */
    public boolean isFirst(String position) {
        byte[] key = StoreKeys.join(StoreKeys.of(REFUSED_NETWORK), StoreKeys.text(position));
        boolean first = store.get(key) == null;
        if (first) {
            store.put(key, PRESENT);
        }
        return first;
    }

    /** Whether any evaluation is put off. */
    public boolean isWaiting() {
        return !store.withPrefix(StoreKeys.of(SUBJECT), 1).isEmpty();
    }
}

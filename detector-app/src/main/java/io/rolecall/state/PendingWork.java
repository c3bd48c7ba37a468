package io.rolecall.state;

import io.rolecall.event.Subject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Evaluations put off: sign-ins, use and Azure activity come in great numbers, so a subject is evaluated once for many of them; so is
 * one with very many acts or alerts. Stored, so that a crash loses none.
 */
public final class PendingWork {

    private static final char SUBJECT = 'S';
    private static final char REFUSED_NETWORK = 'R';
    private static final byte[] PRESENT = new byte[0];

    private final EntryStore store;

    /** Where the last taking ended: subjects that change all the time must not keep those behind them waiting for ever. */
    private byte[] next = StoreKeys.of(SUBJECT);

    public PendingWork(KeyValueStore<Bytes, byte[]> store) {
        this.store = new EntryStore(store);
    }

    public void putOff(Subject subject, PutOff evaluation) {
        byte[] key = StoreKeys.join(StoreKeys.of(SUBJECT), StoreKeys.subject(subject));
        byte[] known = store.get(key);
        byte[] all = (known == null ? evaluation : PutOff.fromBytes(known).and(evaluation)).toBytes();
        if (!Arrays.equals(known, all)) {
            store.put(key, all);
        }
    }

    /** Takes at most {@code limit} subjects with what changed of them; the next call goes on behind them, round and round. */
    public Map<Subject, PutOff> take(int limit) {
        byte[] start = StoreKeys.of(SUBJECT);
        List<KeyValue<byte[], byte[]>> entries = new ArrayList<>(store.between(next, StoreKeys.after(start), limit));
        if (entries.size() < limit) {
            entries.addAll(store.between(start, Bytes.wrap(next), limit - entries.size()));
        }
        Map<Subject, PutOff> taken = new LinkedHashMap<>();
        for (KeyValue<byte[], byte[]> entry : entries) {
            taken.put(
                    StoreKeys.subject(ByteBuffer.wrap(entry.key, 1, entry.key.length - 1)),
                    PutOff.fromBytes(entry.value));
            store.delete(entry.key);
            next = StoreKeys.after(entry.key).get();
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

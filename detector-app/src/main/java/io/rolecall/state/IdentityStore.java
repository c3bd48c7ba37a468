package io.rolecall.state;

import io.rolecall.event.Acts;
import io.rolecall.event.Involvement;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.IdentityPair;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/** What the identity step knows: a pair an object id, and the facts that wait for it. */
public final class IdentityStore {

    private static final AvroSerde<IdentityPair> PAIRS = AvroSerde.stored(IdentityPair.class);
    private static final AvroSerde<AppEvent> FACTS = AvroSerde.stored(AppEvent.class);
    private static final char PAIR = 'p';
    private static final char FACT = 'w';

    /** Since when an object id's facts wait. */
    private static final char SINCE = 's';

    /** The same by that time, so that a look reads what has waited long enough and nothing else. */
    private static final char QUEUE = 'q';

    private static final byte[] PRESENT = new byte[0];

    private final KeyValueStore<Bytes, byte[]> store;
    private final EntryStore entries;

    public IdentityStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        this.entries = new EntryStore(store);
    }

    /** What is known of an object id; an empty pair when nothing is. */
    public IdentityPair pair(String key) {
        byte[] value = store.get(Bytes.wrap(StoreKeys.join(StoreKeys.of(PAIR), StoreKeys.text(key))));
        return value == null ? IdentityPair.newBuilder().build() : PAIRS.fromBytes(value);
    }

    public void put(String key, IdentityPair pair) {
        store.put(Bytes.wrap(StoreKeys.join(StoreKeys.of(PAIR), StoreKeys.text(key))), PAIRS.toBytes(pair));
    }

    /** Lets a fact wait for the App ID of its object id. */
    public void hold(String key, AppEvent fact, long nowMillis) {
        String kind = fact.getDetails()
                .map(details -> details.getClass().getSimpleName())
                .orElse("-");
        // An application that changed itself has two copies of a fact here, one for each part.
        String part = Involvement.of(fact).label();
        String identity = String.join("\n", fact.getPosition(), fact.getEventId(), kind, part, Acts.id(fact));
        store.put(
                Bytes.wrap(StoreKeys.join(StoreKeys.of(FACT), StoreKeys.text(key), StoreKeys.text(identity))),
                FACTS.toBytes(fact));
        if (store.putIfAbsent(since(key), millis(nowMillis)) == null) {
            store.put(queued(millis(nowMillis), key), PRESENT);
        }
    }

    /** Takes the facts that wait for an object id, in a fixed order. */
    public List<AppEvent> release(String key) {
        List<AppEvent> facts = new ArrayList<>();
        byte[] prefix = StoreKeys.join(StoreKeys.of(FACT), StoreKeys.text(key));
        for (KeyValue<byte[], byte[]> entry : entries.withPrefix(prefix, Integer.MAX_VALUE)) {
            facts.add(FACTS.fromBytes(entry.value));
            entries.delete(entry.key);
        }
        byte[] waiting = store.delete(since(key));
        if (waiting != null) {
            store.delete(queued(waiting, key));
        }
        return facts;
    }

    /** Object ids whose facts have waited since the given wall clock or longer. */
    public List<String> waitingSince(long millis) {
        if (millis < 0) {
            return List.of();
        }
        List<String> keys = new ArrayList<>();
        byte[] first = StoreKeys.of(QUEUE);
        for (KeyValue<byte[], byte[]> entry : entries.between(first, StoreKeys.join(first, millis(millis + 1)))) {
            keys.add(StoreKeys.readText(entry.key, first.length + Long.BYTES));
        }
        return keys;
    }

    /** Since when, by wall clock, the first of the facts has waited that wait; empty when none does. */
    public OptionalLong waitingSince() {
        byte[] first = StoreKeys.of(QUEUE);
        return entries.withPrefix(first, 1).stream()
                .mapToLong(entry -> ByteBuffer.wrap(entry.key).getLong(first.length))
                .findFirst();
    }

    /** Since when, by wall clock, the last of them has waited; empty when none does. */
    public OptionalLong waitingUntil() {
        byte[] first = StoreKeys.of(QUEUE);
        return entries.lastWithPrefix(first, 1).stream()
                .mapToLong(entry -> ByteBuffer.wrap(entry.key).getLong(first.length))
                .findFirst();
    }

    private static Bytes since(String key) {
        return Bytes.wrap(StoreKeys.join(StoreKeys.of(SINCE), StoreKeys.text(key)));
    }

    private static Bytes queued(byte[] millis, String key) {
        return Bytes.wrap(StoreKeys.join(StoreKeys.of(QUEUE), millis, StoreKeys.text(key)));
    }

    /** Of wall clock, never negative, so that the order of bytes is that of time. */
    private static byte[] millis(long millis) {
        return ByteBuffer.allocate(Long.BYTES).putLong(millis).array();
    }
}

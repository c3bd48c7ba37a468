package io.rolecall.topology;

import io.rolecall.event.Hashes;
import io.rolecall.event.Subject;
import io.rolecall.schema.ActorAddress;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/** Addresses lent to a subject's acts, by slot. */
final class AddressFacts {

    static final char ADDRESS = 'b';
    static final AvroSerde<AppEvent> FACTS = AvroSerde.stored(AppEvent.class);
    private static final int HASH = 8;

    private final EntryStore store;

    AddressFacts(EntryStore store) {
        this.store = store;
    }

    /** Adds a slot, or widens it; false when it says nothing new. */
    boolean add(Subject subject, AppEvent fact) {
        ActorAddress address = Sightings.address(fact);
        byte[] key = Keys.join(
                prefix(subject),
                Keys.time(EventTimes.slot(address.getFirst())),
                Keys.hash(Hashes.sha256(address.getActorKey(), address.getIp(), address.getBasis()), HASH));
        byte[] known = store.get(key);
        AppEvent before = known == null ? null : FACTS.fromBytes(known);
        AppEvent after = before == null ? fact : Sightings.merge(before, fact);
        if (after.equals(before)) {
            return false;
        }
        store.put(key, FACTS.toBytes(after));
        return true;
    }

    /** Slots that meet the interval, at most {@code limit}, ordered by time. */
    List<AppEvent> between(Subject subject, Instant from, Instant to, int limit) {
        byte[] prefix = prefix(subject);
        return store
                .between(
                        Keys.join(prefix, Keys.time(EventTimes.minus(from, EventTimes.SLOT))),
                        Keys.after(Keys.join(prefix, Keys.time(to))),
                        limit)
                .stream()
                .map(entry -> FACTS.fromBytes(entry.value))
                .filter(fact -> ActorStore.meets(Sightings.address(fact), from, to))
                .toList();
    }

    void expire(Subject subject, Instant horizon) {
        byte[] prefix = prefix(subject);
        for (KeyValue<byte[], byte[]> entry :
                store.between(prefix, Bytes.wrap(Keys.join(prefix, Keys.time(horizon))), Integer.MAX_VALUE)) {
            store.delete(entry.key);
        }
    }

    private static byte[] prefix(Subject subject) {
        return Keys.join(Keys.subject(subject), Keys.of(ADDRESS));
    }
}

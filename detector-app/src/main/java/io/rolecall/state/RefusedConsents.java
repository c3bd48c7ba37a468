package io.rolecall.state;

import io.rolecall.event.Acts;
import io.rolecall.event.Earliest;
import io.rolecall.event.Hashes;
import io.rolecall.event.SignIns;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * Sign-ins that ended because consent was refused, the first of each user and UTC day: among the roll-ups by hour, of which an
 * application can have very many, the few that say so could not be found. A minimum, so that neither order nor copies matter.
 */
final class RefusedConsents {

    private static final char REFUSED = 'r';
    private static final int HASH = 8;
    private static final AvroSerde<AppEvent> EVENTS = AvroSerde.stored(AppEvent.class);

    private final EntryStore store;

    RefusedConsents(EntryStore store) {
        this.store = store;
    }

    /** Takes a copy of a sign-in in, if it is one. */
    void add(byte[] subject, AppEvent copy) {
        if (SignIns.refusesConsent(copy)) {
            byte[] user = StoreKeys.hash(Hashes.sha256(Acts.userKey(copy)), HASH);
            byte[] key = StoreKeys.join(subject, StoreKeys.of(REFUSED), StoreKeys.day(copy.getEventTime()), user);
            byte[] known = store.get(key);
            if (known == null || Earliest.ORDER.compare(copy, EVENTS.fromBytes(known)) < 0) {
                store.put(key, EVENTS.toBytes(copy));
            }
        }
    }

    List<AppEvent> between(byte[] subject, Instant from, Instant to, int limit) {
        byte[] prefix = StoreKeys.join(subject, StoreKeys.of(REFUSED));
        Bytes end = StoreKeys.after(StoreKeys.join(prefix, StoreKeys.day(to)));
        return store.between(StoreKeys.join(prefix, StoreKeys.day(from)), end, limit).stream()
                .map(entry -> EVENTS.fromBytes(entry.value))
                .toList();
    }

    void expire(byte[] subject, Instant horizon) {
        byte[] start = StoreKeys.join(subject, StoreKeys.of(REFUSED));
        store.deleteBetween(start, StoreKeys.join(start, StoreKeys.day(horizon)));
    }
}

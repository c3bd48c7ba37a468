package io.rolecall.state;

import io.rolecall.event.FirstConsents;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/** The first consent of each ten minutes that a tenant was told of. A minimum: an earlier one that comes late takes the place of a later one. */
public final class ConsentSlots {

    private static final char CONSENT = 'f';
    private static final AvroSerde<AppEvent> EVENTS = AvroSerde.stored(AppEvent.class);

    private final EntryStore store;

    ConsentSlots(EntryStore store) {
        this.store = store;
    }

    /**
     * Takes a fact of a tenant in.
     *
     * @return whether it is the first of its ten minutes, as far as is known now
     */
    public boolean add(Subject tenant, AppEvent fact) {
        byte[] key = StoreKeys.join(prefix(tenant), StoreKeys.time(FirstConsents.slot(fact)));
        byte[] known = store.get(key);
        if (known != null && FirstConsents.ORDER.compare(fact, EVENTS.fromBytes(known)) >= 0) {
            return false;
        }
        store.put(key, EVENTS.toBytes(fact));
        return true;
    }

    /** Those of an interval, ascending; those of the whole ten minutes of its start. */
    public List<AppEvent> between(Subject tenant, Instant from, Instant to, int limit) {
        byte[] prefix = prefix(tenant);
        Bytes end = StoreKeys.after(StoreKeys.join(prefix, StoreKeys.time(to)));
        Instant first = FirstConsents.slot(EventDays.later(from, EventDays.EARLIEST));
        return store.between(StoreKeys.join(prefix, StoreKeys.time(first)), end, limit).stream()
                .map(entry -> EVENTS.fromBytes(entry.value))
                .toList();
    }

    void expire(Subject tenant, Instant horizon) {
        byte[] prefix = prefix(tenant);
        store.deleteBetween(prefix, StoreKeys.join(prefix, StoreKeys.time(horizon)));
    }

    private static byte[] prefix(Subject tenant) {
        return StoreKeys.join(StoreKeys.subject(tenant), StoreKeys.of(CONSENT));
    }
}

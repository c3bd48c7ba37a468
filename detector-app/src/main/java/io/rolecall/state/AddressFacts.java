package io.rolecall.state;

import io.rolecall.event.Details;
import io.rolecall.event.Hashes;
import io.rolecall.event.Subject;
import io.rolecall.schema.ActorAddress;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Sightings of those who acted on a subject. By day, actor and slot, so that those of very many others are not read for the act of
 * one, and whole days can be deleted.
 */
public final class AddressFacts {

    static final char ADDRESS = 'b';
    static final AvroSerde<AppEvent> FACTS = AvroSerde.stored(AppEvent.class);
    private static final int HASH = 8;

    private final EntryStore store;

    AddressFacts(EntryStore store) {
        this.store = store;
    }

    /** Adds a slot, or widens it; false when it says nothing new. */
    public boolean add(Subject subject, AppEvent fact) {
        ActorAddress address = address(fact);
        Instant slot = EventDays.slot(address.getFirst());
        byte[] key = StoreKeys.join(
                actor(subject, slot, address.getActorKey()),
                StoreKeys.time(slot),
                StoreKeys.hash(Hashes.sha256(address.getIp(), address.getBasis()), HASH));
        byte[] known = store.get(key);
        AppEvent before = known == null ? null : FACTS.fromBytes(known);
        AppEvent after = before == null
                ? fact
                : Sighting.of(before).merge(Sighting.of(fact)).fact();
        if (after.equals(before)) {
            return false;
        }
        store.put(key, FACTS.toBytes(after));
        return true;
    }

    private static ActorAddress address(AppEvent sighting) {
        return Details.of(sighting, ActorAddress.class).orElseThrow();
    }

    /** Slots of an actor that meet the interval, at most {@code limit}, ordered by time and address. */
    List<AppEvent> between(Subject subject, String actorKey, Instant from, Instant to, int limit) {
        Instant start = EventDays.minus(from, EventDays.SLOT);
        List<AppEvent> found = new ArrayList<>();
        for (Instant day = start.truncatedTo(ChronoUnit.DAYS);
                !day.isAfter(to) && found.size() < limit;
                day = day.plus(1, ChronoUnit.DAYS)) {
            byte[] prefix = actor(subject, day, actorKey);
            store
                    .between(
                            StoreKeys.join(prefix, StoreKeys.time(start)),
                            StoreKeys.after(StoreKeys.join(prefix, StoreKeys.time(to))),
                            limit - found.size())
                    .stream()
                    .map(entry -> FACTS.fromBytes(entry.value))
                    .filter(fact -> Sighting.of(fact).meets(from, to))
                    .forEach(found::add);
        }
        return found;
    }

    /** Deletes the days before the one of the horizon. */
    void expire(Subject subject, Instant horizon) {
        byte[] prefix = prefix(subject);
        store.deleteBetween(prefix, StoreKeys.join(prefix, StoreKeys.day(horizon)));
    }

    private static byte[] actor(Subject subject, Instant day, String actorKey) {
        return StoreKeys.join(prefix(subject), StoreKeys.day(day), StoreKeys.hash(Hashes.sha256(actorKey), HASH));
    }

    private static byte[] prefix(Subject subject) {
        return StoreKeys.join(StoreKeys.subject(subject), StoreKeys.of(ADDRESS));
    }
}

package io.rolecall.state;

import io.rolecall.event.Hashes;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.AddressRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Sightings and requests of each actor, both readable by event time. */
public final class ActorStore {

    private static final AvroSerde<AddressRequest> REQUESTS = AvroSerde.stored(AddressRequest.class);
    private static final char SIGHTING = 's';
    private static final char REQUEST = 'r';
    private static final int HASH = 8;

    private final KeyValueStore<Bytes, byte[]> store;
    private final EntryStore entries;

    /** Actors with requests, fewer than those who sign in: every sign-in has to ask whether its actor is one of them. */
    private final Set<String> requesting = new HashSet<>();

    public ActorStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        this.entries = new EntryStore(store);
        readRequesting();
    }

    /**
     * Adds a sighting to its slot.
     *
     * @return the slot as it now is, or empty when the sighting changed nothing
     */
    public Optional<Sighting> add(Sighting sighting) {
        String actor = ActorKeys.actor(sighting.tenantId(), sighting.actorKey());
        String kind = sighting.ofSignIn() ? "sign-in" : "audit-event";
        byte[] slot = StoreKeys.hash(Hashes.sha256(sighting.ip(), kind), HASH);
        byte[] key = StoreKeys.join(prefix(actor, SIGHTING), StoreKeys.time(EventDays.slot(sighting.first())), slot);
        byte[] known = entries.get(key);
        Sighting before =
                known == null ? null : SightingCodec.fromBytes(known, sighting.tenantId(), sighting.actorKey());
        if (before != null && before.covers(sighting)) {
            return Optional.empty();
        }
        Sighting after = before == null ? sighting : before.merge(sighting);
        entries.put(key, SightingCodec.toBytes(after));
        return Optional.of(after);
    }

    /** Remembers a request, without what its key says already; false when it is known. */
    public boolean add(AddressRequest request) {
        String actor = ActorKeys.actor(request.getTenantId(), request.getActorKey());
        requesting.add(actor);
        byte[] id = StoreKeys.hash(Hashes.sha256(request.getSubjectKey(), request.getMainKey()), HASH);
        Bytes key = Bytes.wrap(StoreKeys.join(prefix(actor, REQUEST), StoreKeys.time(request.getAt()), id));
        AddressRequest kept = AddressRequest.newBuilder(request)
                .setActorKey("")
                .setTenantId("")
                .setAt(Instant.EPOCH)
                .build();
        return store.putIfAbsent(key, REQUESTS.toBytes(kept)) == null;
    }

    /** Sightings whose slot meets the interval. */
    public List<Sighting> sightings(String tenantId, String actorKey, Instant from, Instant to) {
        List<Sighting> found = new ArrayList<>();
        String actor = ActorKeys.actor(tenantId, actorKey);
        for (byte[] value : range(actor, SIGHTING, EventDays.minus(from, EventDays.SLOT), to)) {
            Sighting sighting = SightingCodec.fromBytes(value, tenantId, actorKey);
            if (sighting.meets(from, to)) {
                found.add(sighting);
            }
        }
        return found;
    }

    /**
     * Requests for acts that the sighting is near enough to, one a subject and main key, with these two alone: however many
     * acts are near, a subject gets a sighting once.
     */
    public List<AddressRequest> requests(Sighting sighting, Duration borrowWithin) {
        String actor = ActorKeys.actor(sighting.tenantId(), sighting.actorKey());
        if (!requesting.contains(actor)) {
            return List.of();
        }
        return range(
                        actor,
                        REQUEST,
                        EventDays.minus(sighting.first(), borrowWithin),
                        EventDays.plus(sighting.last(), borrowWithin))
                .stream()
                .map(REQUESTS::fromBytes)
                .distinct()
                .toList();
    }

    /** Deletes what lies before the horizon. */
    public void expire(Instant horizon) {
        List<Bytes> expired = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.range(Bytes.wrap(StoreKeys.of(REQUEST)), StoreKeys.END)) {
            while (all.hasNext()) {
                Bytes key = all.next().key;
                int time = 1 + StoreKeys.textLength(key.get(), 1);
                if (StoreKeys.time(key.get(), time).isBefore(horizon)) {
                    expired.add(key);
                }
            }
        }
        expired.forEach(store::delete);
        readRequesting();
    }

    private void readRequesting() {
        requesting.clear();
        byte[] prefix = StoreKeys.of(REQUEST);
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(Bytes.wrap(prefix), StoreKeys.after(prefix))) {
            while (entries.hasNext()) {
                byte[] key = entries.next().key.get();
                if (StoreKeys.startsWith(key, prefix)) {
                    requesting.add(StoreKeys.readText(key, 1));
                }
            }
        }
    }

    private List<byte[]> range(String actor, char group, Instant from, Instant to) {
        byte[] prefix = prefix(actor, group);
        return entries
                .between(
                        StoreKeys.join(prefix, StoreKeys.time(from)),
                        StoreKeys.after(StoreKeys.join(prefix, StoreKeys.time(to))),
                        Integer.MAX_VALUE)
                .stream()
                .map(entry -> entry.value)
                .toList();
    }

    private static byte[] prefix(String actor, char group) {
        return StoreKeys.join(StoreKeys.of(group), StoreKeys.text(actor));
    }

    /**
     * A request of an act.
     *
     * @param actorKey the key of the act's actor under which sightings are looked for
     * @param mainKey the actor's main key, under which a subject gets a sighting once, under however many keys it is known
     */
    public static AddressRequest request(String actorKey, String mainKey, String subjectKey, AppEvent act) {
        return AddressRequest.newBuilder()
                .setActorKey(actorKey)
                .setSubjectKey(subjectKey)
                .setTenantId(act.getTenantId())
                .setAt(act.getEventTime())
                .setMainKey(actorKey.equals(mainKey) ? "" : mainKey)
                .build();
    }
}

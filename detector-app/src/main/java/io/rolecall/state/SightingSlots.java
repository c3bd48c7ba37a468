package io.rolecall.state;

import io.rolecall.schema.state.SightingBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sightings of one record of raw logs, one an actor, address, kind and ten-minute slot. */
public final class SightingSlots {

    private final Map<Key, Sighting> slots = new LinkedHashMap<>();

    /** What is equal in all sightings of a slot. */
    record Key(String tenantId, String actorKey, String ip, boolean ofSignIn, Instant slot) {

        static Key of(Sighting sighting) {
            return new Key(
                    sighting.tenantId(),
                    sighting.actorKey(),
                    sighting.ip(),
                    sighting.ofSignIn(),
                    EventDays.slot(sighting.first()));
        }
    }

    public void add(Sighting sighting) {
        slots.merge(Key.of(sighting), sighting, Sighting::merge);
    }

    /**
     * The sightings by the key of their actors' bucket, without those that say no more than was sent before.
     *
     * @param sent what the task has sent lately; takes note of these
     */
    public Map<String, SightingBatch> batches(RecentSightings sent) {
        Map<String, List<Sighting>> buckets = new LinkedHashMap<>();
        slots.forEach((key, sighting) -> {
            if (sent.isNews(key, sighting)) {
                buckets.computeIfAbsent(ActorKeys.bucket(key.tenantId(), key.actorKey()), bucket -> new ArrayList<>())
                        .add(sighting);
            }
        });
        Map<String, SightingBatch> batches = new LinkedHashMap<>();
        buckets.forEach((bucket, sightings) ->
                batches.put(bucket, SightingCodec.batch(sightings.get(0).tenantId(), sightings)));
        return batches;
    }
}

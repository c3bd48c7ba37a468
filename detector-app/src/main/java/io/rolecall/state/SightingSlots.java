package io.rolecall.state;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SightingBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sightings of one record of raw logs, one an actor, address, basis and ten-minute slot. */
public final class SightingSlots {

    private final Map<Key, Slot> slots = new LinkedHashMap<>();

    private record Key(String tenantId, String actorKey, String ip, String basis, Instant slot) {}

    /** The event that stands for a slot, and the range of time it was seen in. */
    private static final class Slot {

        private AppEvent shown;
        private Instant first;
        private Instant last;
        private Optional<String> country;

        Slot(AppEvent event) {
            this.shown = event;
            this.first = event.getEventTime();
            this.last = event.getEventTime();
            this.country = Sightings.country(event);
        }

        void add(AppEvent event) {
            shown = Sightings.earlier(shown, event);
            first = EventDays.earlier(first, event.getEventTime());
            last = EventDays.later(last, event.getEventTime());
            country = Sightings.smaller(country, Sightings.country(event));
        }
    }

    public void add(AppEvent event, String actorKey, String ip, String basis) {
        Key key = new Key(event.getTenantId(), actorKey, ip, basis, EventDays.slot(event.getEventTime()));
        Slot known = slots.get(key);
        if (known == null) {
            slots.put(key, new Slot(event));
        } else {
            known.add(event);
        }
    }

    /** The sightings by the key of their actors' bucket. */
    public Map<String, SightingBatch> batches() {
        Map<String, List<AppEvent>> buckets = new LinkedHashMap<>();
        slots.forEach((key, slot) -> buckets.computeIfAbsent(
                        ActorKeys.bucket(key.tenantId(), key.actorKey()), bucket -> new ArrayList<>())
                .add(Sightings.of(
                        slot.shown, key.actorKey(), key.ip(), slot.first, slot.last, key.basis(), slot.country)));
        Map<String, SightingBatch> batches = new LinkedHashMap<>();
        buckets.forEach((bucket, sightings) -> batches.put(bucket, new SightingBatch(sightings)));
        return batches;
    }
}

package io.rolecall.state;

import io.rolecall.schema.Actor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which sightings a task has sent lately, so that a slot is sent again only when it widens. It forgets the oldest: sending again changes
 * nothing. What it knows was sent in this or an earlier transaction of the task as it now runs; a task that begins again has to begin
 * with nothing, since what its last transaction sent may have been aborted.
 */
public final class RecentSightings {

    /** About 3 MB. */
    private static final int MOST = 1 << 13;

    /** Who an event's actor was tells nothing of whether it says more. */
    private static final Actor NOBODY = new Actor();

    private final Map<SightingSlots.Key, Sighting> sent = new LinkedHashMap<>();

    /** Whether a sighting says more of its slot than was sent; it has been sent from now on. */
    boolean isNews(SightingSlots.Key slot, Sighting sighting) {
        Sighting known = sent.get(slot);
        if (known != null && known.covers(sighting)) {
            return false;
        }
        Sighting.Shown shown = sighting.shown();
        Sighting kept = new Sighting(
                sighting.tenantId(),
                sighting.actorKey(),
                sighting.ip(),
                sighting.ofSignIn(),
                sighting.first(),
                sighting.last(),
                sighting.country(),
                new Sighting.Shown(shown.eventId(), shown.source(), shown.position(), NOBODY));
        sent.put(slot, known == null ? kept : known.merge(kept));
        if (sent.size() > MOST) {
            sent.remove(sent.keySet().iterator().next());
        }
        return true;
    }

    /** Forgets everything. */
    public void forget() {
        sent.clear();
    }
}

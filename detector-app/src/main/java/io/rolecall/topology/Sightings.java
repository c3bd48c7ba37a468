package io.rolecall.topology;

import io.rolecall.event.Operations;
import io.rolecall.schema.ActorAddress;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.Comparator;

/**
 * Sightings: an address seen for an actor in a ten-minute slot, with its first and last time. A slot is shorter than the range in
 * which addresses are borrowed, so at most one end of the range falls into it, and first and last decide exactly.
 */
final class Sightings {

    private static final Comparator<AppEvent> SMALLEST = Comparator.comparing(AppEvent::getEventTime)
            .thenComparing(AppEvent::getEventId)
            .thenComparing(AppEvent::getSource)
            .thenComparing(AppEvent::getPosition);

    private Sightings() {}

    static AppEvent of(AppEvent event, String actorKey, String ip, String basis) {
        return AppEvent.newBuilder()
                .setEventId(event.getEventId())
                .setSource(event.getSource())
                .setEnvelope(event.getEnvelope())
                .setOperation(Operations.ACTOR_ADDRESS)
                .setRawOperation(event.getRawOperation())
                .setEventTime(event.getEventTime())
                .setTenantId(event.getTenantId())
                .setOutcome("success")
                .setActor(event.getActor())
                .setDetails(new ActorAddress(actorKey, ip, event.getEventTime(), event.getEventTime(), basis))
                .setPosition(event.getPosition())
                .build();
    }

    static ActorAddress address(AppEvent sighting) {
        return (ActorAddress) sighting.getDetails().orElseThrow();
    }

    /** Of the same slot, address and basis: the earliest stands for both, with the widest first and last. */
    static AppEvent merge(AppEvent a, AppEvent b) {
        AppEvent shown = SMALLEST.compare(a, b) <= 0 ? a : b;
        ActorAddress one = address(a);
        ActorAddress two = address(b);
        return AppEvent.newBuilder(shown)
                .setDetails(new ActorAddress(
                        one.getActorKey(),
                        one.getIp(),
                        min(one.getFirst(), two.getFirst()),
                        max(one.getLast(), two.getLast()),
                        one.getBasis()))
                .build();
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant max(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}

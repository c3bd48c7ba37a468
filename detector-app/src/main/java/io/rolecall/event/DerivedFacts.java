package io.rolecall.event;

import io.rolecall.schema.AppEvent;

/** Facts that no log holds, made on the occasion of an event. */
public final class DerivedFacts {

    private DerivedFacts() {}

    /** A fact with the place, the time and the actor of the event that is its occasion. */
    public static AppEvent.Builder of(AppEvent occasion, String operation) {
        return AppEvent.newBuilder()
                .setEventId(occasion.getEventId())
                .setSource(occasion.getSource())
                .setEnvelope(occasion.getEnvelope())
                .setOperation(operation)
                .setRawOperation(occasion.getRawOperation())
                .setEventTime(occasion.getEventTime())
                .setTenantId(occasion.getTenantId())
                .setOutcome("success")
                .setActor(occasion.getActor())
                .setPosition(occasion.getPosition());
    }
}

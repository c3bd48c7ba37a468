package io.rolecall.source;

import io.rolecall.schema.Actor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder read out of one event, before bounds and defaults are applied.
 *
 * @param time when it happened; null when the event does not say
 * @param eventId id given by the source
 * @param tenantId tenant the event names
 * @param correlationId correlation id
 * @param outcome how it went
 * @param actor who did it
 * @param parts what it is about: one, or several when one update changed several things
 * @param targeted whether the event names anything it was done to
 */
record Decoded(
        @Nullable Instant time,
        @Nullable String eventId,
        @Nullable String tenantId,
        @Nullable String correlationId,
        Outcome outcome,
        Actor actor,
        List<Part> parts,
        boolean targeted) {}

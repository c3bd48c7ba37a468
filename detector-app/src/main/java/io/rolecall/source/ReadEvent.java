package io.rolecall.source;

import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.List;

/**
 * What was read of one event, with bounds and defaults applied.
 *
 * @param shape what it is
 * @param decoded what its decoder read
 * @param id id given by the source, or made from the content
 * @param time when it happened
 * @param tenantId its tenant
 */
record ReadEvent(Shape shape, Decoded decoded, String id, Instant time, String tenantId) {

    /** The normalised event, of one of its parts. */
    AppEvent event(Part part, String position) {
        AppRef app = part.app();
        // Not by the builder, which checks and copies each field: events are as many as the logs have lines.
        AppEvent event = new AppEvent();
        event.setEventId(id);
        event.setSource(shape.source().label());
        event.setEnvelope(shape.envelope());
        event.setOperation(shape.operation());
        event.setRawOperation(shape.rawOperation());
        event.setEventTime(time);
        event.setTenantId(tenantId);
        event.setCorrelationId(decoded.correlationId());
        event.setOutcome(decoded.outcome().success() ? "success" : "failure");
        event.setOutcomeReason(decoded.outcome().reason());
        event.setAppId(app.appId());
        event.setAppObjectId(app.objectId());
        event.setServicePrincipalId(app.servicePrincipalId());
        event.setAppDisplayName(app.displayName());
        event.setActor(decoded.actor());
        event.setDetails(part.details());
        event.setPosition(position);
        event.setAlsoSeenAs(List.of());
        return event;
    }
}

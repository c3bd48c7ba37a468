package io.rolecall.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An exception: alerts that match it are recorded as suppressed.
 *
 * @param id unique name, shown on the alert as {@code suppressedBy}
 * @param detections ids of the detections it covers
 * @param match what an alert must have, every key: {@code appId}, {@code servicePrincipalId}, {@code tenantId}, {@code actor}
 * @param reason why
 * @param owner who answers for it
 * @param expires first instant at which it no longer holds, compared with the event time of the alert's latest deciding event
 */
public record PolicyException(
        String id, List<String> detections, Map<String, String> match, String reason, String owner, Instant expires) {

    public PolicyException {
        detections = List.copyOf(detections);
        match = Map.copyOf(match);
    }
}

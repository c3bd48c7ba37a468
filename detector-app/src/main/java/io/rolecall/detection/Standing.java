package io.rolecall.detection;

import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import java.time.Instant;
import java.util.List;

/**
 * A finding of another detection on the same subject that stands by the facts known now: one that was raised and not withdrawn.
 * Suppressed and contained ones stand too, since an exception and a removal change nothing of what was found; those of a
 * detection that the policy turns off do not.
 *
 * @param alertId id of its alert
 * @param detection id of the detection that found it
 * @param status {@code open}, {@code suppressed} or {@code contained}
 * @param severity severity of the alert: the policy's where it sets one, else by the detection's rule
 * @param anchorTime event time of the fact it hangs on
 * @param permissions permissions it is about, possibly none; of an API without a well-known name by its App ID
 */
public record Standing(
        String alertId,
        String detection,
        String status,
        Severity severity,
        Instant anchorTime,
        List<Permission> permissions) {

    public Standing {
        permissions = List.copyOf(permissions);
    }
}

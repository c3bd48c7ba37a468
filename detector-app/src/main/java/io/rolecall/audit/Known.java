package io.rolecall.audit;

import io.rolecall.detection.read.Facts;
import io.rolecall.schema.AppEvent;
import org.jspecify.annotations.Nullable;

/** What the readers of the audit have in common. */
final class Known {

    private Known() {}

    /** Who did an act; null when the log does not say. */
    static @Nullable String actor(AppEvent act) {
        boolean named = act.getActor().getName().isPresent()
                || act.getActor().getId().isPresent()
                || act.getActor().getServicePrincipalId().isPresent();
        return named ? Facts.actor(act) : null;
    }
}

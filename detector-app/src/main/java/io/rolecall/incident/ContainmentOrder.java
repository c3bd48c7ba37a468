package io.rolecall.incident;

import io.rolecall.schema.Containment;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** In which order the steps of several alerts are taken: stop it first, take away then, ask and clean up last. */
final class ContainmentOrder {

    private static final List<String> STAGES =
            List.of("Disable", "Remove", "Revoke the delegated", "Revoke", "Confirm");

    private ContainmentOrder() {}

    /** Steps of one stage stay as they were. */
    static List<Containment> sorted(Collection<Containment> steps) {
        return steps.stream()
                .sorted(Comparator.comparingInt(step -> stage(step.getAction())))
                .toList();
    }

    private static int stage(String action) {
        for (int stage = 0; stage < STAGES.size(); stage++) {
            if (action.startsWith(STAGES.get(stage))) {
                return stage;
            }
        }
        return STAGES.size();
    }
}

package io.rolecall.topology;

import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Policy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The detections that the policy has on, by the kind of subject, in the order in which they are evaluated. */
final class EnabledDetections {

    private final Map<SubjectKind, List<Detection>> byKind = new EnumMap<>(SubjectKind.class);

    EnabledDetections(Catalogue catalogue, Policy policy) {
        for (SubjectKind kind : SubjectKind.values()) {
            byKind.put(
                    kind,
                    catalogue.of(kind).stream()
                            .filter(detection -> policy.settings(detection.id()).enabled())
                            .toList());
        }
    }

    List<Detection> of(SubjectKind kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    /** Whether an operation makes any of them evaluate. */
    boolean read(SubjectKind kind, String operation) {
        return of(kind).stream().anyMatch(detection -> detection.reads().isLogged(operation));
    }
}

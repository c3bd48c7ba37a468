package io.rolecall.topology;

import io.rolecall.detection.Detection;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Policy;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Operations that make any enabled detection evaluate, by the kind of subject. */
final class ReadOperations {

    private final Map<SubjectKind, Set<String>> byKind = new EnumMap<>(SubjectKind.class);

    ReadOperations(List<Detection> detections, Policy policy) {
        for (Detection detection : detections) {
            if (policy.settings(detection.card().id()).enabled()) {
                byKind.computeIfAbsent(detection.card().subject(), kind -> new HashSet<>())
                        .addAll(detection.card().operations());
            }
        }
    }

    boolean contains(Subject subject, String operation) {
        return byKind.getOrDefault(subject.kind(), Set.of()).contains(operation);
    }
}

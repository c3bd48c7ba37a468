package io.rolecall.topology;

import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Policy;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Operations that make any enabled detection evaluate, by the kind of subject. */
final class ReadOperations {

    private final Map<SubjectKind, Set<String>> byKind = new EnumMap<>(SubjectKind.class);

    ReadOperations(Catalogue catalogue, Policy policy) {
        for (Detection detection : catalogue.all()) {
            if (policy.settings(detection.id()).enabled()) {
                detection.subjects().forEach(kind -> byKind.computeIfAbsent(kind, key -> new HashSet<>())
                        .addAll(detection.reads().logged()));
            }
        }
    }

    boolean contains(Subject subject, String operation) {
        return byKind.getOrDefault(subject.kind(), Set.of()).contains(operation);
    }
}

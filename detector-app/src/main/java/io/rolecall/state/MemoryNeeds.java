package io.rolecall.state;

import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.BaselineNeed;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Policy;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What is remembered of the subjects of each kind: what some enabled detection declares, and nothing else. */
public final class MemoryNeeds {

    /** Nothing is remembered. */
    public static final MemoryNeeds NONE = new MemoryNeeds(new EnumMap<>(SubjectKind.class));

    private final Map<SubjectKind, Map<ActivitySource, BaselineNeed>> needs;

    private MemoryNeeds(Map<SubjectKind, Map<ActivitySource, BaselineNeed>> needs) {
        this.needs = needs;
    }

    /** The needs of all detections of the catalogue that the policy does not turn off, together. */
    public static MemoryNeeds of(Catalogue catalogue, Policy policy) {
        Map<SubjectKind, Map<ActivitySource, BaselineNeed>> needs = new EnumMap<>(SubjectKind.class);
        for (SubjectKind kind : SubjectKind.values()) {
            for (Detection detection : catalogue.of(kind)) {
                if (policy.settings(detection.id()).enabled()) {
                    add(needs, kind, detection);
                }
            }
        }
        return new MemoryNeeds(needs);
    }

    private static void add(
            Map<SubjectKind, Map<ActivitySource, BaselineNeed>> needs, SubjectKind kind, Detection detection) {
        for (BaselineNeed need : detection.reads().remembered()) {
            needs.computeIfAbsent(kind, of -> new EnumMap<>(ActivitySource.class))
                    .merge(need.source(), need, BaselineNeed::and);
        }
    }

    /** What is remembered of a source; empty when nothing is. */
    Optional<BaselineNeed> of(SubjectKind kind, ActivitySource source) {
        return Optional.ofNullable(needs.getOrDefault(kind, Map.of()).get(source));
    }

    boolean isAnyOf(SubjectKind kind) {
        return needs.containsKey(kind);
    }
}

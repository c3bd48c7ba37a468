package io.rolecall.state;

import io.rolecall.detection.Detection;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.BaselineNeed;
import io.rolecall.event.SubjectKind;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What is remembered of the subjects of each kind: what some detection declares, and nothing else. */
public final class MemoryNeeds {

    /** Nothing is remembered. */
    public static final MemoryNeeds NONE = new MemoryNeeds(new EnumMap<>(SubjectKind.class));

    private final Map<SubjectKind, Map<ActivitySource, BaselineNeed>> needs;

    private MemoryNeeds(Map<SubjectKind, Map<ActivitySource, BaselineNeed>> needs) {
        this.needs = needs;
    }

    /** The needs of detections together. */
    public static MemoryNeeds of(Collection<? extends Detection> detections) {
        Map<SubjectKind, Map<ActivitySource, BaselineNeed>> needs = new EnumMap<>(SubjectKind.class);
        for (Detection detection : detections) {
            for (BaselineNeed need : detection.baselines()) {
                needs.computeIfAbsent(detection.card().subject(), kind -> new EnumMap<>(ActivitySource.class))
                        .merge(need.source(), need, BaselineNeed::and);
            }
        }
        return new MemoryNeeds(needs);
    }

    /** What is remembered of a source; empty when nothing is. */
    Optional<BaselineNeed> of(SubjectKind kind, ActivitySource source) {
        return Optional.ofNullable(needs.getOrDefault(kind, Map.of()).get(source));
    }

    boolean isAnyOf(SubjectKind kind) {
        return needs.containsKey(kind);
    }
}

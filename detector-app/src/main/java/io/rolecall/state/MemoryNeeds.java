package io.rolecall.state;

import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.BaselineNeed;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Policy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What is remembered of the subjects of each kind: what some enabled detection declares, and nothing else. */
public final class MemoryNeeds {

    /** A network is known to a person for so long after it was seen, where no detection says otherwise. */
    private static final Duration NOTICED = Duration.ofDays(14);

    /** Nothing is remembered. */
    public static final MemoryNeeds NONE = new MemoryNeeds(new EnumMap<>(SubjectKind.class), NOTICED);

    private final Map<SubjectKind, Map<ActivitySource, BaselineNeed>> needs;

    private final Duration noticed;

    private MemoryNeeds(Map<SubjectKind, Map<ActivitySource, BaselineNeed>> needs, Duration noticed) {
        this.needs = needs;
        this.noticed = noticed;
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
        Duration noticed = catalogue.of(SubjectKind.ACTOR).stream()
                .filter(detection -> policy.settings(detection.id()).enabled())
                .flatMap(detection -> detection.reads().noticed(policy.settings(detection.id())).stream())
                .min(Duration::compareTo)
                .orElse(NOTICED);
        return new MemoryNeeds(needs, noticed);
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

    /** How long a network is known to a person after it was seen. */
    Duration noticed() {
        return noticed;
    }

    boolean isAnyOf(SubjectKind kind) {
        return needs.containsKey(kind);
    }
}

package io.rolecall.topology;

import io.rolecall.detection.Detection;
import io.rolecall.event.Involvement;
import io.rolecall.event.Ownership;
import io.rolecall.event.SubjectKind;
import io.rolecall.event.Subjects;
import io.rolecall.schema.AppEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which facts have a reader, by the detections that are evaluated; others are not written. What is done to an application is read in
 * full, since its profile and every alert's investigation rest on it; of what an application did itself, of people and of tenants only
 * the operations of some detection are.
 */
final class FactReaders {

    private final Set<SubjectKind> inFull;
    private final Set<Reading> operations = new HashSet<>();
    private final boolean ofPeople;

    private record Reading(SubjectKind kind, Involvement part, String operation) {}

    private FactReaders(List<Detection> detections, Set<SubjectKind> inFull) {
        this.inFull = new HashSet<>(inFull);
        boolean people = inFull.contains(SubjectKind.ACTOR);
        for (Detection detection : detections) {
            SubjectKind kind = detection.card().subject();
            people |= kind == SubjectKind.ACTOR;
            for (Involvement part : parts(kind, detection)) {
                detection.card().operations().forEach(operation -> operations.add(new Reading(kind, part, operation)));
            }
            if (kind == SubjectKind.APPLICATION && detection.parts().contains(Involvement.TARGET)) {
                this.inFull.add(kind);
            }
        }
        this.ofPeople = people;
    }

    /** The facts that these detections read. */
    static FactReaders of(List<Detection> detections) {
        return new FactReaders(detections, Set.of());
    }

    /**
     * The same, and all of some kinds of subjects, for whoever asks for them.
     *
     * @param more kinds of which everything is kept
     */
    static FactReaders of(List<Detection> detections, Set<SubjectKind> more) {
        return new FactReaders(detections, more);
    }

    private static Set<Involvement> parts(SubjectKind kind, Detection detection) {
        return switch (kind) {
            case APPLICATION -> detection.parts();
            case ACTOR -> Set.of(Involvement.INITIATOR);
            case TENANT -> Set.of(Involvement.TARGET);
        };
    }

    /** The subjects that get a fact, the main one first. */
    List<Ownership> owners(AppEvent fact) {
        return Subjects.owners(fact).stream()
                .filter(owner -> reads(owner, fact.getOperation()))
                .toList();
    }

    /** Whether people are followed at all, and so by which names they go. */
    boolean readPeople() {
        return ofPeople;
    }

    /** Whether any fact of such subjects is written. */
    boolean read(SubjectKind kind) {
        return inFull.contains(kind) || operations.stream().anyMatch(reading -> reading.kind() == kind);
    }

    private boolean reads(Ownership owner, String operation) {
        SubjectKind kind = owner.subject().kind();
        boolean full =
                inFull.contains(kind) && !(kind == SubjectKind.APPLICATION && owner.part() == Involvement.INITIATOR);
        return full || operations.contains(new Reading(kind, owner.part(), operation));
    }
}

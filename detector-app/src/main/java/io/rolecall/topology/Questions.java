package io.rolecall.topology;

import io.rolecall.detection.Asking;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.detection.Question;
import io.rolecall.detection.QuestionKind;
import io.rolecall.event.Involvement;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.identity.IdentityPairs;
import io.rolecall.policy.Policy;
import io.rolecall.schema.AppEvent;
import io.rolecall.state.InquiryFacts;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Which acts ask something of another subject, by what the detections declare. A question goes to the subject as its facts do: by
 * its key, or through the identity step while its App ID is not known.
 */
final class Questions {

    private final List<Detection> detections;
    private final Policy policy;

    /** @param catalogue of a detection that the policy turns off nobody asks */
    Questions(Catalogue catalogue, Policy policy) {
        this.detections = catalogue.all().stream()
                .filter(detection -> !detection.reads().asked().isEmpty())
                .filter(detection -> policy.settings(detection.id()).enabled())
                .toList();
        this.policy = policy;
    }

    /** Whether any detection asks anything. */
    boolean any() {
        return !detections.isEmpty();
    }

    /** The kinds of subjects that are asked: their facts have a reader, too. */
    Set<SubjectKind> asked() {
        return detections.stream()
                .flatMap(detection -> detection.reads().asked().stream())
                .map(asking -> asking.kind().asked())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The questions of a fact for one of its subjects, each with its way. */
    List<Record<String, Routed>> of(Subject subject, AppEvent act) {
        if (detections.isEmpty()) {
            return List.of();
        }
        List<Record<String, Routed>> questions = new ArrayList<>();
        for (QuestionKind kind : kinds(subject, act)) {
            kind.of(act).ifPresent(question -> questions.add(record(question, subject, act)));
        }
        return questions;
    }

    private Set<QuestionKind> kinds(Subject subject, AppEvent act) {
        Set<QuestionKind> kinds = EnumSet.noneOf(QuestionKind.class);
        detections.stream()
                .filter(detection -> detection.subjects().contains(subject.kind()))
                .filter(detection -> isGiven(detection, subject, act))
                .flatMap(detection -> detection.reads().asked().stream())
                .filter(asking -> !kinds.contains(asking.kind())
                        && isAsker(asking, subject, act)
                        && asking.acts().test(act, policy))
                .map(Asking::kind)
                .forEach(kinds::add);
        return kinds;
    }

    /** An application that acted asks only for the detections that look at what it did. */
    private static boolean isGiven(Detection detection, Subject subject, AppEvent copy) {
        return subject.kind() != SubjectKind.APPLICATION
                || detection.reads().parts().contains(Involvement.of(copy));
    }

    private static boolean isAsker(Asking asking, Subject subject, AppEvent copy) {
        return !asking.byDoers()
                || subject.kind() != SubjectKind.APPLICATION
                || Involvement.of(copy) == Involvement.INITIATOR;
    }

    static Record<String, Routed> record(Question question, Subject askedBy, AppEvent act) {
        AppEvent fact = InquiryFacts.question(question, askedBy, act);
        return question.askedOf().isUnresolved()
                ? new Record<>(
                        IdentityPairs.key(
                                fact.getTenantId(), fact.getServicePrincipalId().orElseThrow()),
                        new Routed.Identity(fact),
                        0)
                : new Record<>(question.askedOf().key(), new Routed.Fact(fact), 0);
    }
}

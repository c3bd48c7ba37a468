package io.rolecall.topology;

import io.rolecall.detection.Confidence;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Participant;
import io.rolecall.detection.ProbeCard;
import io.rolecall.detection.Reads;
import io.rolecall.event.Acts;
import io.rolecall.event.Involvement;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A probe that finds every act of a subject, each by itself. None of the product evaluates people, tenants or what applications do
 * to others yet.
 */
record EveryAct(ProbeCard card, Function<DetectionInput, List<AppEvent>> acts) implements ProbeCard.Carrying {

    static final Set<String> OPERATIONS = Set.of(
            Operations.ADD_APPLICATION,
            Operations.ADD_APP_ROLE,
            Operations.UPDATE_APPLICATION_CREDENTIALS,
            Operations.UPDATE_AUTHORIZATION_POLICY,
            Operations.CONSENT);

    static EveryAct ofInitiators() {
        return new EveryAct(
                new ProbeCard(
                        "probe-of-initiators",
                        Set.of(SubjectKind.APPLICATION),
                        Reads.of(OPERATIONS).inParts(Involvement.INITIATOR)),
                input -> input.application().initiated());
    }

    static EveryAct ofActors() {
        return new EveryAct(card("probe-of-actors", SubjectKind.ACTOR), input -> input.actor()
                .acts());
    }

    static EveryAct ofTenants() {
        return new EveryAct(card("probe-of-tenants", SubjectKind.TENANT), input -> input.tenant()
                .acts());
    }

    private static ProbeCard card(String id, SubjectKind subject) {
        return new ProbeCard(id, subject, OPERATIONS);
    }

    @Override
    public Evaluation evaluate(DetectionInput input) {
        List<Finding> findings = acts.apply(input).stream()
                .filter(act -> OPERATIONS.contains(act.getOperation()))
                .map(act -> finding(act, input))
                .toList();
        return Evaluation.of(findings, List.of());
    }

    private static Finding finding(AppEvent act, DetectionInput input) {
        return new Finding(
                List.of(Acts.id(act)),
                act.getEventTime(),
                Severity.MEDIUM,
                Confidence.HIGH,
                "An act",
                "It was done.",
                List.of(act),
                1,
                List.of(new Participant("acted", act, input.addressOf(act))),
                List.of(),
                List.of(),
                false);
    }
}

package io.rolecall.topology;

import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Confidence;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionCard;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Participant;
import io.rolecall.event.Acts;
import io.rolecall.event.Involvement;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Parameter;
import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyFile;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A detection of the tests: finds every act of a subject, each by itself. None of the product evaluates people, tenants or what
 * applications do to others yet.
 */
record Probe(DetectionCard card, Set<Involvement> parts, Function<DetectionInput, List<AppEvent>> acts)
        implements Detection {

    static final Set<String> OPERATIONS = Set.of(
            Operations.ADD_APPLICATION,
            Operations.ADD_APP_ROLE,
            Operations.UPDATE_APPLICATION_CREDENTIALS,
            Operations.UPDATE_AUTHORIZATION_POLICY,
            Operations.CONSENT);

    static Probe ofInitiators() {
        return new Probe(
                card("probe-of-initiators", SubjectKind.APPLICATION),
                Set.of(Involvement.INITIATOR),
                input -> input.application().initiated());
    }

    static Probe ofActors() {
        return new Probe(card("probe-of-actors", SubjectKind.ACTOR), Set.of(Involvement.TARGET), input -> input.actor()
                .acts());
    }

    static Probe ofTenants() {
        return new Probe(
                card("probe-of-tenants", SubjectKind.TENANT), Set.of(Involvement.TARGET), input -> input.tenant()
                        .acts());
    }

    static List<Detection> besideTheCatalogue(Probe... probes) {
        return Stream.concat(Catalogue.all().stream(), Stream.of(probes)).toList();
    }

    /** The default policy, which knows the probes too. */
    static Policy policy() {
        Map<String, List<Parameter>> parameters = new LinkedHashMap<>(Catalogue.parameters());
        Stream.of(ofInitiators(), ofActors(), ofTenants())
                .forEach(probe -> parameters.put(probe.card().id(), List.of()));
        return PolicyFile.defaults(parameters);
    }

    private static DetectionCard card(String id, SubjectKind subject) {
        return new DetectionCard(
                id,
                1,
                subject,
                "An act",
                "Finds every act.",
                Severity.MEDIUM,
                List.of(new DetectionCard.AttackTechnique("persistence", "T1098")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                OPERATIONS,
                List.of(),
                Duration.ofDays(30));
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

package io.rolecall.topology;

import io.rolecall.alert.AlertAssembler;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.EvaluationOrder;
import io.rolecall.detection.Interval;
import io.rolecall.detection.ResolvedAddress;
import io.rolecall.detection.Standing;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.network.AddressTable;
import io.rolecall.network.NetworkMatch;
import io.rolecall.policy.Policy;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One application in one tenant, ready to be explained.
 *
 * @param subject the application
 * @param history its history
 * @param policy the policy it was judged by
 * @param networks the networks it was judged by
 * @param borrowWithin how far an address may be borrowed
 */
public record ExplainedApplication(
        Subject subject, ApplicationHistory history, Policy policy, AddressTable networks, Duration borrowWithin) {

    /** Where an act was done from: its own address, else one that its actor was seen at. */
    public ResolvedAddress addressOf(AppEvent act) {
        return input(Catalogue.all().get(0)).addressOf(act);
    }

    /** To whom an address belonged at a time. */
    public NetworkMatch ownerOf(String ip, Instant at) {
        return networks.lookup(ip, at);
    }

    private DetectionInput input(Detection detection) {
        return input(detection, List.of());
    }

    private DetectionInput input(Detection detection, List<Standing> standing) {
        return new DetectionInput(
                history,
                policy.settings(detection.card().id()),
                policy,
                networks,
                borrowWithin,
                Interval.ALL,
                standing);
    }

    /** What every detection of applications says of it, in the order of the catalogue; disabled ones too. */
    public Map<Detection, Evaluation> evaluate() {
        return evaluate(Catalogue.all());
    }

    Map<Detection, Evaluation> evaluate(List<Detection> catalogue) {
        Map<Detection, Evaluation> evaluations = new LinkedHashMap<>();
        boolean anyReads = catalogue.stream().anyMatch(EvaluationOrder::reads);
        List<Standing> found = new ArrayList<>();
        for (Detection detection : EvaluationOrder.of(catalogue)) {
            if (detection.card().subject() == SubjectKind.APPLICATION) {
                DetectionInput input = input(detection, StandingFindings.read(detection, policy, found.stream()));
                Evaluation evaluation = detection.evaluate(input);
                evaluations.put(detection, evaluation);
                if (anyReads) {
                    evaluation
                            .findings()
                            .forEach(finding -> found.add(StandingFindings.of(
                                    AlertAssembler.assemble(detection, finding, input, "scan"), finding.anchorTime())));
                }
            }
        }
        Map<Detection, Evaluation> ordered = new LinkedHashMap<>();
        catalogue.stream()
                .filter(evaluations::containsKey)
                .forEach(detection -> ordered.put(detection, evaluations.get(detection)));
        return ordered;
    }
}

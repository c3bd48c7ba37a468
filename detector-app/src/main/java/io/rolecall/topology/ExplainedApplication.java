package io.rolecall.topology;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Interval;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.network.AddressTable;
import io.rolecall.policy.Policy;
import java.time.Duration;
import java.util.LinkedHashMap;
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

    /** What every detection of applications says of it, in the order of the catalogue; disabled ones too. */
    public Map<Detection, Evaluation> evaluate() {
        Map<Detection, Evaluation> evaluations = new LinkedHashMap<>();
        for (Detection detection : Catalogue.all()) {
            if (detection.card().subject() == SubjectKind.APPLICATION) {
                evaluations.put(
                        detection,
                        detection.evaluate(new DetectionInput(
                                history,
                                policy.settings(detection.card().id()),
                                policy,
                                networks,
                                borrowWithin,
                                Interval.ALL)));
            }
        }
        return evaluations;
    }
}

package io.rolecall.topology;

import io.rolecall.alert.AlertAssembler;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Condition;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.EvaluationOrder;
import io.rolecall.detection.Interval;
import io.rolecall.detection.ResolvedAddress;
import io.rolecall.detection.Standing;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.read.AddressResolution;
import io.rolecall.event.Subject;
import io.rolecall.network.AddressTable;
import io.rolecall.network.NetworkMatch;
import io.rolecall.policy.Policy;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One application or person in one tenant, or a tenant, ready to be explained.
 *
 * @param subject whom it is about
 * @param history its history
 * @param catalogue the detections that may evaluate it
 * @param policy the policy it was evaluated by
 * @param networks the networks it was evaluated by
 * @param borrowWithin how far from an act a sighting may lie from which its address is resolved
 */
public record ExplainedSubject(
        Subject subject,
        SubjectHistory history,
        Catalogue catalogue,
        Policy policy,
        AddressTable networks,
        Duration borrowWithin) {

    private static final String ORIGIN = "scan";

    private static final Evaluation FORGOTTEN = Evaluation.of(
            List.of(),
            List.of(Condition.unknown(
                    "Its baseline is known",
                    "Nothing is remembered for a detection that the policy turns off",
                    List.of())));

    /** The history with all that is kept of applications alone; empty for people and tenants. */
    public Optional<ApplicationHistory> application() {
        return history instanceof ApplicationHistory application ? Optional.of(application) : Optional.empty();
    }

    /** Where an act was done from: its own address, else one that its actor was seen at. */
    public ResolvedAddress addressOf(AppEvent act) {
        return AddressResolution.resolve(act, history, networks, borrowWithin);
    }

    /** To whom an address belonged at a time. */
    public NetworkMatch ownerOf(String ip, Instant at) {
        return networks.lookup(ip, at);
    }

    private DetectionInput input(Detection detection, List<Standing> standing) {
        return new DetectionInput(
                history, policy.settings(detection.id()), policy, networks, borrowWithin, Interval.ALL, standing);
    }

    /** Whether a detection reads what is remembered for no detection that the policy turns off. */
    private boolean isForgotten(Detection detection) {
        return !detection.reads().remembered().isEmpty()
                && !policy.settings(detection.id()).enabled();
    }

    /** What every detection of this kind of subject says of it, in the order of the catalogue; disabled ones too. */
    public Map<Detection, Evaluation> evaluate() {
        Map<Detection, Evaluation> evaluations = new LinkedHashMap<>();
        boolean anyReads = catalogue.all().stream().anyMatch(EvaluationOrder::reads);
        List<Standing> found = new ArrayList<>();
        for (Detection detection : catalogue.of(subject.kind())) {
            DetectionInput input = input(detection, StandingFindings.read(detection, policy, found.stream()));
            Evaluation evaluation = isForgotten(detection) ? FORGOTTEN : detection.evaluate(input);
            evaluations.put(detection, evaluation);
            if (anyReads) {
                found.addAll(standing(detection, evaluation, input));
            }
        }
        Map<Detection, Evaluation> ordered = new LinkedHashMap<>();
        catalogue.all().stream()
                .filter(evaluations::containsKey)
                .forEach(detection -> ordered.put(detection, evaluations.get(detection)));
        return ordered;
    }

    /** The same facts, judged by another policy. */
    public ExplainedSubject by(Policy other) {
        return new ExplainedSubject(subject, history, catalogue, other, networks, borrowWithin);
    }

    /**
     * The alerts that one detection makes of it, none when the policy turns it off.
     *
     * @param asked of this kind of subject
     * @param assumed names of conditions that are taken for met
     */
    public List<Alert> alerts(Detection asked, Set<String> assumed) {
        if (!policy.settings(asked.id()).enabled()) {
            return List.of();
        }
        // A detection whose findings another reads reads none itself.
        List<Standing> found = new ArrayList<>();
        for (Detection detection : catalogue.of(subject.kind())) {
            if (asked.reads().findings().contains(detection.id())) {
                DetectionInput input = input(detection, List.of());
                found.addAll(standing(detection, detection.evaluate(input), input));
            }
        }
        DetectionInput input = input(asked, StandingFindings.read(asked, policy, found.stream()))
                .assuming(assumed);
        return asked.evaluate(input).findings().stream()
                .map(finding -> AlertAssembler.assemble(catalogue.page(asked), finding, input, ORIGIN))
                .toList();
    }

    private List<Standing> standing(Detection detection, Evaluation evaluation, DetectionInput input) {
        return evaluation.findings().stream()
                .map(finding -> StandingFindings.of(
                        AlertAssembler.assemble(catalogue.page(detection), finding, input, ORIGIN),
                        finding.anchorTime()))
                .toList();
    }
}

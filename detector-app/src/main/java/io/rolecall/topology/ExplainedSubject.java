package io.rolecall.topology;

import io.rolecall.alert.AlertAssembler;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Condition;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
        List<Detection> asked = catalogue.of(subject.kind());
        Map<Detection, Evaluation> evaluations = new LinkedHashMap<>();
        catalogue.all().stream()
                .filter(asked::contains)
                .forEach(detection -> evaluations.put(detection, evaluate(detection)));
        return evaluations;
    }

    /** What one detection of this kind of subject says of it, a disabled one too. */
    public Evaluation evaluate(Detection asked) {
        return isForgotten(asked) ? FORGOTTEN : asked.evaluate(input(asked));
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
        DetectionInput input = input(asked).assuming(assumed);
        return findings(asked, input)
                .map(finding -> alert(asked, finding, input))
                .toList();
    }

    /** A detection whose findings another reads reads none itself. */
    private DetectionInput input(Detection asked) {
        Stream<Standing> found = catalogue.of(subject.kind()).stream()
                .filter(detection -> asked.reads().findings().contains(detection.id()))
                .flatMap(detection -> {
                    DetectionInput input = input(detection, List.of());
                    return findings(detection, input)
                            .map(finding ->
                                    StandingFindings.of(alert(detection, finding, input), finding.anchorTime()));
                });
        return input(asked, StandingFindings.read(asked, policy, found));
    }

    private Stream<Finding> findings(Detection detection, DetectionInput input) {
        return input.settings().enabled() ? detection.evaluate(input).findings().stream() : Stream.of();
    }

    private Alert alert(Detection detection, Finding finding, DetectionInput input) {
        return AlertAssembler.assemble(catalogue.page(detection), finding, input, "scan");
    }
}

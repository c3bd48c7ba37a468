package io.rolecall.detection;

import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Parameter;
import io.rolecall.policy.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a detection is, for people and for the engine.
 *
 * @param id kebab case, public
 * @param version raised whenever the logic changes what is found
 * @param subject kind of subject it evaluates
 * @param title one line for lists
 * @param description what fires, in a sentence or two
 * @param severity default severity, for lists
 * @param attack tactics and techniques of MITRE ATT&CK; every pair exists there
 * @param falsePositiveHints how it looks when it is harmless
 * @param blindSpots what it cannot see
 * @param references documentation and published rules it stands on
 * @param parameters what the policy may set
 * @param operations normalised operations that make it evaluate; a fact of any other operation cannot change its findings
 * @param needs the detection is blind unless, for every set, at least one of its operations has been delivered
 * @param window furthest back in event time it looks from an anchor at its default parameters
 */
public record DetectionCard(
        String id,
        int version,
        SubjectKind subject,
        String title,
        String description,
        Severity severity,
        List<AttackTechnique> attack,
        List<String> falsePositiveHints,
        List<String> blindSpots,
        List<String> references,
        List<Parameter> parameters,
        Set<String> operations,
        List<Set<String>> needs,
        Duration window) {

    /**
     * A pair of ATT&CK.
     *
     * @param tactic tactic's short name, for example {@code persistence}
     * @param technique technique id, for example {@code T1098.003}
     */
    public record AttackTechnique(String tactic, String technique) {}

    public DetectionCard {
        attack = List.copyOf(attack);
        falsePositiveHints = List.copyOf(falsePositiveHints);
        blindSpots = List.copyOf(blindSpots);
        references = List.copyOf(references);
        parameters = List.copyOf(parameters);
        operations = Set.copyOf(operations);
        needs = List.copyOf(needs);
    }
}

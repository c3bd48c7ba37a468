package io.rolecall.detection;

import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A detection of the tests: tries the engine where no shipped detection does.
 *
 * @param subjects kinds of subjects it evaluates
 * @param rule what it finds
 */
public record Probe(
        String id,
        Set<SubjectKind> subjects,
        Reads reads,
        List<Param<?>> parameters,
        Function<DetectionInput, Evaluation> rule)
        implements Detection {

    public Probe(String id, Set<SubjectKind> subjects, Reads reads, Function<DetectionInput, Evaluation> rule) {
        this(id, subjects, reads, List.of(), rule);
    }

    /** A probe in the place of a shipped detection, which reads and evaluates what that does. */
    public static Probe inPlaceOf(Detection detection, Function<DetectionInput, Evaluation> rule) {
        return new Probe(detection.id(), detection.subjects(), detection.reads(), detection.parameters(), rule);
    }

    /** A catalogue of these alone. */
    public static Catalogue only(Detection... detections) {
        return Catalogue.of(List.of(detections), Probe::shippedOr);
    }

    /** The shipped detections that look at acts on applications alone, and these. */
    public static Catalogue beside(Detection... detections) {
        return Catalogue.of(
                Stream.concat(
                                Catalogue.shipped().all().stream().filter(Probe::isOfActsOnApplications),
                                Stream.of(detections))
                        .toList(),
                Probe::shippedOr);
    }

    private static boolean isOfActsOnApplications(Detection detection) {
        return detection.subjects().equals(Set.of(SubjectKind.APPLICATION))
                && !detection.reads().logged().contains(Operations.SIGN_IN);
    }

    private static DetectionPage shippedOr(String id) {
        Catalogue shipped = Catalogue.shipped();
        return shipped.byId(id).map(shipped::page).orElseGet(() -> page(id));
    }

    /** The page of a probe. */
    public static DetectionPage page(String id) {
        return new DetectionPage(
                id,
                "What the probe finds",
                Severity.MEDIUM,
                1,
                List.of(new DetectionPage.AttackTechnique("persistence", "T1098.003")),
                "A probe of the tests fires.",
                List.of("It is a test"),
                List.of("Everything but the test"),
                List.of("https://attack.mitre.org/techniques/T1098/003/"),
                "");
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        return rule.apply(in);
    }
}

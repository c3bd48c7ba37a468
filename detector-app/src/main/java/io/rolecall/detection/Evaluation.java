package io.rolecall.detection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a detection says of a history.
 *
 * @param findings findings, at most one per anchor
 * @param conditions conditions checked, in the order of the stages
 * @param covered span of anchor times for which {@code findings} is complete: an alert raised earlier whose anchor lies in it and
 *     which is not among the findings no longer holds. One that cannot read all of the focus at once begins at its start and says how
 *     far it came; it is evaluated again behind that
 */
public record Evaluation(List<Finding> findings, List<Condition> conditions, Interval covered) {

    public Evaluation {
        findings = List.copyOf(findings);
        conditions = List.copyOf(conditions);
    }

    /** What a detection says that looks for two things: both, complete where each of them is. */
    public Evaluation and(Evaluation other) {
        List<Finding> both = new ArrayList<>(findings);
        both.addAll(other.findings());
        both.sort(Comparator.comparing(Finding::anchorTime).thenComparing(one -> String.join("\n", one.anchor())));
        List<Condition> all = new ArrayList<>(conditions);
        all.addAll(other.conditions());
        return new Evaluation(both, all, covered.meeting(other.covered()));
    }

    public static Evaluation of(List<Finding> findings, List<Condition> conditions) {
        return new Evaluation(findings, conditions, Interval.ALL);
    }
}

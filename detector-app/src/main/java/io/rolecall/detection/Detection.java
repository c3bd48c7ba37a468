package io.rolecall.detection;

import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import java.util.List;
import java.util.Set;

/**
 * A detection: a pure function from the history of one subject to findings. It knows no Kafka, no clock and no order of arrival;
 * the same facts give the same findings. One file each, listed in {@link Catalogue}; what people read of it is its page
 * ({@link DetectionPage}).
 */
public interface Detection {

    /** Kebab case, public. */
    String id();

    /** Kinds of subjects that it evaluates. */
    Set<SubjectKind> subjects();

    /** What it reads. Constant. */
    Reads reads();

    /** What the policy may set. Constant. */
    default List<Param<?>> parameters() {
        return List.of();
    }

    /**
     * Evaluates a history.
     *
     * @param in the history and everything else a decision depends on
     * @return findings and the conditions checked; never null
     */
    Evaluation evaluate(DetectionInput in);
}

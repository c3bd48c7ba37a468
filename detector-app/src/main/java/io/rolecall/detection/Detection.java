package io.rolecall.detection;

import io.rolecall.event.Involvement;
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
     * Ids of the detections whose standing findings on the same subject it reads ({@link DetectionInput#standing}). They read
     * none themselves. It is evaluated after them, and whenever one of those findings comes, changes or goes.
     */
    default Set<String> readsFindingsOf() {
        return Set.of();
    }

    /**
     * The questions that acts of its subjects ask of other subjects; their answers are read by {@link DetectionInput#answers}. It is
     * evaluated when an answer comes or changes, besides.
     */
    default List<Asking> asks() {
        return List.of();
    }

    /**
     * The parts in acts for which an application is given its facts: what was done to it, unless the detection says otherwise. A
     * detection that reads {@link ApplicationHistory#initiated} names {@link Involvement#INITIATOR} too, else nothing is there. Without
     * meaning for people and tenants.
     */
    default Set<Involvement> parts() {
        return Set.of(Involvement.TARGET);
    }

    /**
     * Evaluates a history.
     *
     * @param in the history and everything else a decision depends on
     * @return findings and the conditions checked; never null
     */
    Evaluation evaluate(DetectionInput in);
}

package io.rolecall.detection;

import io.rolecall.detection.memory.BaselineNeed;
import java.util.Set;

/**
 * A detection: a pure function from the history of one subject to findings. It knows no Kafka, no clock and no order of arrival;
 * the same facts give the same findings. One file each, listed in {@link Catalogue}.
 */
public interface Detection {

    /** What it is: id, texts, parameters, what it reads. Constant. */
    DetectionCard card();

    /**
     * What it reads of the memory for baselines ({@link SubjectHistory#memory}); constant. Nothing is remembered that no detection
     * declares, so most declare nothing.
     */
    default Set<BaselineNeed> baselines() {
        return Set.of();
    }

    /**
     * Evaluates a history.
     *
     * @param input the history and everything else a decision depends on
     * @return findings and the conditions checked; never null
     */
    Evaluation evaluate(DetectionInput input);
}

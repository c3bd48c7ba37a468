package io.rolecall.detection;

import io.rolecall.event.Involvement;
import java.util.Set;

/**
 * A detection: a pure function from the history of one subject to findings. It knows no Kafka, no clock and no order of arrival;
 * the same facts give the same findings. One file each, listed in {@link Catalogue}.
 */
public interface Detection {

    /** What it is: id, texts, parameters, what it reads. Constant. */
    DetectionCard card();

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
     * @param input the history and everything else a decision depends on
     * @return findings and the conditions checked; never null
     */
    Evaluation evaluate(DetectionInput input);
}

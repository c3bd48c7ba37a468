package io.rolecall.detection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** In which order detections are evaluated: those that read findings of others after those that read none. */
public final class EvaluationOrder {

    private EvaluationOrder() {}

    /**
     * Puts detections in order; within each of the two groups they stay as they are.
     *
     * @throws IllegalArgumentException when a detection reads findings of one that is not in the list, that does not evaluate
     *     the same kinds of subjects, or that reads findings itself: what it says would depend on a conclusion from a conclusion
     */
    public static List<Detection> of(List<Detection> detections) {
        Map<String, Detection> byId = new HashMap<>();
        detections.forEach(detection -> byId.put(detection.id(), detection));
        for (Detection reader : detections) {
            for (String read : reader.readsFindingsOf()) {
                check(reader, read, byId);
            }
        }
        return Stream.concat(
                        detections.stream().filter(detection -> !reads(detection)),
                        detections.stream().filter(EvaluationOrder::reads))
                .toList();
    }

    /** Whether a detection reads findings of others. */
    public static boolean reads(Detection detection) {
        return !detection.readsFindingsOf().isEmpty();
    }

    private static void check(Detection reader, String read, Map<String, Detection> byId) {
        String start = "Detection " + reader.id() + " reads the findings of " + read + ", ";
        Detection other = byId.get(read);
        if (other == null) {
            throw new IllegalArgumentException(start + "which is not among the detections.");
        }
        if (reads(other)) {
            throw new IllegalArgumentException(start + "which reads findings itself: such a detection is never read.");
        }
        if (!other.subjects().containsAll(reader.subjects())) {
            throw new IllegalArgumentException(start + "which does not evaluate the same kinds of subjects.");
        }
    }
}

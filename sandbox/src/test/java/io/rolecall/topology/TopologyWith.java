package io.rolecall.topology;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Detection;
import io.rolecall.policy.Policy;
import java.util.List;
import java.util.Optional;

/** The topology of the service, with detections of a test. */
public final class TopologyWith {

    private TopologyWith() {}

    /** With stores that have changelogs, as the service has. */
    public static DetectorTopology detections(
            DetectorConfig config, Policy policy, TopicSerdes serdes, List<Detection> detections) {
        return new DetectorTopology(
                config, policy, "live", serdes, DetectorObserver.NONE, detections, Optional.empty());
    }
}

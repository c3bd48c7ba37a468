package io.rolecall.deployment;

import io.rolecall.config.Configuration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Everything a deployment needs of a broker.
 *
 * @param topics the topics
 * @param replicationFactor copies of each partition; empty leaves it to the broker's {@code default.replication.factor}
 * @param access what the principal of the service must be allowed to do
 */
public record DeploymentPlan(List<PlannedTopic> topics, OptionalInt replicationFactor, AccessPlan access) {

    /** From three copies on, a write is acknowledged by two: exactly-once survives the loss of any one broker. */
    private static final int REPLICAS_FOR_TWO_IN_SYNC = 3;

    public DeploymentPlan {
        topics = List.copyOf(topics);
    }

    /**
     * The plan of a configuration.
     *
     * @param partitions partitions of the topics over which the work spreads
     * @param replicationFactor copies of each partition; empty leaves it to the broker
     */
    public static DeploymentPlan of(Configuration configuration, int partitions, OptionalInt replicationFactor) {
        return new DeploymentPlan(
                TopicPlan.of(configuration, partitions).topics(), replicationFactor, AccessPlan.of(configuration));
    }

    /** The settings a topic is created with: its own, and how many replicas must be in sync where the number is known. */
    Map<String, String> configOf(PlannedTopic topic) {
        Map<String, String> config = new TreeMap<>(topic.config());
        if (replicationFactor.orElse(0) >= REPLICAS_FOR_TWO_IN_SYNC) {
            config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        }
        return config;
    }
}

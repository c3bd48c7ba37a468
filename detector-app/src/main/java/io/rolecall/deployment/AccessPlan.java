package io.rolecall.deployment;

import io.rolecall.config.Configuration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The least that the principal of the service must be allowed to do. Describe is not among it where another right implies it
 * (Read, Write, Delete and Alter do). Nothing on the cluster is needed: a transactional id implies an idempotent producer, and so
 * does Write on any topic.
 *
 * @param rules the rights, topics first
 */
public record AccessPlan(List<AccessRule> rules) {

    public AccessPlan {
        rules = List.copyOf(rules);
    }

    /** The rights that a configuration needs. */
    public static AccessPlan of(Configuration configuration) {
        List<AccessRule> rules = new ArrayList<>();
        for (PlannedTopic topic : TopicPlan.of(configuration).topics()) {
            ResourcePattern resource = new ResourcePattern(ResourceType.TOPIC, topic.name(), PatternType.LITERAL);
            if (topic.use().isRead()) {
                rules.add(new AccessRule(resource, AclOperation.READ, "reads " + topic.purpose()));
            }
            if (topic.use().isWritten()) {
                rules.add(new AccessRule(resource, AclOperation.WRITE, "writes " + topic.purpose()));
            }
            if (topic.use().isWritten() || topic.use() == PlannedTopic.Use.TABLE) {
                rules.add(new AccessRule(resource, AclOperation.DESCRIBE_CONFIGS, "checks its settings at start"));
            }
        }
        String applicationId = configuration.detector().applicationId();
        rules.addAll(internalTopics(applicationId));
        rules.add(new AccessRule(
                new ResourcePattern(ResourceType.GROUP, applicationId, PatternType.LITERAL),
                AclOperation.READ,
                "shares the work among its instances"));
        if (isExactlyOnce(configuration)) {
            rules.add(new AccessRule(
                    new ResourcePattern(ResourceType.TRANSACTIONAL_ID, applicationId + "-", PatternType.PREFIXED),
                    AclOperation.WRITE,
                    "writes in transactions (exactly-once)"));
        }
        return new AccessPlan(rules);
    }

    /** Whether a configuration asks for exactly-once, which is the default. */
    static boolean isExactlyOnce(Configuration configuration) {
        return configuration
                .streams()
                .getOrDefault(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2)
                .equals(StreamsConfig.EXACTLY_ONCE_V2);
    }

    /** Repartition topics and changelogs: Kafka Streams names them after the application. */
    private static List<AccessRule> internalTopics(String applicationId) {
        ResourcePattern internal = new ResourcePattern(ResourceType.TOPIC, applicationId + "-", PatternType.PREFIXED);
        return List.of(
                new AccessRule(internal, AclOperation.CREATE, "creates its internal topics"),
                new AccessRule(internal, AclOperation.READ, "reads repartitioned facts, restores state"),
                new AccessRule(internal, AclOperation.WRITE, "repartitions facts, logs changes of state"),
                new AccessRule(internal, AclOperation.DELETE, "deletes repartitioned records when they are processed"));
    }
}

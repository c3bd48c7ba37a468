package io.rolecall.deployment;

import io.rolecall.config.Configuration;
import io.rolecall.config.StreamsProperties;
import io.rolecall.config.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

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
            if (topic.use().isRead()) {
                rules.add(rule(topic.name(), AclOperation.READ, "reads " + topic.purpose()));
            }
            if (topic.use().isWritten()) {
                rules.add(rule(topic.name(), AclOperation.WRITE, "writes " + topic.purpose()));
            }
            if (topic.use().isWritten() || topic.use() == PlannedTopic.Use.TABLE) {
                rules.add(rule(topic.name(), AclOperation.DESCRIBE_CONFIGS, "checks its settings at start"));
            }
        }
        String applicationId = configuration.detector().applicationId();
        rules.addAll(internalTopics(applicationId));
        rules.add(new AccessRule(
                new ResourcePattern(ResourceType.GROUP, applicationId, PatternType.LITERAL),
                AclOperation.READ,
                "shares the work among its instances"));
        if (StreamsProperties.isExactlyOnce(configuration)) {
            rules.add(new AccessRule(
                    new ResourcePattern(ResourceType.TRANSACTIONAL_ID, applicationId + "-", PatternType.PREFIXED),
                    AclOperation.WRITE,
                    "writes in transactions (exactly-once)"));
        }
        return new AccessPlan(rules);
    }

    /** The rights of whoever creates the topics with {@code topics create}. */
    public static AccessPlan ofTopicCreation(Configuration configuration) {
        return new AccessPlan(TopicPlan.of(configuration).topics().stream()
                .flatMap(topic -> Stream.of(
                        rule(topic.name(), AclOperation.CREATE, "creates it"),
                        rule(topic.name(), AclOperation.DESCRIBE, "sees whether it exists"),
                        rule(topic.name(), AclOperation.DESCRIBE_CONFIGS, "compares it when it exists")))
                .toList());
    }

    /** The rights of whoever imports, lists and removes networks. */
    public static AccessPlan ofNetworks(Configuration configuration) {
        String topic = configuration.detector().topics().networks();
        return new AccessPlan(List.of(
                rule(topic, AclOperation.READ, "lists the networks"),
                rule(topic, AclOperation.WRITE, "imports and removes networks")));
    }

    /** The rights of whoever imports an inventory. */
    public static AccessPlan ofInventory(Configuration configuration) {
        String topic = configuration.detector().topics().inventory();
        return new AccessPlan(List.of(rule(topic, AclOperation.WRITE, "imports facts")));
    }

    /** The rights of whoever replays history: it reads, and writes nothing. Those for the comparison with live stand last. */
    public static AccessPlan ofReplay(Configuration configuration) {
        Topics topics = configuration.detector().topics();
        List<AccessRule> rules = new ArrayList<>();
        topics.rawLogs().forEach(topic -> rules.add(rule(topic, AclOperation.READ, "reads raw logs")));
        rules.add(rule(topics.networks(), AclOperation.READ, "reads the networks"));
        rules.add(rule(topics.inventory(), AclOperation.READ, "reads imported facts"));
        rules.add(rule(topics.alerts(), AclOperation.READ, "compares with the alerts of live"));
        rules.add(rule(topics.incidents(), AclOperation.READ, "compares with the incidents of live"));
        rules.add(rule(topics.quarantine(), AclOperation.READ, "sees what live refused"));
        rules.add(rule(topics.appEvents(), AclOperation.READ, "sees the facts that live had"));
        rules.add(new AccessRule(
                new ResourcePattern(ResourceType.GROUP, configuration.detector().applicationId(), PatternType.LITERAL),
                AclOperation.DESCRIBE,
                "sees how far live has come"));
        return new AccessPlan(rules);
    }

    /** The right of whoever publishes alerts of a replay. */
    public static AccessPlan ofPublishing(String topic) {
        return new AccessPlan(List.of(rule(topic, AclOperation.WRITE, "publishes alerts of a replay")));
    }

    private static AccessRule rule(String topic, AclOperation operation, String reason) {
        return new AccessRule(new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL), operation, reason);
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

package io.rolecall.deployment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What a broker knows of topics. */
final class BrokerTopics {

    private final Admin admin;

    BrokerTopics(Admin admin) {
        this.admin = admin;
    }

    /**
     * A topic of the broker.
     *
     * @param partitions number of its partitions
     * @param replicas number of copies of its first partition
     * @param allowed what the client may do with it
     * @param config its effective settings; empty when the client may not see them
     */
    record Existing(int partitions, int replicas, Set<AclOperation> allowed, Map<String, String> config) {

        Existing {
            allowed = Set.copyOf(allowed);
            config = Map.copyOf(config);
        }

        boolean isConfigKnown() {
            return !config.isEmpty();
        }
    }

    /**
     * The topics of these names that the broker has, and that it lets the client see. A topic hidden for want of a right is
     * reported through {@code hidden} when the broker says so.
     */
    Map<String, Existing> describe(Collection<String> names) {
        return describe(names, new ArrayList<>());
    }

    Map<String, Existing> describe(Collection<String> names, List<String> hidden) {
        Map<String, KafkaFuture<TopicDescription>> asked = admin.describeTopics(
                        names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        Map<String, TopicDescription> described = new TreeMap<>();
        asked.forEach((name, answer) -> {
            try {
                described.put(name, Clients.await(answer));
            } catch (UnknownTopicOrPartitionException e) {
                // Missing, which is what the caller wants to know.
            } catch (TopicAuthorizationException e) {
                hidden.add(name);
            }
        });
        Map<String, Map<String, String>> configs = configs(described.keySet());
        Map<String, Existing> existing = new TreeMap<>();
        described.forEach((name, description) -> existing.put(
                name,
                new Existing(
                        description.partitions().size(),
                        description.partitions().get(0).replicas().size(),
                        description.authorizedOperations() == null ? Set.of() : description.authorizedOperations(),
                        configs.getOrDefault(name, Map.of()))));
        return existing;
    }

    private Map<String, Map<String, String>> configs(Set<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, Map<String, String>> configs = new HashMap<>();
        admin.describeConfigs(resources).values().forEach((resource, answer) -> {
            try {
                configs.put(resource.name(), values(Clients.await(answer)));
            } catch (TopicAuthorizationException | UnknownTopicOrPartitionException e) {
                // Not to be seen, or just deleted: nothing is known of its settings.
            }
        });
        return configs;
    }

    private static Map<String, String> values(Config config) {
        Map<String, String> values = new HashMap<>();
        config.entries().forEach(entry -> {
            if (entry.value() != null) {
                values.put(entry.name(), entry.value());
            }
        });
        return values;
    }
}

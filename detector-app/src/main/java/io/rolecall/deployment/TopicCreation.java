package io.rolecall.deployment;

import io.rolecall.deployment.BrokerTopics.Existing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of a plan that are missing. What exists is compared and never altered. */
public final class TopicCreation {

    private final Admin admin;
    private final DeploymentPlan plan;

    /**
     * For a broker.
     *
     * @param admin client that may create and describe topics; the caller closes it
     */
    public TopicCreation(Admin admin, DeploymentPlan plan) {
        this.admin = admin;
        this.plan = plan;
    }

    /**
     * What became of a topic.
     *
     * @param topic its name
     * @param created whether it was missing, and has been created or would be
     * @param differences how an existing one differs from the plan, for people; empty when it does not
     */
    public record Outcome(String topic, boolean created, List<String> differences) {

        public Outcome {
            differences = List.copyOf(differences);
        }
    }

    /**
     * Creates what is missing.
     *
     * @param dryRun only asks the broker whether it would
     * @return one outcome a topic, in the order of the plan
     * @throws org.apache.kafka.common.KafkaException of the client, when the broker cannot be asked or refuses
     */
    public List<Outcome> run(boolean dryRun) {
        Map<String, Existing> existing = new BrokerTopics(admin)
                .describe(plan.topics().stream().map(PlannedTopic::name).toList());
        List<PlannedTopic> missing = plan.topics().stream()
                .filter(topic -> !existing.containsKey(topic.name()))
                .toList();
        create(missing, dryRun);
        List<Outcome> outcomes = new ArrayList<>();
        for (PlannedTopic topic : plan.topics()) {
            Existing found = existing.get(topic.name());
            outcomes.add(
                    found == null
                            ? new Outcome(topic.name(), true, List.of())
                            : new Outcome(topic.name(), false, differences(topic, found)));
        }
        return outcomes;
    }

    private void create(List<PlannedTopic> missing, boolean dryRun) {
        List<NewTopic> topics = missing.stream()
                .map(topic -> new NewTopic(
                                topic.name(),
                                Optional.of(topic.partitions()),
                                plan.replicationFactor().isPresent()
                                        ? Optional.of(
                                                (short) plan.replicationFactor().getAsInt())
                                        : Optional.empty())
                        .configs(plan.configOf(topic)))
                .toList();
        Map<String, KafkaFuture<Void>> creations = admin.createTopics(
                        topics, new CreateTopicsOptions().validateOnly(dryRun))
                .values();
        creations.forEach((topic, creation) -> {
            try {
                BrokerTopics.await(creation);
            } catch (TopicExistsException e) {
                // Somebody else was faster: the topic is there, which is what was asked for.
            } catch (TopicAuthorizationException e) {
                throw new TopicAuthorizationException(e.getMessage(), Set.of(topic)); // the answer names no topic
            }
        });
    }

    private List<String> differences(PlannedTopic topic, Existing found) {
        List<String> differences = new ArrayList<>();
        if (found.partitions() != topic.partitions()) {
            differences.add("partitions " + found.partitions() + " (planned " + topic.partitions() + ")");
        }
        plan.replicationFactor().ifPresent(replicas -> {
            if (found.replicas() != replicas) {
                differences.add("replicas " + found.replicas() + " (planned " + replicas + ")");
            }
        });
        plan.configOf(topic).forEach((name, planned) -> {
            String value = found.config().getOrDefault(name, "");
            if (!value.equals(planned)) {
                differences.add(name + " " + value + " (planned " + planned + ")");
            }
        });
        return differences;
    }
}

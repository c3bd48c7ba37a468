package io.rolecall.deployment;

import io.rolecall.deployment.BrokerTopics.Existing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Utils;

/** Creates the topics of a plan that are missing. What exists is compared and never altered. */
public final class TopicCreation {

    /** Together half a minute, and the time that the answers take. */
    private static final int MOST_LOOKS = 600;

    private static final long MILLIS_BETWEEN_LOOKS = 50;

    private final Admin admin;
    private final DeploymentPlan plan;
    private final BrokerTopics topics;
    private final List<String> names;

    /**
     * For a broker.
     *
     * @param admin client that may create and describe topics; the caller closes it
     */
    public TopicCreation(Admin admin, DeploymentPlan plan) {
        this.admin = admin;
        this.plan = plan;
        this.topics = new BrokerTopics(admin);
        this.names = plan.topics().stream().map(PlannedTopic::name).toList();
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
     * Creates what is missing, and returns when the broker that answers knows of it: the controller creates a topic, and a broker
     * learns of it a moment later.
     *
     * @param dryRun only asks the broker whether it would
     * @return one outcome a topic, in the order of the plan
     * @throws org.apache.kafka.common.errors.TimeoutException when the broker does not know of a created topic within half a minute
     * @throws org.apache.kafka.common.KafkaException of the client, when the broker cannot be asked or refuses
     */
    public List<Outcome> run(boolean dryRun) {
        Map<String, Existing> existing = topics.describe(names);
        Set<String> created = create(
                plan.topics().stream()
                        .filter(topic -> !existing.containsKey(topic.name()))
                        .toList(),
                dryRun);
        Map<String, Existing> known = dryRun || existing.size() == names.size() ? existing : awaitKnown();
        List<Outcome> outcomes = new ArrayList<>();
        for (PlannedTopic topic : plan.topics()) {
            Existing found = known.get(topic.name());
            boolean isNew = created.contains(topic.name());
            // One that is there and hidden, for want of a right, cannot be compared.
            outcomes.add(
                    new Outcome(topic.name(), isNew, isNew || found == null ? List.of() : differences(topic, found)));
        }
        return outcomes;
    }

    /** Asks until every topic is known, or hidden because the principal may create topics and not see them. */
    private Map<String, Existing> awaitKnown() {
        for (int look = 0; look < MOST_LOOKS; look++) {
            List<String> hidden = new ArrayList<>();
            Map<String, Existing> known = topics.describe(names, hidden);
            if (known.size() + hidden.size() == names.size()) {
                return known;
            }
            Utils.sleep(MILLIS_BETWEEN_LOOKS);
        }
        throw new TimeoutException("The broker does not know of topics that its controller has created");
    }

    /** The names of those that were created and had not been there; one that somebody else created meanwhile is not among them. */
    private Set<String> create(List<PlannedTopic> missing, boolean dryRun) {
        List<NewTopic> wanted = missing.stream()
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
                        wanted, new CreateTopicsOptions().validateOnly(dryRun))
                .values();
        Set<String> created = new HashSet<>();
        creations.forEach((topic, creation) -> {
            try {
                Clients.await(creation);
                created.add(topic);
            } catch (TopicExistsException e) {
                // Somebody else was faster: the topic is there, and is compared like any other.
            } catch (TopicAuthorizationException e) {
                throw new TopicAuthorizationException(e.getMessage(), Set.of(topic)); // the answer names no topic
            }
        });
        return created;
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

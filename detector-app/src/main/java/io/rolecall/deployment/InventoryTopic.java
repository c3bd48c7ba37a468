package io.rolecall.deployment;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.registry.Registry;
import io.rolecall.schema.AppEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.admin.Admin;

/** The compacted topic of imported facts, for the tool that fills it. */
public final class InventoryTopic {

    private final Configuration configuration;
    private final String topic;
    private final BrokerTrouble trouble;
    private final TopicWriter writer;

    /**
     * For a configuration.
     *
     * @throws io.rolecall.config.ConfigurationException when its registry section is wrong
     */
    public InventoryTopic(Configuration configuration) {
        this.configuration = configuration;
        this.topic = configuration.detector().topics().inventory();
        this.trouble = new BrokerTrouble(configuration, AccessPlan.ofInventory(configuration));
        this.writer = new TopicWriter(configuration, Registry.open(ClientProperties.registry(configuration)), trouble);
    }

    /** Name of the topic. */
    public String name() {
        return topic;
    }

    /**
     * Writes facts and waits until all replicas have them.
     *
     * @param facts fact by key
     * @param written told after each how many are written
     * @throws DeploymentException when the topic is missing, the broker does not answer or refuses
     * @throws io.rolecall.registry.RegistryException when the registry refuses the schema or does not answer
     */
    public void write(Map<String, AppEvent> facts, IntConsumer written) {
        List<String> hidden = new ArrayList<>();
        try (Admin admin = Clients.open(() -> Admin.create(ClientProperties.admin(configuration)))) {
            boolean missing = trouble.explained(() -> new BrokerTopics(admin).describe(List.of(topic), hidden))
                    .isEmpty();
            if (missing && hidden.isEmpty()) {
                throw new DeploymentException(
                        Shortcoming.error("the topic is missing: " + topic, "'rolecall topics create' creates it"),
                        null);
            }
        }
        writer.write(topic, AppEvent.class, facts, written);
    }
}

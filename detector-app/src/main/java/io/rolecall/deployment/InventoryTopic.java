package io.rolecall.deployment;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.registry.Registry;
import io.rolecall.schema.AppEvent;
import java.util.Map;
import java.util.function.IntConsumer;

/** The compacted topic of imported facts, for the tool that fills it. */
public final class InventoryTopic {

    private final String topic;
    private final TopicWriter writer;

    /**
     * For a configuration.
     *
     * @throws io.rolecall.config.ConfigurationException when its registry section is wrong
     */
    public InventoryTopic(Configuration configuration) {
        this.topic = configuration.detector().topics().inventory();
        this.writer = new TopicWriter(
                configuration,
                Registry.open(ClientProperties.registry(configuration)),
                new BrokerTrouble(configuration, AccessPlan.ofInventory(configuration)));
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
        writer.require(topic, "'rolecall topics create' creates it");
        writer.write(topic, AppEvent.class, facts, written);
    }
}

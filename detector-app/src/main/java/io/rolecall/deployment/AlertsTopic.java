package io.rolecall.deployment;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.registry.Registry;
import io.rolecall.schema.Alert;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** A topic to which alerts of a replay are written, in the form of {@code rolecall.alerts}. */
public final class AlertsTopic {

    private final String topic;
    private final TopicWriter writer;

    /**
     * A topic.
     *
     * @param topic its name
     * @throws io.rolecall.config.ConfigurationException when the registry section of the configuration is wrong
     */
    public AlertsTopic(Configuration configuration, String topic) {
        this.topic = topic;
        this.writer = new TopicWriter(
                configuration,
                Registry.open(ClientProperties.registry(configuration)),
                new BrokerTrouble(configuration, AccessPlan.ofPublishing(topic)));
    }

    /** Whether the configuration names the topic: the service reads or writes it. */
    public static boolean isOfService(Configuration configuration, String topic) {
        return TopicPlan.of(configuration).topic(topic).isPresent();
    }

    /**
     * Writes alerts under their ids and waits until all replicas have them.
     *
     * @throws DeploymentException when the topic is missing, the broker does not answer or refuses
     * @throws io.rolecall.registry.RegistryException when the registry refuses the schema or does not answer
     */
    public void write(Collection<Alert> alerts) {
        writer.require(topic, "create it with cleanup.policy=delete and message.timestamp.type=LogAppendTime");
        Map<String, Alert> byId = new TreeMap<>();
        alerts.forEach(alert -> byId.put(alert.getAlertId(), alert));
        writer.write(topic, Alert.class, byId, written -> {});
    }
}

package io.rolecall.sandbox;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.config.Topics;
import io.rolecall.deployment.DeploymentPlan;
import io.rolecall.deployment.NetworksTopic;
import io.rolecall.deployment.TopicCreation;
import io.rolecall.network.PrefixAddressTable;
import io.rolecall.registry.Registry;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryNetwork;
import io.rolecall.schema.Alert;
import io.rolecall.schema.OrgNetwork;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** What a site has around the service: its topics, its networks, what writes the logs, and who reads the alerts. */
final class DemoPlatform {

    /** One partition suffices one process, and starts sooner. */
    private static final int PARTITIONS = 1;

    private final Configuration configuration;
    private final Registry registry;

    DemoPlatform(Configuration configuration) {
        this.configuration = configuration;
        this.registry = Registry.open(ClientProperties.registry(configuration));
    }

    /**
     * Creates the topics of the deployment plan.
     *
     * @return how many
     */
    int createTopics() {
        try (Admin admin = Admin.create(ClientProperties.admin(configuration))) {
            DeploymentPlan plan = DeploymentPlan.of(configuration, PARTITIONS, OptionalInt.of(1));
            return new TopicCreation(admin, plan).run(false).size();
        }
    }

    /**
     * Puts the organisation's networks on their topic.
     *
     * @return how many
     */
    int publishNetworks(Story story) {
        Map<String, @Nullable OrgNetwork> entries = new LinkedHashMap<>();
        for (StoryNetwork network : story.networks()) {
            OrgNetwork record = network.toRecord();
            entries.put(PrefixAddressTable.key(record), record);
        }
        new NetworksTopic(configuration).write(entries, written -> {});
        return entries.size();
    }

    /** A producer for raw logs; the caller closes it. */
    Producer<byte[], byte[]> logProducer() {
        Map<String, Object> properties = ClientProperties.producer(configuration);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Somebody who reads the alerts; the caller closes it. */
    AlertWatch watch(BiConsumer<Alert, Optional<Alert>> onAlert) {
        return new AlertWatch(
                ClientProperties.consumer(configuration),
                topics().alerts(),
                registry.serde(Alert.class).deserializer(),
                onAlert);
    }

    /** What the service has not yet read; the caller closes it. */
    Backlog backlog() {
        return new Backlog(
                ClientProperties.admin(configuration), configuration.detector().applicationId(), topics().rawLogs());
    }

    Topics topics() {
        return configuration.detector().topics();
    }
}

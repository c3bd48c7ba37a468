package io.rolecall.sandbox;

import io.rolecall.alert.AlertRevisions;
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
import io.rolecall.schema.Incident;
import io.rolecall.schema.OrgNetwork;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** What a site has around the service: its topics, its networks, what writes the logs, and who reads what comes of them. */
final class DemoPlatform {

    /** One partition suffices one process, and starts sooner. */
    private static final int PARTITIONS = 1;

    private static final Comparator<Incident> INCIDENTS_BY_AGE =
            Comparator.comparingLong(Incident::getGeneration).thenComparingInt(Incident::getRevision);

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

    /** A machine that reads the alerts; the caller closes it. */
    TopicWatch<Alert> alerts(BiConsumer<Alert, Optional<Alert>> onRevision) {
        return watch(topics().alerts(), Alert.class, AlertRevisions.BY_AGE, onRevision);
    }

    /** Somebody who reads the incidents; the caller closes it. */
    TopicWatch<Incident> incidents(BiConsumer<Incident, Optional<Incident>> onPublication) {
        return watch(topics().incidents(), Incident.class, INCIDENTS_BY_AGE, onPublication);
    }

    private <T extends SpecificRecord> TopicWatch<T> watch(
            String topic, Class<T> type, Comparator<T> byAge, BiConsumer<T, Optional<T>> onRevision) {
        return new TopicWatch<>(
                ClientProperties.consumer(configuration),
                topic,
                registry.serde(type).deserializer(),
                byAge,
                onRevision);
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

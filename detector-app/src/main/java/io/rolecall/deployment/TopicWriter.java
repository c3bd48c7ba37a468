package io.rolecall.deployment;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes entries of a topic, for the tools that fill one, and knows of each that all replicas have it. */
final class TopicWriter {

    private final Configuration configuration;
    private final Registry registry;
    private final BrokerTrouble trouble;

    TopicWriter(Configuration configuration, Registry registry, BrokerTrouble trouble) {
        this.configuration = configuration;
        this.registry = registry;
        this.trouble = trouble;
    }

    /**
     * Refuses to write to a topic that is not there.
     *
     * @param remedy how it comes to be
     * @throws DeploymentException when it is missing, or the broker does not answer or refuses
     */
    void require(String topic, String remedy) {
        List<String> hidden = new ArrayList<>();
        try (Admin admin = Clients.open(() -> Admin.create(ClientProperties.admin(configuration)))) {
            boolean missing = trouble.explained(() -> new BrokerTopics(admin).describe(List.of(topic), hidden))
                    .isEmpty();
            if (missing && hidden.isEmpty()) {
                throw new DeploymentException(Shortcoming.error("the topic is missing: " + topic, remedy), null);
            }
        }
    }

    /**
     * Writes entries and waits until all replicas have them.
     *
     * @param entries value by key; null removes the entry
     * @param written told after each how many are written
     * @throws DeploymentException when the broker does not answer or refuses
     * @throws io.rolecall.registry.RegistryException when the registry refuses the schema or does not answer
     */
    <T extends SpecificRecord> void write(
            String topic, Class<T> type, Map<String, ? extends @Nullable T> entries, IntConsumer written) {
        registry.prepare(Map.of(topic, SpecificData.get().getSchema(type)));
        try (Producer<String, byte[]> producer = Clients.open(() -> new KafkaProducer<>(
                        ClientProperties.producer(configuration), new StringSerializer(), new ByteArraySerializer()));
                Serde<T> serde = registry.serde(type)) {
            trouble.explained(() -> {
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                entries.forEach((key, value) -> sent.add(producer.send(
                        new ProducerRecord<>(topic, key, serde.serializer().serialize(topic, value)))));
                for (int i = 0; i < sent.size(); i++) {
                    Clients.await(sent.get(i));
                    written.accept(i + 1);
                }
                return sent.size();
            });
        }
    }
}

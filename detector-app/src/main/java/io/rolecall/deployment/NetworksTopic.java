package io.rolecall.deployment;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.network.PrefixAddressTable;
import io.rolecall.registry.Registry;
import io.rolecall.registry.RegistryErrors;
import io.rolecall.schema.OrgNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** The compacted topic of the organisation's networks, for the tools that fill it. */
public final class NetworksTopic {

    private static final Duration POLL = Duration.ofMillis(500);

    /** Half a minute without anything to read before the end of the topic: the broker does not give it out. */
    private static final int MOST_EMPTY_POLLS = 60;

    private final Configuration configuration;
    private final String topic;
    private final Registry registry;
    private final BrokerTrouble trouble;

    /**
     * For a configuration.
     *
     * @throws io.rolecall.config.ConfigurationException when its registry section is wrong
     */
    public NetworksTopic(Configuration configuration) {
        this.configuration = configuration;
        this.topic = configuration.detector().topics().networks();
        this.registry = Registry.open(ClientProperties.registry(configuration));
        this.trouble = new BrokerTrouble(configuration, AccessPlan.ofNetworks(configuration));
    }

    /** Name of the topic. */
    public String name() {
        return topic;
    }

    /**
     * What the topic holds.
     *
     * @param networks the last network of each key, ordered by key
     * @param unreadable positions of records that are no networks
     */
    public record Content(Map<String, OrgNetwork> networks, List<String> unreadable) {}

    /**
     * Reads the topic to its end.
     *
     * @throws DeploymentException when the topic is missing, the broker does not answer or refuses
     * @throws io.rolecall.registry.RegistryException when the registry does not tell how to read it
     */
    public Content read() {
        try (Consumer<String, byte[]> consumer = Clients.open(() -> new KafkaConsumer<>(
                        ClientProperties.consumer(configuration),
                        new StringDeserializer(),
                        new ByteArrayDeserializer()));
                Serde<OrgNetwork> serde = registry.serde(OrgNetwork.class)) {
            return trouble.explained(() -> read(consumer, serde));
        }
    }

    private Content read(Consumer<String, byte[]> consumer, Serde<OrgNetwork> serde) {
        List<PartitionInfo> known = consumer.partitionsFor(topic);
        if (known == null || known.isEmpty()) {
            throw new DeploymentException(
                    Shortcoming.error("the topic is missing: " + topic, "'rolecall topics create' creates it"), null);
        }
        List<TopicPartition> partitions = known.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Content content = new Content(new TreeMap<>(), new ArrayList<>());
        int empty = 0;
        while (partitions.stream()
                .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            var records = consumer.poll(POLL);
            records.forEach(record -> take(record, serde, content));
            empty = records.isEmpty() ? empty + 1 : 0;
            if (empty > MOST_EMPTY_POLLS) {
                throw new TimeoutException("The topic " + topic + " cannot be read to its end");
            }
        }
        return content;
    }

    private void take(ConsumerRecord<String, byte[]> record, Serde<OrgNetwork> serde, Content content) {
        try {
            OrgNetwork network = serde.deserializer().deserialize(topic, record.value());
            if (network == null) {
                content.networks().remove(record.key());
            } else if (PrefixAddressTable.key(network).equals(record.key())) {
                content.networks().put(record.key(), network);
            } else {
                content.unreadable().add(position(record));
            }
        } catch (RuntimeException e) {
            if (!RegistryErrors.isBadData(e) && !(e instanceof IllegalArgumentException)) {
                throw e;
            }
            content.unreadable().add(position(record));
        }
    }

    private static String position(ConsumerRecord<?, ?> record) {
        return record.topic() + "/" + record.partition() + "/" + record.offset();
    }

    /**
     * Writes entries and waits until all replicas have them.
     *
     * @param entries network by key; null removes the entry
     * @param written told after each how many are written
     * @throws DeploymentException when the broker does not answer or refuses
     * @throws io.rolecall.registry.RegistryException when the registry refuses the schema or does not answer
     */
    public void write(Map<String, @Nullable OrgNetwork> entries, IntConsumer written) {
        new TopicWriter(configuration, registry, trouble).write(topic, OrgNetwork.class, entries, written);
    }
}

package io.rolecall.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Properties of Kafka clients and of the registry's client, rendered from the configuration with every secret resolved. What the
 * configuration gives wins over what is set here. The maps hold secrets: show them through {@link Secrets#redacted} only.
 */
public final class ClientProperties {

    private static final String BOOTSTRAP = CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

    private ClientProperties() {}

    /**
     * What every client shares: the section {@code kafka}.
     *
     * @throws ConfigurationException when no bootstrap server is given, or a secret cannot be resolved
     */
    public static Map<String, String> common(Configuration configuration) {
        if (configuration.kafka().getOrDefault(BOOTSTRAP, "").isBlank()) {
            throw new ConfigurationException(List.of(new Problem(
                    "configuration",
                    0,
                    "kafka." + BOOTSTRAP,
                    "is missing: the addresses of the Kafka brokers, for example 'broker-1:9092,broker-2:9092'; give it in"
                            + " the file that --config names or as ROLECALL_KAFKA_BOOTSTRAP_SERVERS")));
        }
        return section(configuration, "kafka", configuration.kafka());
    }

    /** The section {@code streams}. */
    public static Map<String, String> streams(Configuration configuration) {
        return section(configuration, "streams", configuration.streams());
    }

    /** The section {@code consumer} alone, without a prefix. */
    public static Map<String, String> consumerOnly(Configuration configuration) {
        return section(configuration, "consumer", configuration.consumer());
    }

    /** The section {@code producer} alone, without a prefix. */
    public static Map<String, String> producerOnly(Configuration configuration) {
        return section(configuration, "producer", configuration.producer());
    }

    /** The section {@code registry}. */
    public static Map<String, String> registry(Configuration configuration) {
        return section(configuration, "registry", configuration.registry());
    }

    /** An admin client of the tools. Whoever waits for one is told within seconds that nobody answers. */
    public static Map<String, Object> admin(Configuration configuration) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId(configuration, "admin"));
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
        properties.putAll(common(configuration));
        return properties;
    }

    /** A producer of the tools; serializers are handed over beside the properties. Every record is acknowledged by all replicas. */
    public static Map<String, Object> producer(Configuration configuration) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, clientId(configuration, "producer"));
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "15000");
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000");
        properties.putAll(common(configuration));
        properties.putAll(producerOnly(configuration));
        return properties;
    }

    /** A consumer of the tools without a group, from the beginning, of what is committed; deserializers are handed over beside. */
    public static Map<String, Object> consumer(Configuration configuration) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId(configuration, "consumer"));
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // A tool that asks for a topic must not make it.
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        properties.putAll(common(configuration));
        properties.putAll(consumerOnly(configuration));
        return properties;
    }

    private static String clientId(Configuration configuration, String use) {
        return configuration.detector().applicationId() + "-tool-" + use;
    }

    private static Map<String, String> section(
            Configuration configuration, String name, Map<String, String> properties) {
        return configuration.secrets().resolve(name, properties);
    }
}

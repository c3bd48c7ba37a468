package io.rolecall.gather;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.deployment.Clients;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The clients of a replay. Their ids are their own, so that a quota on them holds nobody else back. */
final class ReplayClients {

    /** What a consumer of a group would do, which a replay must not. */
    private static final List<String> OF_GROUPS =
            List.of(ConsumerConfig.GROUP_ID_CONFIG, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);

    private final Configuration configuration;

    ReplayClients(Configuration configuration) {
        this.configuration = configuration;
    }

    Admin admin() {
        Map<String, Object> properties = new HashMap<>(ClientProperties.admin(configuration));
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, id("admin"));
        return Clients.open(() -> Admin.create(properties));
    }

    /**
     * A consumer of what is committed, from where it is told.
     *
     * @param use what sets its id apart
     */
    Consumer<byte[], byte[]> consumer(String use) {
        return consumer(use, Map.of());
    }

    Consumer<byte[], byte[]> consumer(String use, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>();
        // History is read in large pieces; from remote storage each costs a round of its own.
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
        properties.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        // Above the brokers' remote.fetch.max.wait.ms.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1_000);
        properties.putAll(ClientProperties.consumer(configuration));
        properties.putAll(more);
        OF_GROUPS.forEach(properties::remove);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, id(use));
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return Clients.open(
                () -> new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    private String id(String use) {
        return configuration.detector().applicationId() + "-replay-" + use;
    }
}

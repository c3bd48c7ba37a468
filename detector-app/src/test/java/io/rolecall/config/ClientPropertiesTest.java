package io.rolecall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ClientPropertiesTest {

    private static Configuration read(String text) {
        return ConfigFile.read("rolecall.yaml", text, Map.of("PASSWORD", "hunter2"));
    }

    @Test
    void without_bootstrap_servers_the_key_and_the_variable_are_named() {
        // Given
        Configuration configuration = read("kafka: { security.protocol: SSL }");

        // When / Then
        assertThatThrownBy(() -> ClientProperties.common(configuration))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("kafka.bootstrap.servers")
                .hasMessageContaining("ROLECALL_KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void the_sections_reach_their_clients_with_secrets_resolved() {
        // Given
        Configuration configuration = read("""
                application-id: blue
                kafka: { bootstrap.servers: a:9092, ssl.key.password: "${env:PASSWORD}" }
                consumer: { max.poll.records: 7, isolation.level: read_uncommitted }
                producer: { linger.ms: 3, client.id: mine }
                registry: { basic.auth.user.info: "me:${env:PASSWORD}" }
                """);

        // When
        Map<String, Object> admin = ClientProperties.admin(configuration);
        Map<String, Object> consumer = ClientProperties.consumer(configuration);
        Map<String, Object> producer = ClientProperties.producer(configuration);

        // Then
        assertThat(admin)
                .containsEntry("bootstrap.servers", "a:9092")
                .containsEntry("ssl.key.password", "hunter2")
                .containsEntry("client.id", "blue-tool-admin")
                .doesNotContainKey("max.poll.records");
        assertThat(consumer)
                .containsEntry("ssl.key.password", "hunter2")
                .containsEntry("max.poll.records", "7")
                .containsEntry("isolation.level", "read_uncommitted")
                .containsEntry("client.id", "blue-tool-consumer");
        assertThat(producer).containsEntry("linger.ms", "3").containsEntry("client.id", "mine");
        assertThat(ClientProperties.registry(configuration)).containsEntry("basic.auth.user.info", "me:hunter2");
        assertThat(configuration.kafka()).containsEntry("ssl.key.password", "${env:PASSWORD}");
    }

    @Test
    void the_clients_accept_their_properties() {
        // Given
        Configuration configuration = read("kafka: { bootstrap.servers: 'a:9092' }");

        // When
        AdminClientConfig admin = new AdminClientConfig(ClientProperties.admin(configuration));
        ConsumerConfig consumer = new ConsumerConfig(
                with("deserializer", ByteArrayDeserializer.class, ClientProperties.consumer(configuration)));
        ProducerConfig producer = new ProducerConfig(
                with("serializer", ByteArraySerializer.class, ClientProperties.producer(configuration)));

        // Then
        assertThat(admin.getList("bootstrap.servers")).containsExactly("a:9092");
        assertThat(consumer.getString("isolation.level")).isEqualTo("read_committed");
        assertThat(producer.getString("acks")).isIn("-1", "all");
    }

    private static Map<String, Object> with(String role, Class<?> type, Map<String, Object> properties) {
        properties.put("key." + role, type);
        properties.put("value." + role, type);
        return properties;
    }
}

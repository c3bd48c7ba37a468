package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rolecall.service.EmbeddedKafka;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InJvmKafkaTest {

    @TempDir
    private Path directory;

    @Test
    void what_is_produced_is_consumed() throws IOException {
        // Given
        try (EmbeddedKafka.Running broker = new InJvmKafka().start(directory);
                KafkaClient client = new KafkaClient(broker.bootstrapServers())) {
            String topic = client.createTopic("any");

            // When
            client.produce(topic, "one", "two");

            // Then
            assertThat(values(client.consume(topic, 2))).containsExactly("one", "two");
        }
    }

    @Test
    void it_is_found_as_the_embedded_broker_of_the_product() {
        // When
        ServiceLoader<EmbeddedKafka> found = ServiceLoader.load(EmbeddedKafka.class);

        // Then
        assertThat(found).singleElement().isInstanceOf(InJvmKafka.class);
    }

    @Test
    void a_restart_on_the_same_directory_keeps_data_and_address() throws IOException {
        // Given
        String topic;
        String address;
        try (EmbeddedKafka.Running broker = new InJvmKafka().start(directory);
                KafkaClient client = new KafkaClient(broker.bootstrapServers())) {
            topic = client.createTopic("kept");
            client.produce(topic, "kept");
            address = broker.bootstrapServers();
        }

        // When
        try (EmbeddedKafka.Running broker = new InJvmKafka().start(directory);
                KafkaClient client = new KafkaClient(broker.bootstrapServers())) {

            // Then
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(values(client.consume(topic, 1))).containsExactly("kept");
        }
    }

    @Test
    void a_restart_moves_to_another_port_when_the_last_one_is_taken() throws IOException {
        // Given
        String topic;
        int port;
        try (EmbeddedKafka.Running broker = new InJvmKafka().start(directory);
                KafkaClient client = new KafkaClient(broker.bootstrapServers())) {
            topic = client.createTopic("moved");
            client.produce(topic, "kept");
            port = port(broker.bootstrapServers());
        }

        // When
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                EmbeddedKafka.Running broker = new InJvmKafka().start(directory);
                KafkaClient client = new KafkaClient(broker.bootstrapServers())) {

            // Then
            assertThat(port(broker.bootstrapServers())).isNotEqualTo(taken.getLocalPort());
            assertThat(values(client.consume(topic, 1))).containsExactly("kept");
        }
    }

    @Test
    void only_committed_transactions_are_read() throws IOException {
        // Given
        try (EmbeddedKafka.Running broker = new InJvmKafka().start(directory);
                KafkaClient client = new KafkaClient(broker.bootstrapServers());
                Producer<byte[], byte[]> producer =
                        client.producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "transactional"))) {
            String topic = client.createTopic("transactions");
            producer.initTransactions();

            // When
            producer.beginTransaction();
            KafkaClient.await(producer.send(record(topic, "aborted")), "acknowledgement");
            producer.abortTransaction();
            producer.beginTransaction();
            KafkaClient.await(producer.send(record(topic, "committed")), "acknowledgement");
            producer.commitTransaction();

            // Then
            assertThat(values(client.consume(topic, 1))).containsExactly("committed");
        }
    }

    @Test
    void a_missing_topic_shows() throws IOException {
        // Given
        try (EmbeddedKafka.Running broker = new InJvmKafka().start(directory);
                KafkaClient client = new KafkaClient(broker.bootstrapServers());
                Producer<byte[], byte[]> producer =
                        client.producer(Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000))) {

            // When
            var sent = producer.send(record("missing", "lost"));

            // Then
            assertThatThrownBy(sent::get).hasRootCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void its_ports_and_threads_end_with_it_and_it_says_nothing() throws IOException {
        // Given
        List<Thread> before = lastingThreads();
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        InJvmKafka.Broker broker;
        try {
            broker = InJvmKafka.start(directory, Map.of());

            // When
            broker.close();
        } finally {
            System.setOut(out);
        }

        // Then
        for (String listener : List.of("PLAINTEXT", "CONTROLLER")) {
            int port = port(broker.address(listener));
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(free.getLocalPort()).isEqualTo(port);
            }
        }
        assertThat(lastingThreads()).isSubsetOf(before);
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void a_directory_serves_one_broker_at_a_time() throws IOException {
        // Given
        try (EmbeddedKafka.Running first = new InJvmKafka().start(directory)) {

            // When
            var second = catchThrowable(() -> new InJvmKafka().start(directory));

            // Then
            assertThat(second)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another broker")
                    .hasMessageContaining(directory.getFileName().toString());
            assertThat(first.bootstrapServers()).isNotEmpty();
        }
    }

    @Test
    void tests_may_add_listeners_and_an_authorizer() throws IOException {
        // Given
        Map<String, String> overrides = Map.of(
                "listeners", "PLAINTEXT://127.0.0.1:0,USERS://127.0.0.1:0",
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,USERS:PLAINTEXT",
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users", "User:ANONYMOUS");

        // When
        try (InJvmKafka.Broker broker = InJvmKafka.start(directory, overrides);
                KafkaClient client = new KafkaClient(broker.address("USERS"))) {

            // Then
            assertThat(KafkaClient.await(
                            client.admin().describeAcls(AclBindingFilter.ANY).values(), "list of ACLs"))
                    .isEmpty();
            assertThat(broker.address("USERS")).isNotEqualTo(broker.bootstrapServers());
        }
    }

    private static List<Thread> lastingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .toList();
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String value) {
        return new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
}

package io.rolecall.ops;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import io.rolecall.ops.GroupInput.Waiting;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.KafkaClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GroupInputTest {

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    private final String group = "watched-" + UUID.randomUUID();
    private KafkaClient client;
    private GroupInput input;
    private TopicPartition partition;

    @BeforeEach
    void open() {
        client = BROKER.client();
        Configuration configuration = ConfigFile.read(
                "the test's configuration",
                "application-id: " + group + "\nkafka: { bootstrap.servers: '" + BROKER.bootstrapServers() + "' }\n",
                Map.of());
        input = new GroupInput(configuration);
        partition = new TopicPartition(client.createTopic("watched"), 0);
    }

    @AfterEach
    void close() {
        input.close();
        client.close();
    }

    private void commit(long offset) {
        KafkaClient.await(
                client.admin()
                        .alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
                        .all(),
                "offsets of " + group);
    }

    private Waiting waiting() throws Exception {
        return requireNonNull(input.waiting(List.of(partition)).get(partition));
    }

    @Test
    void what_was_committed_is_read_and_the_rest_waits() throws Exception {
        // Given
        client.produce(partition.topic(), "a", "b", "c");
        Waiting before = waiting();

        // When
        commit(2);

        // Then
        assertThat(before).isEqualTo(new Waiting(0, 3));
        assertThat(waiting()).isEqualTo(new Waiting(2, 1));
    }

    @Test
    void what_the_broker_has_deleted_waits_for_nobody() throws Exception {
        // Given
        client.produce(partition.topic(), "a", "b", "c");

        // When
        KafkaClient.await(
                client.admin()
                        .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(3)))
                        .all(),
                "deletion");

        // Then
        assertThat(waiting()).isEqualTo(new Waiting(3, 0));
    }

    @Test
    void records_of_an_open_transaction_do_not_wait_yet() throws Exception {
        try (Producer<byte[], byte[]> producer = client.producer(Map.of("transactional.id", group + "-writer"))) {
            // Given
            producer.initTransactions();
            producer.beginTransaction();
            var sent = producer.send(new ProducerRecord<>(partition.topic(), new byte[3]));
            producer.flush();
            KafkaClient.await(sent, "acknowledgement");
            Waiting open = waiting();

            // When
            producer.commitTransaction();

            // Then
            assertThat(open).isEqualTo(new Waiting(0, 0));
            Awaitility.await("the end of the transaction")
                    .untilAsserted(() -> assertThat(waiting().unread()).isPositive());
        }
    }

    @Test
    void other_members_of_the_group_are_those_with_other_names() throws Exception {
        // Given
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", BROKER.bootstrapServers(), "group.id", group, "client.id", "one"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(Set.of(partition.topic()));
            Awaitility.await("its assignment").until(() -> {
                consumer.poll(Duration.ofMillis(100));
                return !consumer.assignment().isEmpty();
            });

            // When
            Optional<Set<TopicPartition>> ofOthers = input.othersPartitions(Set.of("two"));
            Optional<Set<TopicPartition>> ofNobody = input.othersPartitions(Set.of("one"));

            // Then
            assertThat(ofOthers).contains(Set.of(partition));
            assertThat(ofNobody).contains(Set.of());
        }
    }

    @Test
    void offsets_that_a_transaction_holds_are_told_with_what_helps() {
        try (Producer<byte[], byte[]> producer = client.producer(Map.of("transactional.id", group + "-writer"))) {
            // Given
            commit(0);
            List<String> free = input.obstacles();
            producer.initTransactions();
            producer.beginTransaction();
            producer.sendOffsetsToTransaction(Map.of(partition, new OffsetAndMetadata(1)), client.group(group));

            // When
            List<String> held = input.obstacles();

            // Then
            assertThat(free).isEmpty();
            assertThat(held)
                    .singleElement()
                    .asString()
                    .contains("UNSTABLE_OFFSET_COMMIT", partition.toString(), "restart the broker");
            producer.abortTransaction();
        }
    }
}

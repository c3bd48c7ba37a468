package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessTest {

    @TempDir
    private Path directory;

    @Test
    void what_was_acknowledged_outlives_a_kill() {
        // Given
        try (BrokerProcess broker = BrokerProcess.start(directory);
                KafkaClient client = broker.client()) {
            String topic = client.createTopic("acknowledged");
            client.produce(topic, "one", "two", "three");

            // When
            broker.kill();
            broker.restart();

            // Then
            assertThat(client.consume(topic, 3)).hasSize(3);
            client.produce(topic, "four");
            assertThat(client.consume(topic, 4)).hasSize(4);
        }
    }

    @Test
    void it_stops_on_the_usual_signal_and_comes_back_on_the_same_ports() {
        // Given
        try (BrokerProcess broker = BrokerProcess.start(directory)) {
            String topic;
            try (KafkaClient client = broker.client()) {
                topic = client.createTopic("kept");
                client.produce(topic, "one");
            }

            // When
            broker.stop();
            broker.restart();

            // Then
            try (KafkaClient client = broker.client()) {
                assertThat(client.consume(topic, 1)).hasSize(1);
            }
        }
    }
}

package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BrokerUnderTestTest {

    @RegisterExtension
    static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @Test
    void topics_of_two_tests_do_not_meet() {
        // Given
        try (KafkaClient client = BROKER.client()) {
            String mine = client.createTopic("shared");
            String yours = client.createTopic("shared");

            // When
            client.produce(mine, "mine");

            // Then
            assertThat(client.consume(mine, 1)).hasSize(1);
            assertThat(client.committed(yours)).isEmpty();
        }
    }
}

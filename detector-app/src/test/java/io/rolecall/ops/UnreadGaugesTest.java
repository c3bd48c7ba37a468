package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rolecall.ops.GroupInput.Waiting;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class UnreadGaugesTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final UnreadGauges gauges = new UnreadGauges(registry);

    private static TopicPartition partition(String topic, int number) {
        return new TopicPartition(topic, number);
    }

    @Test
    void what_waits_is_added_up_by_topic() {
        // When
        gauges.show(Map.of(
                partition("m365.audit-logs", 0),
                new Waiting(3, 5),
                partition("m365.audit-logs", 1),
                new Waiting(0, 7)));

        // Then
        assertThat(registry.scrape()).contains("rolecall_unread_records{topic=\"m365.audit-logs\"} 12.0");
    }

    @Test
    void a_topic_stays_at_zero_when_its_tasks_have_moved() {
        // Given
        gauges.show(Map.of(partition("m365.audit-logs", 0), new Waiting(3, 5)));

        // When
        gauges.show(Map.of());

        // Then
        assertThat(registry.scrape()).contains("rolecall_unread_records{topic=\"m365.audit-logs\"} 0.0");
    }
}

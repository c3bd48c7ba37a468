package io.rolecall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import io.rolecall.deployment.PlannedTopic.Use;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

class TopicPlanTest {

    private static final Configuration DEFAULTS = ConfigFile.read(Map.of());

    @Test
    void the_topics_of_the_contract_are_planned_under_their_configured_names() {
        // Given
        Configuration configuration = ConfigFile.read(Map.of("ROLECALL_TOPICS_ALERTS", "alarms"));

        // When
        TopicPlan plan = TopicPlan.of(configuration);

        // Then
        assertThat(plan.topics())
                .extracting(PlannedTopic::name)
                .containsExactly(
                        "entra.audit-logs",
                        "entra.sign-in-logs",
                        "azure.activity-logs",
                        "m365.audit-logs",
                        "org.networks",
                        "rolecall.inventory",
                        "rolecall.app-events",
                        "alarms",
                        "rolecall.alerts.ocsf",
                        "rolecall.incidents",
                        "rolecall.incidents.ocsf",
                        "rolecall.quarantine");
    }

    @Test
    void the_tables_are_compacted_and_everything_else_is_kept_for_its_time() {
        // Given
        TopicPlan plan = TopicPlan.of(DEFAULTS);

        // When
        Map<String, String> retention = Map.of(
                "entra.audit-logs", "2592000000",
                "rolecall.app-events", "3888000000",
                "rolecall.alerts", "34560000000",
                "rolecall.alerts.ocsf", "34560000000",
                "rolecall.quarantine", "2592000000");

        // Then
        retention.forEach(
                (topic, kept) -> assertThat(plan.topic(topic).orElseThrow().config())
                        .containsEntry(TopicConfig.RETENTION_MS_CONFIG, kept)
                        .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "delete"));
        for (String table : new String[] {"org.networks", "rolecall.inventory"}) {
            assertThat(plan.topic(table).orElseThrow().config())
                    .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "compact")
                    .doesNotContainKey(TopicConfig.RETENTION_MS_CONFIG);
        }
    }

    @Test
    void the_broker_stamps_every_topic_so_that_old_events_are_not_deleted_by_their_own_time() {
        // Given
        TopicPlan plan = TopicPlan.of(DEFAULTS);

        // When / Then
        assertThat(plan.topics()).allSatisfy(topic -> assertThat(topic.config())
                .containsEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
    }

    @Test
    void only_topics_over_which_the_work_spreads_take_the_partitions_asked_for() {
        // Given a wish for twelve

        // When
        TopicPlan plan = TopicPlan.of(DEFAULTS, 12);

        // Then
        assertThat(plan.topics()).allSatisfy(topic -> assertThat(topic.partitions())
                .isEqualTo(
                        switch (topic.use()) {
                            case RAW_LOGS, FACTS -> 12;
                            case TABLE, IMPORT -> 1;
                            case RESULT -> 3;
                        }));
        assertThat(plan.topics())
                .filteredOn(topic -> topic.use() == Use.RAW_LOGS)
                .hasSize(4);
    }
}

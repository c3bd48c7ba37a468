package io.rolecall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessPlanTest {

    @Test
    void the_rights_are_those_of_reading_inputs_writing_results_and_the_applications_own() {
        // Given
        Configuration configuration =
                ConfigFile.read(Map.of("ROLECALL_APPLICATION_ID", "blue", "ROLECALL_TOPICS_ALERTS", "alarms"));

        // When
        AccessPlan plan = AccessPlan.of(configuration);

        // Then
        assertThat(plan.rules())
                .extracting(AccessRule::toString)
                .containsExactly(
                        "Read on topic entra.audit-logs",
                        "Read on topic entra.sign-in-logs",
                        "Read on topic azure.activity-logs",
                        "Read on topic m365.audit-logs",
                        "Read on topic org.networks",
                        "DescribeConfigs on topic org.networks",
                        "Read on topic rolecall.inventory",
                        "Read on topic rolecall.app-events",
                        "Write on topic rolecall.app-events",
                        "DescribeConfigs on topic rolecall.app-events",
                        "Write on topic alarms",
                        "DescribeConfigs on topic alarms",
                        "Write on topic rolecall.alerts.ocsf",
                        "DescribeConfigs on topic rolecall.alerts.ocsf",
                        "Write on topic rolecall.incidents",
                        "DescribeConfigs on topic rolecall.incidents",
                        "Write on topic rolecall.incidents.ocsf",
                        "DescribeConfigs on topic rolecall.incidents.ocsf",
                        "Write on topic rolecall.quarantine",
                        "DescribeConfigs on topic rolecall.quarantine",
                        "Create on topics that begin with blue-",
                        "Read on topics that begin with blue-",
                        "Write on topics that begin with blue-",
                        "Delete on topics that begin with blue-",
                        "Read on group blue",
                        "Write on transactional ids that begin with blue-");
    }

    @Test
    void at_least_once_needs_no_transactional_id() {
        // Given
        Configuration configuration = ConfigFile.read(Map.of("ROLECALL_STREAMS_PROCESSING_GUARANTEE", "at_least_once"));

        // When
        AccessPlan plan = AccessPlan.of(configuration);

        // Then
        assertThat(plan.rules()).extracting(AccessRule::toString).noneMatch(rule -> rule.contains("transactional"));
    }

    @Test
    void a_replay_reads_and_describes_and_nothing_else() {
        // Given
        Configuration configuration = ConfigFile.read(Map.of());

        // When
        AccessPlan plan = AccessPlan.ofReplay(configuration);

        // Then
        assertThat(plan.rules()).extracting(AccessRule::operationName).containsOnly("Read", "Describe");
        assertThat(plan.rules())
                .extracting(rule -> rule.resource().name())
                .containsAll(configuration.detector().topics().rawLogs())
                .contains("org.networks", "rolecall.inventory", "rolecall");
    }
}

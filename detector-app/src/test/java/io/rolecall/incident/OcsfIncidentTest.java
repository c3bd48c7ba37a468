package io.rolecall.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.alert.OcsfChecker;
import io.rolecall.schema.Incident;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OcsfIncidentTest {

    private static Incident incident(String alerts) {
        return Incidents.of(IncidentsTest.alerts(alerts)).get(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            critical open, low contained | true  | 1 | 1 | New
            critical open, low contained | false | 2 | 1 | New
            high contained               | false | 2 | 2 | In Progress
            medium suppressed            | false | 3 | 5 | Closed
            """)
    void every_status_and_activity_is_valid_against_the_schema_files(
            String alerts, boolean first, int activity, int statusId, String status) {
        // Given
        Incident incident = incident(alerts);

        // When
        ObjectNode finding = OcsfIncident.of(incident, first);

        // Then
        assertThat(OcsfChecker.problemsOfIncident(finding)).isEmpty();
        assertThat(finding.get("activity_id").asInt()).isEqualTo(activity);
        assertThat(finding.get("type_uid").asLong()).isEqualTo(200_500 + activity);
        assertThat(finding.get("status_id").asInt()).isEqualTo(statusId);
        assertThat(finding.get("status").asText()).isEqualTo(status);
        assertThat(finding.has("verdict_id")).isFalse();
    }

    @Test
    void a_refuted_incident_is_closed_as_a_false_positive() {
        // Given
        Incident incident = Incident.newBuilder(incident("high open"))
                .setStatus("closed")
                .setClosedBecause("withdrawn")
                .build();

        // When
        ObjectNode finding = OcsfIncident.of(incident, false);

        // Then
        assertThat(OcsfChecker.problemsOfIncident(finding)).isEmpty();
        assertThat(finding.get("verdict").asText()).isEqualTo("False Positive");
    }

    @Test
    void a_finding_names_the_incident_the_revision_and_the_alerts() {
        // Given
        Incident incident = Incident.newBuilder(incident("critical open, low contained"))
                .setGeneration(1_780_000_000_000L)
                .setRevision(3)
                .setEmittedAt(Instant.parse("2026-03-11T00:00:00Z"))
                .build();

        // When
        ObjectNode finding = OcsfIncident.of(incident, false);

        // Then
        assertThat(finding.at("/metadata/correlation_uid").asText()).isEqualTo(incident.getIncidentId());
        assertThat(finding.at("/metadata/uid").asText()).isEqualTo(incident.getIncidentId() + ":1780000000000:3");
        assertThat(finding.at("/metadata/profiles"))
                .extracting(it -> it.asText())
                .containsExactly("incident");
        assertThat(finding.get("finding_info_list"))
                .extracting(it -> it.get("uid").asText())
                .containsExactly("rc-a-critical-open", "rc-a-low-contained");
        assertThat(finding.get("time").asLong())
                .isEqualTo(Instant.parse("2026-03-11T00:00:00Z").toEpochMilli());
        assertThat(finding.at("/unmapped/riskScore").asInt()).isEqualTo(incident.getRiskScore());
        assertThat(finding.at("/unmapped/timeline")).isNotEmpty();
    }

    @Test
    void the_checker_refuses_a_finding_that_nobody_is_to_take() {
        // Given
        ObjectNode finding = OcsfIncident.of(incident("high open"), true);

        // When
        finding.remove("assignee_group");

        // Then
        assertThat(OcsfChecker.problemsOfIncident(finding)).isNotEmpty();
    }
}

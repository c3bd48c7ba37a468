package io.rolecall.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.detection.DetectionInput;
import io.rolecall.schema.Alert;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OcsfFindingTest {

    @ParameterizedTest
    @ValueSource(strings = {"open", "suppressed", "contained"})
    void every_status_is_valid_against_the_metaschema(String status) {
        // Given
        Alert alert = Alert.newBuilder(Given.alert())
                .setStatus(status)
                .setSuppressedBy("x")
                .build();

        // When
        ObjectNode finding = OcsfFinding.of(alert);

        // Then
        assertThat(OcsfChecker.problems(finding)).isEmpty();
    }

    @Test
    void a_withdrawal_is_valid_and_closes_the_finding_under_the_same_uid() {
        // Given
        DetectionInput input = Given.input(Given.history(), Given.policy(Optional.empty()));
        Alert withdrawn =
                AlertAssembler.withdrawn(Given.alert(), new Given.FixedDetection(), input, "The grant failed");
        Instant emitted = Instant.parse("2026-03-11T00:00:00Z");

        // When
        ObjectNode finding = OcsfFinding.of(
                Alert.newBuilder(withdrawn).setRevision(2).setEmittedAt(emitted).build());

        // Then
        assertThat(OcsfChecker.problems(finding)).isEmpty();
        assertThat(finding.get("activity_id").asInt()).isEqualTo(3);
        assertThat(finding.get("status_id").asInt()).isEqualTo(6);
        assertThat(finding.at("/finding_info/uid").asText())
                .isEqualTo(Given.alert().getAlertId());
        assertThat(finding.get("time").asLong()).isEqualTo(emitted.toEpochMilli());
        assertThat(finding.has("start_time")).isFalse();
    }

    @Test
    void the_first_revision_creates_an_alertable_finding_and_the_next_updates_it() {
        // Given
        Alert first = Given.alert();
        Alert second = Alert.newBuilder(first).setRevision(2).build();

        // When
        ObjectNode created = OcsfFinding.of(first);
        ObjectNode updated = OcsfFinding.of(second);

        // Then
        assertThat(created.get("type_uid").asLong()).isEqualTo(200401);
        assertThat(created.get("is_alert").asBoolean()).isTrue();
        assertThat(updated.get("type_uid").asLong()).isEqualTo(200402);
        assertThat(updated.get("is_alert").asBoolean()).isFalse();
        assertThat(updated.at("/finding_info/uid")).isEqualTo(created.at("/finding_info/uid"));
        assertThat(updated.at("/metadata/uid")).isNotEqualTo(created.at("/metadata/uid"));
        assertThat(OcsfChecker.problems(updated)).isEmpty();
    }

    @Test
    void techniques_and_their_parents_carry_uids() {
        // Given
        Alert alert = Given.alert();

        // When
        ObjectNode finding = OcsfFinding.of(alert);

        // Then
        assertThat(finding.at("/finding_info/attacks/0/tactic/uid").asText()).isEqualTo("TA0003");
        assertThat(finding.at("/finding_info/attacks/0/technique/uid").asText()).isEqualTo("T1098");
        assertThat(finding.at("/finding_info/attacks/0/sub_technique/uid").asText())
                .isEqualTo("T1098.003");
    }

    @Test
    void what_has_no_place_of_its_own_is_kept_unmapped() {
        // Given
        Alert alert = Given.alert();

        // When
        ObjectNode unmapped = (ObjectNode) OcsfFinding.of(alert).get("unmapped");

        // Then
        assertThat(unmapped.get("groupKey").asText()).isEqualTo(Given.TENANT + "/" + Given.APP);
        assertThat(unmapped.at("/permissions/0/value").asText()).isEqualTo("Mail.ReadWrite");
        assertThat(unmapped.has("evidence")).isFalse();
    }

    @Test
    void the_checker_finds_what_is_wrong() {
        // Given
        ObjectNode finding = OcsfFinding.of(Given.alert());
        finding.remove("severity_id");
        finding.put("status_id", 42);
        finding.put("status", "Novel");
        finding.put("shoe_size", 46);
        finding.put("risk_score", "high");
        ((ObjectNode) finding.get("finding_info")).remove("uid");
        ((ObjectNode) finding.at("/evidences/0/src_endpoint")).put("ip", "nowhere");

        // When
        var problems = OcsfChecker.problems(finding);

        // Then
        assertThat(problems)
                .hasSize(6)
                .anyMatch(problem -> problem.startsWith(".severity_id: required"))
                .anyMatch(problem -> problem.startsWith(".status_id: not among"))
                .anyMatch(problem -> problem.startsWith(".shoe_size: unknown"))
                .anyMatch(problem -> problem.startsWith(".risk_score: not a"))
                .anyMatch(problem -> problem.startsWith(".finding_info.uid: required"))
                .anyMatch(problem -> problem.startsWith(".evidences[0].src_endpoint.ip: does not look"));
    }
}

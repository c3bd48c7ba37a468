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
        ObjectNode finding = OcsfFinding.of(alert, true);

        // Then
        assertThat(OcsfChecker.problems(finding)).isEmpty();
    }

    @Test
    void a_withdrawal_is_valid_and_closes_the_finding_under_the_same_uid() {
        // Given
        DetectionInput input = Given.input(Given.history(), Given.policy(Optional.empty()));
        Alert withdrawn = AlertAssembler.withdrawn(Given.alert(), Given.PAGE, input, "The grant failed");
        Instant emitted = Instant.parse("2026-03-11T00:00:00Z");

        // When
        ObjectNode finding = OcsfFinding.of(
                Alert.newBuilder(withdrawn).setRevision(2).setEmittedAt(emitted).build(), false);

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
    void what_is_told_first_creates_an_alertable_finding_and_the_next_updates_it() {
        // Given
        Alert first = Given.alert();
        Alert second = Alert.newBuilder(first).setRevision(2).build();

        // When
        ObjectNode created = OcsfFinding.of(first, true);
        ObjectNode updated = OcsfFinding.of(second, false);

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
    void a_finding_tells_apart_the_revisions_of_two_generations() {
        // Given
        Alert alert = Alert.newBuilder(Given.alert())
                .setGeneration(1_780_000_000_000L)
                .setRevision(3)
                .build();

        // When
        ObjectNode finding = OcsfFinding.of(alert, false);
        ObjectNode ofScan = OcsfFinding.of(Given.alert(), true);

        // Then
        assertThat(OcsfChecker.problems(finding)).isEmpty();
        assertThat(finding.at("/metadata/uid").asText()).isEqualTo(alert.getAlertId() + ":1780000000000:3");
        assertThat(finding.at("/unmapped/generation").asLong()).isEqualTo(1_780_000_000_000L);
        assertThat(finding.at("/unmapped/revision").asInt()).isEqualTo(3);
        assertThat(ofScan.at("/metadata/uid").asText()).isEqualTo(alert.getAlertId() + ":0:1");
        assertThat(ofScan.at("/unmapped").has("generation")).isFalse();
    }

    @Test
    void techniques_and_their_parents_carry_uids() {
        // Given
        Alert alert = Given.alert();

        // When
        ObjectNode finding = OcsfFinding.of(alert, true);

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
        ObjectNode unmapped = (ObjectNode) OcsfFinding.of(alert, true).get("unmapped");

        // Then
        assertThat(unmapped.get("groupKey").asText()).isEqualTo(Given.TENANT + "/" + Given.APP);
        assertThat(unmapped.at("/permissions/0/value").asText()).isEqualTo("Mail.ReadWrite");
        assertThat(unmapped.has("evidence")).isFalse();
    }
}

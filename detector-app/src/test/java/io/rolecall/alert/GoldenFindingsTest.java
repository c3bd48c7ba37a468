package io.rolecall.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.DetectionPage;
import io.rolecall.event.Subject;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.scenario.CaseEvent;
import io.rolecall.scenario.Scenario;
import io.rolecall.scenario.ShippedScenarios;
import io.rolecall.schema.Alert;
import io.rolecall.source.split.Chunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every alert of every shipped scenario, in every state that an alert passes through, against OCSF's own schema. */
class GoldenFindingsTest {

    private static final Instant NOW = Instant.parse("2200-01-01T00:00:00Z");
    private static final List<Named> GOLDEN = golden();

    /** An alert, and where it comes from. */
    private record Named(String name, Alert alert) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Named> golden() {
        try {
            return ShippedScenarios.all(Catalogue.shipped()).stream()
                    .flatMap(scenario -> scenario.cases().stream().flatMap(GoldenFindingsTest::alerts))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Named> alerts(Scenario.Case one) {
        try (InProcessDetector detector = new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                Catalogue.shipped(),
                one.policy(),
                one.networks(),
                Clock.fixed(NOW, ZoneOffset.UTC))) {
            int line = 1;
            for (CaseEvent event : one.events()) {
                detector.feed(new Chunk(event.event(), "events", new int[] {line++}, new int[] {0}));
            }
            return detector.finish().stream().map(alert -> new Named(alert.getDetection() + ": " + one.name(), alert));
        }
    }

    static List<Named> goldenAlerts() {
        return GOLDEN;
    }

    private static Alert revision(Alert alert, int revision, String status) {
        return Alert.newBuilder(alert)
                .setRevision(revision)
                .setStatus(status)
                .setSuppressedBy(status.equals("suppressed") ? "backup-vendor" : null)
                .setWithdrawnBecause(status.equals("withdrawn") ? "The grant failed." : null)
                .setChangeSummary(revision == 1 ? null : "status")
                .build();
    }

    private static Alert withdrawn(Alert alert) {
        FixedHistory history = new FixedHistory.OfApplication(
                Subject.application(alert.getTenantId(), alert.getSubject().getId()), Given.profile(), List.of());
        DetectionInput input = Given.input(history, Given.policy(Optional.empty()));
        Alert withdrawn = AlertAssembler.withdrawn(alert, page(alert.getDetection()), input, "The grant failed.");
        return Alert.newBuilder(withdrawn).setRevision(5).setEmittedAt(NOW).build();
    }

    /** From its first revision to its end. */
    private static List<ObjectNode> life(Alert alert) {
        return List.of(
                OcsfFinding.of(revision(alert, 1, "open"), true),
                OcsfFinding.of(revision(alert, 2, "open"), false),
                OcsfFinding.of(revision(alert, 3, "suppressed"), false),
                OcsfFinding.of(revision(alert, 4, "contained"), false),
                OcsfFinding.of(withdrawn(alert), false));
    }

    private static List<String> emptyValues(JsonNode node, String path) {
        List<String> empty = new ArrayList<>();
        if (node.isNull() || (node.isTextual() && node.asText().isEmpty())) {
            empty.add(path);
        }
        node.properties().forEach(field -> empty.addAll(emptyValues(field.getValue(), path + "/" + field.getKey())));
        node.elements().forEachRemaining(element -> empty.addAll(emptyValues(element, path + "[]")));
        return empty;
    }

    @Test
    void every_detection_is_among_them() {
        // When
        var detections = GOLDEN.stream().map(golden -> golden.alert().getDetection());

        // Then
        assertThat(detections)
                .containsAll(Catalogue.shipped().all().stream()
                        .map(detection -> detection.id())
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldenAlerts")
    void an_alert_as_it_came_is_a_valid_finding(Named golden) {
        // When
        ObjectNode finding = OcsfFinding.of(golden.alert(), true);

        // Then
        assertThat(OcsfChecker.problems(finding)).isEmpty();
        assertThat(emptyValues(finding, "")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldenAlerts")
    void an_alert_is_one_valid_finding_from_its_first_revision_to_its_end(Named golden) {
        // When
        List<ObjectNode> life = life(golden.alert());

        // Then
        assertThat(life).allSatisfy(finding -> {
            assertThat(OcsfChecker.problems(finding)).isEmpty();
            assertThat(emptyValues(finding, "")).isEmpty();
        });
        assertThat(life)
                .extracting(finding -> finding.at("/finding_info/uid").asText())
                .containsOnly(golden.alert().getAlertId());
        assertThat(life)
                .extracting(finding -> finding.at("/metadata/uid").asText())
                .doesNotHaveDuplicates();
        assertThat(life)
                .extracting(finding -> finding.get("type_uid").asInt())
                .containsExactly(200401, 200402, 200402, 200403, 200403);
        assertThat(life).extracting(finding -> finding.get("status_id").asInt()).containsExactly(1, 1, 3, 4, 6);
        assertThat(life)
                .extracting(finding -> finding.get("is_alert").asBoolean())
                .containsExactly(true, false, false, false, false);
    }

    private static DetectionPage page(String detection) {
        Catalogue catalogue = Catalogue.shipped();
        return catalogue.page(catalogue.byId(detection).orElseThrow());
    }
}

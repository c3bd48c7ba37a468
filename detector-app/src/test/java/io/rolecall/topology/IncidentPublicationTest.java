package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.alert.KnownAtLast;
import io.rolecall.alert.OcsfChecker;
import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.incident.AlertExtracts;
import io.rolecall.incident.GivenAlerts;
import io.rolecall.incident.IncidentChanges;
import io.rolecall.incident.IncidentIds;
import io.rolecall.incident.Incidents;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertPermission;
import io.rolecall.schema.Incident;
import io.rolecall.schema.IncidentAlert;
import io.rolecall.schema.state.AlertExtract;
import io.rolecall.state.Counts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When incidents are published, by a wall clock that is moved by hand. */
class IncidentPublicationTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_780_272_000_000L);

    @TempDir
    private Path directory;

    private LiveDriver service;

    @BeforeEach
    void start() {
        service = new LiveDriver(directory, DetectorConfig.DEFAULT, Catalogue.shipped());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    /** Of an alert whose address the events state, some minutes ago. */
    private static Alert.Builder alert(String detection, String severity, String status) {
        return GivenAlerts.alert(detection, severity, status)
                .setAlertId("rc-" + detection)
                .setFirstEventTime(NOW.minusSeconds(300))
                .setLastEventTime(NOW.minusSeconds(300));
    }

    private static AlertExtract stated(String detection, String severity, String status) {
        return AlertExtracts.of(alert(detection, severity, status).build());
    }

    private static AlertExtract resolved(String detection, String severity) {
        Alert alert = alert(detection, severity, "open").setConfidence("medium").build();
        List<AlertActor> actors = alert.getActors().stream()
                .map(actor -> AlertActor.newBuilder(actor).setBasis("sign-in").build())
                .toList();
        return AlertExtracts.of(Alert.newBuilder(alert).setActors(actors).build());
    }

    private static AlertExtract withdrawn(String detection) {
        return AlertExtracts.of(alert(detection, "medium", "withdrawn")
                .setWithdrawnBecause("The grant failed")
                .setFirstEventTime(Instant.EPOCH)
                .setLastEventTime(Instant.EPOCH)
                .build());
    }

    private LiveDriver published(AlertExtract... alerts) {
        for (AlertExtract alert : alerts) {
            service.extract(alert);
        }
        assertThat(service.passes(Duration.ofMinutes(21)).incidents()).hasSize(1);
        return service;
    }

    @Test
    void a_critical_one_with_high_confidence_is_published_at_once() {
        // When
        service.extract(stated("a", "critical", "open"));

        // Then
        Incident incident = service.incidents().get(0);
        assertThat(incident.getRevision()).isEqualTo(1);
        assertThat(incident.getGeneration())
                .isBetween(NOW.toEpochMilli(), NOW.plusSeconds(1).toEpochMilli());
        assertThat(incident.getChangeSummary()).isEmpty();
        assertThat(incident.getEmittedAt()).isPresent();
        assertThat(incident.getHistoric()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"high, 60", "critical, 1200"})
    void another_one_is_published_when_it_has_settled(String severity, int settles) {
        // Given
        service.extract(severity.equals("high") ? stated("a", "high", "open") : resolved("a", "critical"));

        // When
        List<Incident> before = service.passes(Duration.ofSeconds(settles - 2)).incidents();
        List<Incident> after = service.passes(Duration.ofSeconds(3)).incidents();

        // Then
        assertThat(before).isEmpty();
        assertThat(after).extracting(Incident::getRevision).containsExactly(1);
        assertThat(service.passes(Duration.ofDays(3)).incidents()).isEmpty();
    }

    @Test
    void an_address_that_becomes_stated_ends_the_longer_wait() {
        // Given
        service.extract(resolved("a", "high")).passes(Duration.ofMinutes(5));
        assertThat(service.incidents()).isEmpty();

        // When
        service.extract(stated("a", "high", "open")).passes(Duration.ofSeconds(2));

        // Then
        assertThat(service.incidents()).hasSize(1);
    }

    @Test
    void what_is_withdrawn_before_it_was_published_is_never_seen() {
        // Given
        service.extract(resolved("a", "high")).passes(Duration.ofMinutes(10));

        // When
        service.extract(withdrawn("a")).passes(Duration.ofDays(2));

        // Then
        assertThat(service.incidents()).isEmpty();
    }

    @Test
    void one_of_informational_alerts_alone_is_never_published() {
        // When
        service.extract(stated("a", "informational", "open")).passes(Duration.ofDays(2));

        // Then
        assertThat(service.incidents()).isEmpty();
    }

    @Test
    void a_suppressed_one_is_published_as_closed_as_scan_prints_it() {
        // When
        service.extract(stated("a", "high", "suppressed")).passes(Duration.ofMinutes(2));

        // Then
        Incident incident = service.incidents().get(0);
        assertThat(incident.getStatus()).isEqualTo("closed");
        assertThat(incident.getClosedBecause()).contains("suppressed");
    }

    @ParameterizedTest
    @CsvSource({"1439, false", "1500, true"})
    void one_of_events_long_ago_is_historic(int minutesAgo, boolean historic) {
        // Given
        Instant at = NOW.minus(Duration.ofMinutes(minutesAgo - 1));
        AlertExtract alert = AlertExtracts.of(alert("a", "critical", "open")
                .setFirstEventTime(at)
                .setLastEventTime(at)
                .build());

        // When
        service.extract(alert);

        // Then
        assertThat(service.incidents()).extracting(Incident::getHistoric).containsExactly(historic);
    }

    @Test
    void material_changes_share_a_publication_an_interval() {
        // Given
        service.extract(stated("a", "critical", "open"));
        assertThat(service.incidents()).hasSize(1);

        // When
        service.extract(stated("b", "high", "open")).passes(Duration.ofSeconds(10));
        service.extract(stated("c", "low", "open")).passes(Duration.ofSeconds(10));
        List<Incident> within = service.incidents();
        List<Incident> after = service.passes(Duration.ofSeconds(12)).incidents();

        // Then
        assertThat(within).isEmpty();
        assertThat(after).hasSize(1);
        assertThat(after.get(0).getRevision()).isEqualTo(2);
        assertThat(after.get(0).getChangeSummary()).contains("2 detections added: b, c");
        assertThat(after.get(0).getRiskScore()).isEqualTo(85 + 6);
    }

    @Test
    void a_higher_severity_a_permission_the_first_use_and_the_first_address_from_outside_are_told_of() {
        // Given
        AlertActor inside = AlertActor.newBuilder(
                        alert("a", "high", "open").getActors().get(0))
                .setIpClass("organization")
                .build();
        published(AlertExtracts.of(
                alert("a", "medium", "open").setActors(List.of(inside)).build()));

        // When
        service.extract(AlertExtracts.of(alert("a", "medium", "open")
                        .setActors(List.of(inside))
                        .setPermissions(List.of(
                                new AlertPermission("microsoft-graph", "Mail.ReadWrite", "application", "mailbox-wide"),
                                new AlertPermission("microsoft-graph", "Mail.Send", "application", "mail")))
                        .build()))
                .passes(Duration.ofSeconds(31));
        service.extract(AlertExtracts.of(alert("a", "high", "open").build())).passes(Duration.ofSeconds(31));
        service.extract(AlertExtracts.of(alert("a", "high", "open")
                        .setInvestigation(GivenAlerts.investigation(3))
                        .build()))
                .passes(Duration.ofSeconds(31));

        // Then
        assertThat(service.incidents())
                .extracting(incident -> incident.getChangeSummary().orElse(""))
                .containsExactly(
                        "1 permission added: Mail.Send",
                        "severity medium -> high; first address from outside",
                        "first use seen");
    }

    @Test
    void what_is_not_material_is_told_once_when_it_is_quiet_and_at_most_once_a_day() {
        // Given
        published(stated("a", "high", "open"));

        // When
        for (int i = 1; i <= 4; i++) {
            service.extract(AlertExtracts.of(
                            alert("a", "high", "open").setRiskScore(65 + i).build()))
                    .passes(Duration.ofMinutes(10));
        }
        List<Incident> busy = service.incidents();
        List<Incident> quiet = service.passes(Duration.ofMinutes(6)).incidents();
        service.extract(stated("a", "high", "open"));
        List<Incident> sameDay = service.passes(Duration.ofHours(23)).incidents();
        List<Incident> nextDay = service.passes(Duration.ofHours(2)).incidents();

        // Then
        assertThat(busy).isEmpty();
        assertThat(quiet).extracting(Incident::getRiskScore).containsExactly(69);
        assertThat(sameDay).isEmpty();
        assertThat(nextDay).extracting(Incident::getRiskScore).containsExactly(65);
    }

    @Test
    void it_is_contained_closed_and_reopened_under_one_id() throws IOException {
        // Given
        published(stated("a", "high", "open"));

        // When
        service.extract(stated("a", "high", "contained")).passes(Duration.ofSeconds(31));
        service.extract(withdrawn("a")).passes(Duration.ofSeconds(31));
        service.extract(stated("b", "low", "open")).passes(Duration.ofSeconds(31));

        // Then
        List<Incident> told = service.incidents();
        assertThat(told).extracting(Incident::getStatus).containsExactly("contained", "closed", "open");
        assertThat(told.get(1).getClosedBecause()).contains("withdrawn");
        assertThat(told.get(1).getSeverity()).isEqualTo("medium");
        assertThat(told.get(1).getSummary()).startsWith("Later events refute it: The grant failed.");
        assertThat(told.get(1).getAlerts()).extracting(IncidentAlert::getStatus).containsOnly("withdrawn");
        assertThat(told.get(2).getChangeSummary()).contains("reopened");
        assertThat(told).extracting(Incident::getRevision).containsExactly(2, 3, 4);
        assertThat(told).extracting(Incident::getIncidentId).containsOnly(IncidentIds.of(GivenAlerts.GROUP));
        List<JsonNode> findings = service.incidentsOcsf();
        assertThat(findings)
                .extracting(finding -> finding.get("activity_name").asText() + " "
                        + finding.get("status").asText())
                .containsExactly("Create New", "Update In Progress", "Close Closed", "Update New");
        assertThat(findings).allSatisfy(finding -> assertThat(OcsfChecker.problemsOfIncident(finding))
                .isEmpty());
    }

    @Test
    void an_incident_of_an_unresolved_application_hands_over_to_that_of_the_known_one() {
        // Given
        String unresolved = "sp:" + GivenAlerts.TENANT + "/8a3f0000-0000-4000-8000-000000000003";
        String oldGroup = GivenAlerts.TENANT + "/" + unresolved;
        published(AlertExtracts.of(
                alert("x", "high", "open").setGroupKey(oldGroup).build()));

        // When
        service.extract(AlertExtracts.of(alert("x", "high", "withdrawn")
                        .setGroupKey(oldGroup)
                        .setWithdrawnBecause(KnownAtLast.because(GivenAlerts.APP))
                        .build()))
                .extract(stated("a", "high", "open"))
                .passes(Duration.ofSeconds(31))
                .passes(Duration.ofMinutes(1));

        // Then
        List<Incident> told = service.incidents();
        assertThat(told).extracting(Incident::getStatus).containsExactly("closed", "open");
        assertThat(told.get(0).getClosedBecause()).contains("superseded");
        assertThat(told.get(0).getSupersededBy()).contains(told.get(1).getIncidentId());
        assertThat(told.get(1).getSupersedes()).contains(told.get(0).getIncidentId());
    }

    @Test
    void one_that_was_never_published_is_superseded_in_silence() {
        // Given
        String oldGroup = GivenAlerts.TENANT + "/sp:x";
        service.extract(resolved("x", "high"));
        service.extract(AlertExtracts.of(alert("y", "high", "open")
                .setGroupKey(oldGroup)
                .setConfidence("medium")
                .build()));

        // When
        service.extract(AlertExtracts.of(alert("y", "high", "withdrawn")
                        .setGroupKey(oldGroup)
                        .setWithdrawnBecause(KnownAtLast.because(GivenAlerts.APP))
                        .build()))
                .passes(Duration.ofMinutes(21));

        // Then
        assertThat(service.incidents()).hasSize(1).allMatch(it -> it.getSupersedes()
                .isEmpty());
    }

    @Test
    void a_group_is_forgotten_four_hundred_days_after_its_last_event_and_nothing_is_published() {
        // Given
        published(stated("a", "high", "open"));
        Instant later = NOW.plus(IncidentBook.KEPT).plus(Duration.ofDays(2));

        // When
        service.extract(AlertExtracts.of(alert("b", "informational", "open")
                        .setGroupKey("another")
                        .setFirstEventTime(later)
                        .setLastEventTime(later)
                        .build()))
                .passes(Duration.ofMinutes(1));

        // Then
        assertThat(service.incidents()).isEmpty();
        assertThat(service.incidentStore().group(GivenAlerts.GROUP)).isEmpty();
        assertThat(service.incidentStore().published(GivenAlerts.GROUP)).isEmpty();
        assertThat(service.incidentStore().worst(GivenAlerts.GROUP, 10)).isEmpty();
        assertThat(service.incidentStore().group("another")).isPresent();
    }

    @Test
    void the_last_word_of_the_service_is_that_of_the_pure_function_and_what_came_is_counted() {
        // Given
        List<AlertExtract> last = List.of(
                stated("a", "high", "open"), stated("b", "low", "contained"), stated("c", "informational", "open"));

        // When
        service.extract(stated("a", "medium", "open")).extract(stated("d", "critical", "suppressed"));
        service.extract(stated("b", "high", "open")).extract(withdrawn("d")).passes(Duration.ofMinutes(30));
        last.forEach(service::extract);
        last.forEach(service::extract);
        service.passes(Duration.ofMinutes(30));

        // Then
        List<Incident> told = service.incidents();
        Incident expected = Incidents.of(last).get(0);
        assertThat(IncidentChanges.sameContent(told.get(told.size() - 1), expected))
                .as("%s%n%s", told.get(told.size() - 1), expected)
                .isTrue();
        Counts counts = service.incidentCounts();
        assertThat(counts.get(Counts.ALERTS_NEW)).isEqualTo(4);
        assertThat(counts.get(Counts.ALERTS_CHANGED)).isEqualTo(2);
        assertThat(counts.get(Counts.ALERTS_WITHDRAWN)).isEqualTo(1);
        assertThat(counts.get(Counts.ALERTS_SAME)).isEqualTo(3);
        assertThat(counts.startingWith(Counts.PUBLISHED).values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(told.size());
    }
}

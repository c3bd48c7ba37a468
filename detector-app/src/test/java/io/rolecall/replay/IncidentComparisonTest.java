package io.rolecall.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.incident.AlertExtracts;
import io.rolecall.incident.GivenAlerts;
import io.rolecall.incident.Incidents;
import io.rolecall.incident.PublicationRules;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What live published of its incidents is compared with what the replay's alerts make, and every difference has its reason. */
class IncidentComparisonTest {

    private static final Instant EMITTED = Instant.parse("2026-05-01T12:00:00Z");
    private static final Instant MUCH_LATER = EMITTED.plus(Duration.ofDays(3));

    private static final PublicationRules RULES =
            new PublicationRules(Duration.ofMinutes(1), Duration.ofMinutes(20), Duration.ofSeconds(30));

    private static Alert alert(String detection, String severity, String status) {
        return GivenAlerts.alert(detection, severity, status)
                .setAlertId("rc-" + detection)
                .setEmittedAt(EMITTED)
                .build();
    }

    private static Incident published(int revision, Alert... alerts) {
        Incident incident =
                Incidents.of(Stream.of(alerts).map(AlertExtracts::of).toList()).get(0);
        return Incident.newBuilder(incident)
                .setGeneration(1_000L)
                .setRevision(revision)
                .setChangeSummary("1 detection added: a")
                .setEmittedAt(EMITTED.plusSeconds(60))
                .setPolicyVersion("that of live")
                .build();
    }

    private static DifferenceReasons.Explained because(Cause cause, Alert replayed) {
        return new DifferenceReasons.Explained(
                new LiveDifference(replayed.getAlertId(), Optional.of(replayed), Optional.empty(), List.of()),
                cause,
                "so");
    }

    private static IncidentComparison compared(
            List<Alert> replayed,
            List<Alert> live,
            List<Incident> published,
            Instant taken,
            DifferenceReasons.Explained... explained) {
        return IncidentComparison.of(
                new IncidentComparison.Given(replayed, live, published, alert -> true, List.of(explained), Set.of()),
                RULES,
                taken);
    }

    private static IncidentDifference only(IncidentComparison comparison) {
        assertThat(comparison.same()).isZero();
        assertThat(comparison.differences()).hasSize(1);
        return comparison.differences().get(0);
    }

    @Test
    void the_last_publication_counts_without_its_journey_and_versions() {
        // Given
        List<Alert> alerts = List.of(alert("a", "high", "open"), alert("b", "low", "open"));

        // When
        IncidentComparison comparison = compared(
                alerts,
                alerts,
                List.of(published(2, alerts.get(0), alerts.get(1)), published(1, alerts.get(1))),
                MUCH_LATER);

        // Then
        assertThat(comparison).isEqualTo(new IncidentComparison(1, 0, 0, List.of()));
    }

    @Test
    void what_is_closed_because_nothing_of_it_stands_equals_none() {
        // Given
        Alert before = alert("a", "high", "open");
        Incident closed = Incident.newBuilder(published(2, before))
                .setStatus("closed")
                .setClosedBecause("withdrawn")
                .build();

        // When
        IncidentComparison comparison =
                compared(List.of(), List.of(alert("a", "high", "withdrawn")), List.of(closed), MUCH_LATER);

        // Then
        assertThat(comparison.differences()).isEmpty();
    }

    @Test
    void a_difference_has_the_reason_of_the_alerts_that_differ() {
        // Given
        Alert here = alert("a", "low", "open");
        Alert there = alert("a", "high", "open");

        // When
        IncidentDifference difference = only(compared(
                List.of(here), List.of(there), List.of(published(1, there)), MUCH_LATER, because(Cause.POLICY, here)));

        // Then
        assertThat(difference.kind()).isEqualTo("changed");
        assertThat(difference.fields()).contains("severity", "alerts");
        assertThat(difference.cause()).isEqualTo(Cause.POLICY);
        assertThat(difference.because()).isEqualTo("its alerts differ: rc-a");
    }

    @Test
    void an_incident_that_is_not_due_yet_is_behind_and_one_that_was_due_is_unexplained() {
        // Given
        List<Alert> alerts = List.of(alert("a", "high", "open"));

        // When
        IncidentDifference waiting = only(compared(alerts, alerts, List.of(), EMITTED.plus(Duration.ofMinutes(20))));
        IncidentDifference due = only(compared(alerts, alerts, List.of(), EMITTED.plus(Duration.ofMinutes(22))));

        // Then
        assertThat(waiting.kind()).isEqualTo("new");
        assertThat(waiting.cause()).isEqualTo(Cause.LIVE_BEHIND);
        assertThat(due.cause()).isEqualTo(Cause.UNEXPLAINED);
    }

    @Test
    void what_is_material_is_due_after_the_interval_and_what_is_not_when_it_is_quiet() {
        // Given
        Alert told = alert("a", "high", "open");
        List<Alert> worse = List.of(alert("a", "critical", "open"));
        List<Alert> other =
                List.of(Alert.newBuilder(told).setTitle("In other words").build());
        Instant minutes = EMITTED.plus(Duration.ofMinutes(4));

        // When
        IncidentDifference material = only(compared(worse, worse, List.of(published(1, told)), minutes));
        IncidentDifference quiet = only(compared(other, other, List.of(published(1, told)), minutes));
        IncidentDifference again =
                only(compared(other, other, List.of(published(2, told)), EMITTED.plus(Duration.ofHours(2))));
        IncidentDifference never =
                only(compared(other, other, List.of(published(1, told)), EMITTED.plus(Duration.ofHours(2))));

        // Then
        assertThat(material.cause()).isEqualTo(Cause.UNEXPLAINED);
        assertThat(quiet.cause()).isEqualTo(Cause.LIVE_BEHIND);
        assertThat(again.cause()).isEqualTo(Cause.LIVE_BEHIND);
        assertThat(never.cause()).isEqualTo(Cause.UNEXPLAINED);
    }

    @Test
    void a_publication_of_nothing_is_missing_and_unexplained() {
        // Given
        Alert told = alert("a", "high", "open");

        // When
        IncidentDifference difference = only(compared(
                List.of(alert("b", "informational", "open")),
                List.of(alert("b", "informational", "open")),
                List.of(published(1, told)),
                MUCH_LATER));

        // Then
        assertThat(difference.kind()).isEqualTo("missing");
        assertThat(difference.cause()).isEqualTo(Cause.UNEXPLAINED);
    }

    @Test
    void an_incident_that_live_did_not_close_is_missing_and_unexplained() {
        // When
        IncidentDifference difference = only(compared(
                List.of(),
                List.of(alert("a", "high", "withdrawn")),
                List.of(published(1, alert("a", "high", "open"))),
                MUCH_LATER));

        // Then
        assertThat(difference.kind()).isEqualTo("missing");
        assertThat(difference.cause()).isEqualTo(Cause.UNEXPLAINED);
    }

    @Test
    void an_incident_with_an_alert_that_is_not_told_is_left_out() {
        // Given
        List<Alert> alerts = List.of(alert("a", "high", "open"), alert("b", "low", "open"));

        // When
        IncidentComparison comparison = IncidentComparison.of(
                new IncidentComparison.Given(
                        alerts, alerts, List.of(), one -> one.getDetection().equals("a"), List.of(), Set.of()),
                RULES,
                MUCH_LATER);

        // Then
        assertThat(comparison).isEqualTo(new IncidentComparison(0, 0, 1, List.of()));
    }

    @Test
    void what_live_says_with_what_it_has_read_since_is_the_same() {
        // Given
        Alert here = alert("a", "low", "open");
        Alert there = alert("a", "high", "open");

        // When
        IncidentComparison comparison = IncidentComparison.of(
                new IncidentComparison.Given(
                        List.of(here),
                        List.of(there),
                        List.of(published(1, there)),
                        one -> true,
                        List.of(),
                        Set.of("rc-a")),
                RULES,
                MUCH_LATER);

        // Then
        assertThat(comparison).isEqualTo(new IncidentComparison(1, 1, 0, List.of()));
    }
}

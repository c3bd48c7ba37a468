package io.rolecall.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.AlertActor;
import io.rolecall.schema.Containment;
import io.rolecall.schema.Incident;
import io.rolecall.schema.IncidentAlert;
import io.rolecall.schema.TimelineEntry;
import io.rolecall.schema.state.AlertExtract;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            high open                                                | open      |            | high
            high open, critical contained                            | open      |            | high
            low open, medium open, high suppressed                   | open      |            | medium
            informational open, medium contained                     | contained |            | medium
            low contained, high suppressed                           | contained |            | low
            informational open, low suppressed                       | closed    | suppressed | low
            high withdrawn, low suppressed                           | closed    | suppressed | low
            critical withdrawn, low open                             | open      |            | low
            """)
    void status_and_severity_are_those_of_the_alerts_that_decide(
            String alerts, String status, String because, String severity) {
        // Given
        List<AlertExtract> extracts = alerts(alerts);

        // When
        Incident incident = Incidents.of(extracts).get(0);

        // Then
        assertThat(incident.getStatus()).isEqualTo(status);
        assertThat(incident.getClosedBecause().orElse(null)).isEqualTo(because);
        assertThat(incident.getSeverity()).isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "informational open",
                "critical withdrawn",
                "informational open, high withdrawn",
                "informational suppressed"
            })
    void there_is_none_without_an_alert_above_informational_that_stands(String alerts) {
        // Given
        List<AlertExtract> extracts = alerts(alerts);

        // When
        List<Incident> incidents = Incidents.of(extracts);

        // Then
        assertThat(incidents).isEmpty();
    }

    @Test
    void a_withdrawn_alert_leaves_no_trace() {
        // Given
        List<AlertExtract> without = alerts("high open, low contained");
        List<AlertExtract> with = alerts("high open, low contained, critical withdrawn");

        // When
        List<Incident> incidents = Incidents.of(with);

        // Then
        assertThat(incidents).isEqualTo(Incidents.of(without)).hasSize(1);
    }

    @Test
    void each_further_standing_detection_adds_three_to_the_highest_score() {
        // Given
        List<AlertExtract> extracts = List.of(
                GivenAlerts.extract("a", "high", "open"),
                GivenAlerts.extract("a", "medium", "open"),
                GivenAlerts.extract("b", "low", "open"),
                GivenAlerts.extract("c", "informational", "open"),
                GivenAlerts.extract("d", "critical", "withdrawn"));

        // When
        Incident incident = Incidents.of(extracts).get(0);

        // Then
        assertThat(incident.getRiskScore()).isEqualTo(65 + 2 * 3);
        assertThat(incident.getAlertCounts()).isEqualTo(Map.of("a", 2, "b", 1, "c", 1));
        assertThat(incident.getTitle()).isEqualTo("a: Payroll Sync (and 3 more findings)");
    }

    @Test
    void no_score_exceeds_a_hundred() {
        // Given
        List<AlertExtract> extracts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            extracts.add(GivenAlerts.extract("d" + i, "critical", "open"));
        }

        // When
        Incident incident = Incidents.of(extracts).get(0);

        // Then
        assertThat(incident.getRiskScore()).isEqualTo(100);
    }

    @Test
    void its_id_is_the_hash_of_the_group_key() {
        // Given
        AlertExtract extract = GivenAlerts.extract("a", "high", "open");

        // When
        Incident incident = Incidents.of(List.of(extract)).get(0);

        // Then: printf '7a9c3f10-0000-4000-8000-00000000000a/8a3f0000-0000-4000-8000-000000000001' | sha256sum
        assertThat(incident.getIncidentId()).isEqualTo("ri-8f774136159ac59e48da7d5b6cbcbed8b4cd581f");
        assertThat(incident.getGroupKey()).isEqualTo(GivenAlerts.GROUP);
    }

    @Test
    void the_summary_says_who_what_it_may_do_what_it_did_and_who_is_exposed() {
        // Given
        AlertExtract extract = AlertExtracts.of(GivenAlerts.alert("a", "high", "open")
                .setInvestigation(GivenAlerts.investigation(7))
                .build());

        // When
        Incident incident = Incidents.of(List.of(extract)).get(0);

        // Then
        assertThat(incident.getSummary())
                .isEqualTo("This is about the application 'Payroll Sync' (of this tenant only)."
                        + " mallory@contoso.com gave it permissions from 198.51.100.7 (outside the organisation)."
                        + " It may act in every mailbox without any user (Mail.ReadWrite)."
                        + " It signed in for itself 7 times, from 192.0.2.1 in PA; read 7 mail items."
                        + " Exposed: everybody.");
        assertThat(incident.getCheckFirst())
                .containsExactly(
                        "Ask mallory@contoso.com, by telephone or in person, about 'Payroll Sync': was it you who gave it permissions from"
                                + " 198.51.100.7 (outside the organisation)?",
                        "Is it expected that the application signs in from 192.0.2.1 in PA?",
                        "Harmless if: A planned roll-out, under a change");
    }

    @Test
    void what_somebody_did_is_told_in_the_order_in_which_such_things_happen() {
        // Given
        AlertExtract extract = AlertExtracts.of(GivenAlerts.alert("a", "high", "open")
                .setActors(Stream.of("consented", "granted", "registered")
                        .map(role -> GivenAlerts.mallory(role, "198.51.100.7"))
                        .toList())
                .build());

        // When
        Incident incident = Incidents.of(List.of(extract)).get(0);

        // Then
        assertThat(incident.getSummary())
                .contains(
                        "mallory@contoso.com registered it, gave it permissions and consented to it from 198.51.100.7");
    }

    @Test
    void a_grant_that_tells_the_app_id_alone_is_told_with_the_name() {
        // Given
        AlertExtract extract = AlertExtracts.of(GivenAlerts.alert("a", "high", "open")
                .setEvidence(List.of(GivenAlerts.evidence(
                        "e-1",
                        GivenAlerts.GRANTED,
                        "mallory@contoso.com granted Mail.Read to " + GivenAlerts.APP,
                        "198.51.100.7")))
                .build());

        // When
        Incident incident = Incidents.of(List.of(extract)).get(0);

        // Then
        assertThat(incident.getTimeline())
                .extracting(TimelineEntry::getText)
                .contains("mallory@contoso.com granted Mail.Read to 'Payroll Sync'");
    }

    @Test
    void what_was_only_asked_for_is_not_called_given() {
        // Given
        AlertExtract extract = GivenAlerts.extract("risky-permission-requested", "low", "open");

        // When
        Incident incident = Incidents.of(List.of(extract)).get(0);

        // Then
        assertThat(incident.getSummary())
                .contains("It asks for permissions with which it could act in every mailbox")
                .doesNotContain("It may");
    }

    @Test
    void an_act_of_several_alerts_stands_once_in_the_timeline_with_all_of_them() {
        // Given
        List<AlertExtract> extracts =
                List.of(GivenAlerts.extract("a", "high", "open"), GivenAlerts.extract("b", "low", "open"));

        // When
        List<TimelineEntry> timeline = Incidents.of(extracts).get(0).getTimeline();

        // Then
        assertThat(timeline)
                .extracting(TimelineEntry::getText)
                .containsExactly(
                        "mallory@contoso.com granted Mail.ReadWrite to 'Payroll Sync'",
                        "alice@contoso.com disabled the sign-in of 'Payroll Sync'");
        assertThat(timeline.get(0).getActor()).contains("mallory@contoso.com");
        assertThat(timeline.get(0).getIp()).contains("198.51.100.7");
        assertThat(timeline.get(0).getIpClass()).contains("external");
        assertThat(timeline.get(0).getAlertIds()).containsExactly("rc-a-high-open", "rc-b-low-open");
        assertThat(timeline.get(1).getAlertIds()).isEmpty();
    }

    @Test
    void of_many_alerts_the_worst_and_then_the_earliest_are_listed() {
        // Given
        List<AlertExtract> extracts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            extracts.add(AlertExtracts.of(GivenAlerts.alert("a", i == 299 ? "critical" : "medium", "open")
                    .setAlertId("rc-" + i)
                    .setFirstEventTime(GivenAlerts.GRANTED.minusSeconds(i))
                    .setLastEventTime(GivenAlerts.GRANTED.plusSeconds(i))
                    .setEvidence(List.of(GivenAlerts.evidence(
                            "e" + i, GivenAlerts.GRANTED.minusSeconds(i), "act " + i, "192.0.2.1")))
                    .build()));
        }

        // When
        Incident incident = Incidents.of(extracts).get(0);

        // Then
        assertThat(incident.getAlerts()).hasSize(100);
        assertThat(incident.getAlerts())
                .extracting(IncidentAlert::getAlertId)
                .startsWith("rc-299", "rc-298", "rc-297")
                .doesNotContain("rc-0");
        assertThat(incident.getAlertCounts()).isEqualTo(Map.of("a", 300));
        assertThat(incident.getFirstEventTime()).isEqualTo(GivenAlerts.GRANTED.minusSeconds(299));
        assertThat(incident.getLastEventTime()).isEqualTo(GivenAlerts.GRANTED.plusSeconds(299));
        assertThat(incident.getTimeline()).hasSize(100);
        assertThat(incident.getTimeline())
                .noneMatch(entry -> entry.getAlertIds().isEmpty());
    }

    @Test
    void a_message_is_bounded_whatever_the_logs_call_things() throws Exception {
        // Given
        String longName = "\uD83D\uDE00\"".repeat(5_000);
        List<AlertExtract> extracts = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            int number = i;
            extracts.add(AlertExtracts.of(GivenAlerts.alert("d" + i % 34, "high", "open")
                    .setAlertId("rc-" + "0".repeat(36) + (1000 + i))
                    .setTitle(i + longName)
                    .setExplanation(longName)
                    .setRiskReasons(List.of(i + longName, "b" + i + longName))
                    .setActors(IntStream.range(0, 50)
                            .mapToObj(j -> AlertActor.newBuilder(GivenAlerts.mallory("role" + j, number + "." + j))
                                    .setName(number + "-" + j + longName)
                                    .build())
                            .toList())
                    .setEvidence(IntStream.range(0, 50)
                            .mapToObj(j -> GivenAlerts.evidence(
                                    "e" + number + "-" + j,
                                    Instant.ofEpochSecond(number * 100L + j),
                                    j + longName,
                                    "192.0.2.1"))
                            .toList())
                    .build()));
        }

        // When
        Incident incident = Incidents.of(extracts).get(0);

        // Then
        assertThat(incident.toByteBuffer().remaining()).isLessThan(256 * 1024);
        assertThat(OcsfIncident.of(incident, true).toString().getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(256 * 1024);
        assertThat(incident.getActors()).hasSize(50);
    }

    @Test
    void the_steps_of_several_alerts_are_one_plan() {
        // Given
        AlertExtract worst = AlertExtracts.of(GivenAlerts.alert("a", "high", "open")
                .setContainment(List.of(
                        new Containment("Disable sign-in of the service principal", "sp", null),
                        new Containment("Remove the application permissions Files.Read.All, Mail.Read", "sp", null),
                        new Containment("Confirm with eve that they did this", "eve", null)))
                .build());
        AlertExtract other = AlertExtracts.of(GivenAlerts.alert("b", "low", "open")
                .setContainment(List.of(
                        new Containment("Disable sign-in of the service principal", "sp", null),
                        new Containment("Remove the application permission Mail.Send", "sp", null),
                        new Containment(
                                "Revoke the sessions of eve and confirm with them that they did this", "eve", null)))
                .build());

        // When
        Incident incident = Incidents.of(List.of(other, worst)).get(0);

        // Then
        assertThat(incident.getContainment())
                .extracting(Containment::getAction)
                .containsExactly(
                        "Disable sign-in of the service principal",
                        "Remove the application permissions Files.Read.All, Mail.Read, Mail.Send",
                        "Revoke the sessions of eve and confirm with them that they did this");
    }

    @Test
    void what_the_application_did_is_told_under_its_name() {
        // Given
        AlertExtract extract = AlertExtracts.of(GivenAlerts.alert("a", "high", "open")
                .setEvidence(List.of(GivenAlerts.evidence(
                        "e",
                        GivenAlerts.GRANTED,
                        GivenAlerts.APP + " read 2 mail items in bob@contoso.com",
                        "192.0.2.1")))
                .build());

        // When
        TimelineEntry entry =
                Incidents.of(List.of(extract)).get(0).getTimeline().get(0);

        // Then
        assertThat(entry.getText()).isEqualTo("The application 'Payroll Sync' read 2 mail items in bob@contoso.com");
        assertThat(entry.getActor()).contains("Payroll Sync");
    }

    static List<AlertExtract> alerts(String text) {
        return Arrays.stream(text.split(",\\s*"))
                .map(alert -> alert.split(" "))
                .map(alert -> GivenAlerts.extract("a", alert[0], alert[1]))
                .toList();
    }
}

package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.deployment.AbuseEvents;
import io.rolecall.incident.OcsfIncident;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.ServiceProcess;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.AlertPermission;
import io.rolecall.schema.Incident;
import io.rolecall.schema.OrgNetwork;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Incidents of a service on a real broker: those of {@code scan}, each publication once, none too early. */
class IncidentsOnBrokerTest {

    private static final Duration NEVER = Duration.ofMinutes(10);

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    @Test
    void the_incidents_of_the_story_equal_those_of_scan_across_a_restart() throws Exception {
        // Given
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(100));
        Verdicts verdicts = Verdicts.of(story);
        IncidentVerdicts incidents = verdicts.incidents();
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "incidents")
                .partitions(3)
                .policyOf(story)
                // The month comes in seconds: so long until the sign-in log has told what the audit log left open.
                .with("incidents: { settle: 20s, settle-unconfirmed: 20s }")
                .create()) {
            site.networks(story);
            StoryRecords records = StoryRecords.of(story, site.topics(), site.partitions());
            int half = records.records().size() / 2;

            // When
            try (DetectorService first = site.start("a")) {
                site.client().produce(records.records().subList(0, half));
                site.awaitRead();
                assertThat(first.streams().state().isRunningOrRebalancing()).isTrue();
            }
            try (DetectorService second = site.start("b")) {
                site.client()
                        .produce(records.records()
                                .subList(half, records.records().size()));
                verdicts.awaitIn(site, Site.PATIENCE);
                incidents.awaitIn(site, Site.PATIENCE);
                assertThat(second.streams().state().isRunningOrRebalancing()).isTrue();
            }

            // Then
            assertThat(standing(site.incidents())).isEqualTo(material(incidents.expected()));
            assertThat(ocsf(site)).containsExactlyInAnyOrderElementsOf(asOcsf(site.incidents()));
            site.sums().requireExact(records.elements());
        }
    }

    @Test
    void what_is_due_after_a_crash_comes_once() throws Exception {
        // Given
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "crashed")
                .with("incidents: { settle: 8s, settle-unconfirmed: 8s }")
                .create()) {
            try (ServiceProcess service = site.startProcess("a").awaitRunning()) {
                site.client().produce(site.topics().entraAudit(), AbuseEvents.delegatedGrant());
                site.awaitAlerts(1);
                service.kill();
            }
            assertThat(site.incidents()).as("published before they settled").isEmpty();

            // When
            try (ServiceProcess again = site.startProcess("a").awaitRunning()) {
                await("the incident").atMost(Site.PATIENCE).until(() -> !site.incidents()
                        .isEmpty());
                again.kill();
            }
            try (ServiceProcess last = site.startProcess("a").awaitRunning()) {
                site.client().produce(site.topics().entraAudit(), AbuseEvents.delegatedGrant());
                site.awaitRead();
                assertThat(last.isAlive()).isTrue();
            }

            // Then
            assertThat(site.incidents()).hasSize(1);
            assertThat(site.incidents().get(0).getRevision()).isEqualTo(1);
        }
    }

    @Test
    void a_critical_one_is_published_with_its_alert() throws Exception {
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "prompt-incident")
                .with("streams: { num.stream.threads: 1, commit.interval.ms: " + NEVER.toMillis()
                        + ", producer.transaction.timeout.ms: "
                        + NEVER.plusMinutes(1).toMillis() + " }")
                .with("incidents: { settle: 1h, settle-unconfirmed: 1h }")
                .create()) {
            // With a network of the organisation other addresses are external, and what they did is certain.
            site.network(OrgNetwork.newBuilder()
                    .setCidr("198.51.100.0/24")
                    .setLabel("office")
                    .build());
            try (DetectorService service = site.start("a")) {
                // When
                site.client().produce(site.topics().entraAudit(), AbuseEvents.registration(), AbuseEvents.grant());

                // Then
                await("the incident on both topics").atMost(Site.PATIENCE).until(() -> !ocsf(site)
                        .isEmpty());
                // By nothing but the alert: neither the commit interval nor the time to settle can have ended.
                assertThat(site.incidents().get(0).getSeverity()).isEqualTo("critical");
                assertThat(service.streams().state().isRunningOrRebalancing()).isTrue();
            }
        }
    }

    /** The last publication of every incident that is not closed for nothing. */
    private static Map<String, String> standing(List<Incident> publications) {
        Map<String, Incident> last = new TreeMap<>();
        publications.forEach(incident -> last.put(incident.getIncidentId(), incident));
        return material(last.values().stream()
                .filter(incident -> !incident.getClosedBecause()
                        .filter(because -> !because.equals("suppressed"))
                        .isPresent())
                .toList());
    }

    /** What a change of is published at once. */
    private static Map<String, String> material(List<Incident> incidents) {
        return incidents.stream()
                .collect(Collectors.toMap(
                        Incident::getIncidentId,
                        incident -> incident.getStatus() + " "
                                + incident.getAlertCounts().keySet().stream()
                                        .sorted()
                                        .toList()
                                + incident.getPermissions().stream()
                                        .map(AlertPermission::getValue)
                                        .sorted()
                                        .toList(),
                        (one, other) -> other,
                        TreeMap::new));
    }

    private static List<String> ocsf(Site site) {
        return site.client().committed(site.topics().incidentsOcsf()).stream()
                .map(IncidentsOnBrokerTest::text)
                .toList();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8) + " "
                + new String(record.value(), StandardCharsets.UTF_8);
    }

    private static List<String> asOcsf(List<Incident> publications) {
        return publications.stream()
                .map(incident ->
                        incident.getIncidentId() + " " + OcsfIncident.of(incident, incident.getRevision() == 1))
                .toList();
    }
}

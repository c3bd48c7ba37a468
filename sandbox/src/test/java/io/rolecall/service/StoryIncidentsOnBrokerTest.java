package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Severity;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.story.ExpectedAlert;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.Incident;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What people see of the story. What waits on the wall clock is sixty times shorter than shipped: sign-ins that come ten minutes after the
 * audit log come ten seconds after it.
 */
class StoryIncidentsOnBrokerTest {

    private static final int MOST_PUBLICATIONS = 5;

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "sign-ins {0} seconds after the audit log")
    @ValueSource(ints = {0, 10})
    void the_incidents_are_those_of_the_truth_and_none_is_published_and_withdrawn(int behindSeconds) throws Exception {
        // Given
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(100));
        Verdicts verdicts = Verdicts.of(story);
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "told-" + behindSeconds)
                .partitions(3)
                .with("incidents: { settle: 1s, settle-unconfirmed: 20s }")
                .with("resolve-within: 2s")
                .create()) {
            site.networks(story);

            // When
            try (DetectorService service = site.start("a")) {
                deliver(site, StoryRecords.of(story, site.topics(), site.partitions()), behindSeconds);
                verdicts.awaitIn(site, Site.PATIENCE);
                verdicts.incidents().awaitIn(site, Site.PATIENCE);
                assertThat(service.streams().state().isRunningOrRebalancing()).isTrue();
            }

            // Then
            List<Incident> publications = site.incidents();
            publish(behindSeconds, site.alerts(), publications);
            assertThat(publications).extracting(Incident::getStatus).doesNotContain("closed");
            assertThat(groups(publications)).isEqualTo(groupsOfTruth(story));
            assertThat(publications.stream()
                            .collect(Collectors.groupingBy(Incident::getGroupKey, Collectors.counting())))
                    .allSatisfy((group, number) -> assertThat(number).as(group).isLessThanOrEqualTo(MOST_PUBLICATIONS));
        }
    }

    /** All but the sign-ins, and these so much later, whatever the service does meanwhile. */
    private static void deliver(Site site, StoryRecords records, int behindSeconds) throws InterruptedException {
        Map<Boolean, List<ProducerRecord<byte[], byte[]>>> bySignIn =
                records.records().stream().collect(Collectors.partitioningBy(record -> isSignIn(site, record)));
        site.client().produce(bySignIn.getOrDefault(false, List.of()));
        TimeUnit.SECONDS.sleep(behindSeconds);
        site.client().produce(bySignIn.getOrDefault(true, List.of()));
    }

    private static boolean isSignIn(Site site, ProducerRecord<byte[], byte[]> record) {
        return record.topic().equals(site.topics().entraSignIn());
    }

    private static Set<String> groups(List<Incident> publications) {
        return publications.stream().map(Incident::getGroupKey).collect(Collectors.toSet());
    }

    /**
     * Every group with an alert above informational is an incident, so those of near misses are that look wrong enough for an alert of
     * their own; what has none, or an informational one, is none.
     */
    private static Set<String> groupsOfTruth(Story story) {
        Set<String> groups = story.truth().stream()
                .filter(alert -> Severity.ofLabel(alert.severity()) != Severity.INFORMATIONAL)
                .map(StoryIncidentsOnBrokerTest::group)
                .collect(Collectors.toSet());
        assertThat(groups).as("incidents of the story").containsAll(attacked(story));
        return groups;
    }

    /** The applications of the three attacks. */
    private static Set<String> attacked(Story story) {
        Set<String> groups = story.truth().stream()
                .filter(alert -> alert.scene().startsWith("attack-"))
                .filter(alert -> alert.subject().kind() == SubjectKind.APPLICATION)
                .map(StoryIncidentsOnBrokerTest::group)
                .collect(Collectors.toSet());
        assertThat(groups).as("attacked applications").hasSize(3);
        return groups;
    }

    private static String group(ExpectedAlert alert) {
        return alert.subject().kind() == SubjectKind.APPLICATION
                ? alert.subject().tenantId() + "/" + alert.subject().id()
                : alert.alertId();
    }

    /** For people, on standard output: how much quieter incidents are than alerts. */
    private static void publish(int behindSeconds, List<Alert> alerts, List<Incident> publications) {
        Map<String, Long> revisions =
                alerts.stream().collect(Collectors.groupingBy(Alert::getGroupKey, Collectors.counting()));
        StringBuilder text = new StringBuilder("sign-ins " + behindSeconds + " s later\n");
        IncidentVerdicts.last(publications)
                .forEach((group, incident) -> text.append(String.format(
                        Locale.ROOT,
                        "%-8s %3d  publications %d, alerts %d, their revisions %d  %s%n",
                        incident.getSeverity(),
                        incident.getRiskScore(),
                        incident.getRevision(),
                        incident.getAlerts().size(),
                        revisions.getOrDefault(group, 0L),
                        incident.getTitle())));
        publications.stream()
                .filter(incident -> incident.getRevision() > 1)
                .forEach(incident -> text.append(String.format(
                        Locale.ROOT,
                        "%s %d: %s%n",
                        incident.getApplication()
                                .flatMap(AlertApplication::getDisplayName)
                                .orElse(incident.getIncidentId()),
                        incident.getRevision(),
                        incident.getChangeSummary().orElse(""))));
        text.append("publications " + publications.size() + ", revisions of alerts " + alerts.size() + "\n");
        System.out.print(text);
    }
}

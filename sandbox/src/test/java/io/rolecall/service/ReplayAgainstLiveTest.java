package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.acts.Role;
import io.rolecall.alert.AlertJson;
import io.rolecall.cli.ExitCode;
import io.rolecall.deployment.AbuseEvents;
import io.rolecall.deployment.CommandLineRun;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.KafkaClient;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every difference from live gets the reason that makes it, and what no cause makes is unexplained. */
class ReplayAgainstLiveTest {

    private static final String ABUSE = "single-tenant-app-abuse";

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    @Test
    void the_story_is_told_as_by_live_and_policy_networks_and_defects_make_the_differences_they_make()
            throws Exception {
        // Given
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(50));
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "against-story")
                .partitions(3)
                .create()) {
            site.networks(story);
            Verdicts verdicts = Verdicts.of(story);
            try (DetectorService service = site.start("a")) {
                site.client().produce(StoryRecords.of(story, site.topics(), 3).records());
                verdicts.awaitIn(site, Site.PATIENCE);
                verdicts.incidents().awaitIn(site, Site.PATIENCE);
                assertThat(service.streams().state().isRunningOrRebalancing()).isTrue();
            }
            String first = folder.resolve("first").toString();
            CommandLineRun same = Replays.replay(site, "--dir", first, "--fail-on-diff");
            Path policy = Files.writeString(
                    folder.resolve("policy.yaml"), "detections:\n  " + ABUSE + ": { severity: low }\n");
            Path networks = Files.writeString(folder.resolve("networks.csv"), "cidr,label\n0.0.0.0/0,everything\n");
            Alert planted = tampered(site, alert -> alert.setTitle("What a defect says"));
            Alert older = tampered(
                    site, alert -> alert.setTitle("What an old version says").setDetectionVersion(99));
            Path decided = Files.writeString(folder.resolve("old.ndjson"), line(older));

            // When
            Map<String, String> byPolicy = reasons(site, "--resume", first, "--policy", policy.toString());
            List<String> incidentsByPolicy = lines(folder.resolve("differences.ndjson"), "incidentId");
            Map<String, String> byNetworks = reasons(site, "--resume", first, "--networks", networks.toString());
            String second = folder.resolve("second").toString();
            CommandLineRun gathered = Replays.replay(site, "--dir", second, "--fail-on-diff");
            Map<String, String> byDefects = reasons(
                    site, "--resume", second, "--policy", policy.toString(), "--live-decided", decided.toString());
            Map<String, String> unverified = reasons(site, "--resume", second);

            // Then
            assertThat(same.exitCode()).as(same.err()).isZero();
            assertThat(same.err()).contains("changed 0 · new 0 · missing 0");
            assertThat(byPolicy).isNotEmpty().allSatisfy((id, reason) -> assertThat(reason)
                    .isEqualTo("policy"));
            assertThat(same.err())
                    .containsPattern("incidents against live: same [1-9][0-9]* · changed [0-9]+ · new 0 · missing 0");
            assertThat(incidentsByPolicy)
                    .anySatisfy(line -> assertThat(line)
                            .contains(
                                    "\"reason\":\"policy\"",
                                    byPolicy.keySet().iterator().next()))
                    .allSatisfy(line -> assertThat(line).containsPattern("\"reason\":\"(policy|live-behind)\""));
            assertThat(byNetworks).isNotEmpty().allSatisfy((id, reason) -> assertThat(reason)
                    .isEqualTo("networks"));
            assertThat(gathered.exitCode()).isEqualTo(ExitCode.FOUND);
            assertThat(byDefects)
                    .containsEntry(planted.getAlertId(), "unexplained")
                    .containsEntry(older.getAlertId(), "detection-version")
                    .containsValue("policy");
            assertThat(unverified)
                    .containsOnly(
                            Map.entry(planted.getAlertId(), "unexplained"),
                            Map.entry(older.getAlertId(), "unverified"));
        }
    }

    @Test
    void what_live_has_not_read_makes_it_behind() throws Exception {
        // Given
        try (Site site = site("against-behind")) {
            Replays.live(site, 0, AbuseEvents.registration());
            site.client().produce(site.topics().entraAudit(), AbuseEvents.grant());

            // When
            Map<String, String> reasons = reasons(site, range("behind"));

            // Then
            assertThat(reasons).isNotEmpty().allSatisfy((id, reason) -> assertThat(reason)
                    .isEqualTo("live-behind"));
        }
    }

    @Test
    void what_the_service_refuses_as_late_is_named_late_with_its_position() throws Exception {
        // Given
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "against-late")
                .with("revision-interval: 0s")
                .with("lateness: 1m")
                .with("idle-after: 10s")
                .create()) {
            String topic = site.topics().entraAudit();
            try (DetectorService service = site.start("a")) {
                site.client()
                        .produce(
                                topic,
                                AbuseEvents.registration(),
                                AbuseEvents.registration().replace("2024-05-01", "2024-09-01"));
                await("what is of May is late").atMost(Site.PATIENCE).until(() -> Site.get(service, "/info")
                        .contains("\"eventTime\":\"2024-09-01"));
                site.client().produce(topic, AbuseEvents.grant());
                site.awaitQuarantined(Set.of(topic + "/0/2/0"));
                site.awaitRead();
            }
            Path differences = folder.resolve("differences.ndjson");

            // When
            Map<String, String> reasons = reasons(site, range("late"));

            // Then
            assertThat(reasons).isNotEmpty().allSatisfy((id, reason) -> assertThat(reason)
                    .isEqualTo("late"));
            assertThat(Files.readString(differences)).contains("refused by live as late: " + topic + "/0/2/0");
        }
    }

    @Test
    void what_is_not_kept_any_more_is_the_reason_of_what_is_missing() throws Exception {
        // Given
        try (Site site = site("against-deleted")) {
            String topic = site.topics().entraAudit();
            Replays.live(site, 1, AbuseEvents.registration(), AbuseEvents.grant());
            KafkaClient.await(
                    site.client()
                            .admin()
                            .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(1)))
                            .all(),
                    "deletion");

            // When
            Map<String, String> reasons = reasons(site, range("deleted"));

            // Then
            assertThat(reasons).isNotEmpty().allSatisfy((id, reason) -> assertThat(reason)
                    .isEqualTo("not-retained"));
        }
    }

    @Test
    void history_that_begins_too_late_is_a_cold_start_and_none_when_more_is_read() throws Exception {
        // Given
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "against-cold")
                .with("revision-interval: 0s")
                .with("lateness: 7d")
                .create()) {
            String topic = site.topics().entraAudit();
            Replays.keepTimes(site);
            long registered = Instant.parse("2024-05-01T09:00:00Z").toEpochMilli();
            long granted = Instant.parse("2024-10-03T10:00:00Z").toEpochMilli();
            String grant = AbuseEvents.grant().replace("2024-05-03", "2024-10-03");
            site.client()
                    .produce(List.of(
                            new ProducerRecord<>(topic, 0, registered, null, Site.bytes(AbuseEvents.registration())),
                            new ProducerRecord<>(topic, 0, granted, null, Site.bytes(grant))));
            Replays.live(site, 1);

            // When
            Map<String, String> late = reasons(site, from("2024-09-15T00:00:00Z", "late"));
            Map<String, String> early = reasons(site, from("2024-05-01T00:00:00Z", "early"));

            // Then
            assertThat(late).isNotEmpty().allSatisfy((id, reason) -> assertThat(reason)
                    .isEqualTo("cold-start"));
            assertThat(early).isEmpty();
        }
    }

    @Test
    void a_fact_that_no_log_told_live_is_foreign() throws Exception {
        // Given
        try (Site site = site("against-foreign")) {
            Replays.live(site, 1, AbuseEvents.registration(), AbuseEvents.grant());
            ConsumerRecord<byte[], byte[]> grant = grant(site);
            String topic = site.topics().appEvents();
            try (Serde<AppEvent> serde = site.registry().serde(AppEvent.class);
                    DetectorService service = site.start("b")) {
                AppEvent foreign = AppEvent.newBuilder(serde.deserializer().deserialize(topic, grant.value()))
                        .setPosition("elsewhere/0/0/0")
                        .setEventId("foreign")
                        .setCorrelationId("foreign")
                        .setEventTime(Instant.parse("2024-05-05T09:00:00Z"))
                        .build();
                int before = site.alerts().size();
                site.client()
                        .produce(List.of(new ProducerRecord<>(
                                topic, grant.key(), serde.serializer().serialize(topic, foreign))));
                site.awaitAlerts(1);
                await("a revision")
                        .atMost(Site.PATIENCE)
                        .until(() -> site.alerts().size() > before);
                site.awaitRead();
                assertThat(service.streams().state().isRunningOrRebalancing()).isTrue();
            }

            // When
            Map<String, String> reasons = reasons(site, range("foreign"));

            // Then
            assertThat(reasons).isNotEmpty().allSatisfy((id, reason) -> assertThat(reason)
                    .isEqualTo("foreign-fact"));
        }
    }

    @Test
    void what_has_expired_for_live_is_frozen() throws Exception {
        // Given
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "against-frozen")
                .with("revision-interval: 0s")
                .with("lateness: 7d")
                .with("idle-after: 10s")
                .create()) {
            String topic = site.topics().entraAudit();
            try (DetectorService service = site.start("a")) {
                site.client().produce(topic, AbuseEvents.registration(), AbuseEvents.grant());
                Map<String, String> later = new TreeMap<>(Map.of(
                        "2024-09-04",
                        AbuseEvents.grant(Role.FILES_READ, 4).replace("2024-05-04", "2024-09-04"),
                        "2024-10-05",
                        AbuseEvents.grant(Role.MAIL_READ_WRITE, 5).replace("2024-05-05", "2024-10-05"),
                        "2024-10-06",
                        AbuseEvents.grant()
                                .replace("2024-05-03", "2024-10-06")
                                .replace(
                                        "Add app role assignment to service principal",
                                        "Remove app role assignment from service principal")));
                later.forEach((day, event) -> {
                    site.client().produce(topic, event);
                    await("what is old on " + day + " has expired")
                            .atMost(Site.PATIENCE)
                            .until(() -> Site.get(service, "/info").contains("\"eventTime\":\"" + day));
                });
                site.awaitRead();
            }

            // When
            Map<String, String> reasons = reasons(site, range("frozen"));

            // Then
            assertThat(reasons).isNotEmpty().allSatisfy((id, reason) -> assertThat(reason)
                    .isEqualTo("frozen"));
        }
    }

    private Site site(String name) {
        return new Site.Draft(BROKER.bootstrapServers(), folder, name)
                .with("revision-interval: 0s")
                .create();
    }

    private String[] from(String time, String name) {
        return new String[] {
            "--from",
            time,
            "--to",
            "2030-01-01T00:00:00Z",
            "--dir",
            folder.resolve(name).toString()
        };
    }

    private String[] range(String name) {
        return Replays.range(folder.resolve(name));
    }

    private Map<String, String> reasons(Site site, String... arguments) throws IOException {
        return Replays.reasons(site, folder.resolve("differences.ndjson"), arguments);
    }

    private static List<String> lines(Path file, String field) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.contains('"' + field + '"'))
                .toList();
    }

    private interface Change {
        Alert.Builder of(Alert.Builder alert);
    }

    /** Publishes another revision of an alert that nothing was done to yet, as if live had said something else. */
    private static Alert tampered(Site site, Change change) {
        String topic = site.topics().alerts();
        Alert last = Verdicts.last(site.alerts()).values().stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .filter(alert -> !alert.getDetection().equals(ABUSE) && alert.getRevision() < 1000)
                .findFirst()
                .orElseThrow();
        Alert said = change.of(Alert.newBuilder(last).setRevision(1000)).build();
        try (Serde<Alert> serde = site.registry().serde(Alert.class)) {
            site.produce(topic, said.getAlertId(), serde.serializer().serialize(topic, said));
        }
        return said;
    }

    private static String line(Alert alert) {
        return AlertJson.line(alert) + "\n";
    }

    private static ConsumerRecord<byte[], byte[]> grant(Site site) {
        String topic = site.topics().appEvents();
        try (Serde<AppEvent> serde = site.registry().serde(AppEvent.class)) {
            return site.client().committed(topic).stream()
                    .filter(record -> serde.deserializer()
                            .deserialize(topic, record.value())
                            .getOperation()
                            .contains("add-app-role-assignment"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no fact of the grant"));
        }
    }
}

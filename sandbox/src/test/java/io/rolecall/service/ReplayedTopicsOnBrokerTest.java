package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolecall.acts.Role;
import io.rolecall.cli.ExitCode;
import io.rolecall.deployment.AbuseEvents;
import io.rolecall.deployment.CommandLineRun;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.KafkaClient;
import io.rolecall.schema.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics as they are found: written in transactions, with either kind of time, compressed, and with their beginning deleted. */
class ReplayedTopicsOnBrokerTest {

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    @Test
    void what_a_transaction_aborted_is_not_read_and_markers_at_the_end_hold_nothing_up() {
        // Given
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "replay-transactions").create();
                Producer<byte[], byte[]> producer =
                        site.client().producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "raw"))) {
            String topic = site.topics().entraAudit();
            producer.initTransactions();
            transaction(producer, topic, true, AbuseEvents.registration());
            transaction(producer, topic, false, AbuseEvents.grant(Role.FILES_READ, 4));
            transaction(producer, topic, true, AbuseEvents.grant());
            transaction(producer, topic, false, AbuseEvents.grant(Role.FILES_READ, 5));

            // When
            CommandLineRun run =
                    Replays.replay(site, "--dir", folder.resolve("a").toString());

            // Then
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).contains("2 in = 2 decoded").doesNotContain("held back");
            assertThat(run.out()).contains("Mail.Read").doesNotContain("Files.Read");
        }
    }

    @Test
    void an_open_transaction_ends_the_replay_where_it_began_and_is_told_of() {
        // Given
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "replay-open").create();
                Producer<byte[], byte[]> producer =
                        site.client().producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "open"))) {
            String topic = site.topics().entraAudit();
            site.client().produce(topic, AbuseEvents.registration(), AbuseEvents.grant());
            producer.initTransactions();
            producer.beginTransaction();
            KafkaClient.await(
                    producer.send(new ProducerRecord<>(topic, Site.bytes(AbuseEvents.grant(Role.FILES_READ, 4)))),
                    "a record of an open transaction");

            // When
            CommandLineRun run =
                    Replays.replay(site, "--dir", folder.resolve("a").toString());
            producer.abortTransaction();

            // Then
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("Mail.Read").doesNotContain("Files.Read");
            assertThat(run.err())
                    .contains("an open transaction holds readers back at offset 2 of 3")
                    .contains("held back: " + topic + "/0 is read to offset 2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CreateTime", "LogAppendTime"})
    void either_kind_of_time_and_every_compression_is_read(String time) {
        // Given
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "replay-" + time).create()) {
            String topic = site.topics().entraAudit();
            site.client().configure(topic, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, time);
            site.client().configure(topic, TopicConfig.RETENTION_MS_CONFIG, "-1");
            long millis = Instant.parse("2024-05-03T10:00:00Z").toEpochMilli();
            for (String compression : List.of("gzip", "snappy", "lz4", "zstd", "none")) {
                try (Producer<byte[], byte[]> producer =
                        site.client().producer(Map.of(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression))) {
                    for (String event : List.of(AbuseEvents.registration(), AbuseEvents.grant())) {
                        KafkaClient.await(
                                producer.send(new ProducerRecord<>(topic, 0, millis, null, Site.bytes(event))),
                                "record");
                    }
                }
            }

            // When
            CommandLineRun run =
                    Replays.replay(site, "--dir", folder.resolve("a").toString());

            // Then
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).contains("10 in = 2 decoded + 8 duplicate + 0 skipped + 0 rejected");
            assertThat(run.out()).contains("single-tenant-app-abuse");
        }
    }

    @Test
    void a_deleted_beginning_is_told_as_cold_and_what_is_deleted_after_the_plan_as_not_retained() throws Exception {
        // Given
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "replay-deleted").create()) {
            String topic = site.topics().entraAudit();
            List<String> events = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                events.add("{\"operationName\":\"nothing\",\"i\":" + i + "}");
            }
            events.add(AbuseEvents.registration());
            events.add(AbuseEvents.grant());
            events.add("no event");
            site.client().produce(topic, events.toArray(String[]::new));
            delete(site, topic, 3);
            Path directory = folder.resolve("a");
            CommandLineRun before = Replays.replay(site, "--dir", directory.toString());
            emptyOf(directory);
            delete(site, topic, 8);

            // When
            CommandLineRun run = Replays.command(
                    site,
                    "--resume",
                    directory.toString(),
                    "--rejects",
                    folder.resolve("rejects").toString());

            // Then
            assertThat(before.err())
                    .contains("cold: " + topic + "/0 is kept from ")
                    .doesNotContain("not retained");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err())
                    .contains("not retained: " + topic + "/0: 5 offsets")
                    .contains("5 in = 2 decoded");
            assertThat(run.out()).isEqualTo(before.out()).contains("single-tenant-app-abuse");
            assertThat(Files.readString(folder.resolve("rejects")))
                    .contains(topic + "/0/12/0")
                    .contains("no event");
        }
    }

    @Test
    void a_dry_run_tells_what_is_there_and_what_it_would_take_and_leaves_nothing_behind() throws Exception {
        // Given
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "replay-dry").create()) {
            String topic = site.topics().entraAudit();
            site.client()
                    .produce(
                            topic,
                            "{\"operationName\":\"nothing\"}",
                            AbuseEvents.registration(),
                            AbuseEvents.grant(),
                            "no event");
            delete(site, topic, 1);
            Path directory = folder.resolve("never");

            // When
            CommandLineRun run = Replays.replay(site, "--dry-run", "--dir", directory.toString());

            // Then
            assertThat(run.exitCode()).as(run.err()).isZero();
            JsonNode audit = line(run, topic);
            assertThat(audit.path("records").asLong()).isEqualTo(3);
            assertThat(audit.path("earliestOffset").asLong()).isEqualTo(1);
            assertThat(audit.path("bytes").asLong()).isPositive();
            assertThat(audit.path("bytesEstimated").asBoolean()).isFalse();
            assertThat(audit.path("remoteRecords").asLong()).isZero();
            assertThat(audit.path("cold").asBoolean()).isTrue();
            assertThat(audit.path("firstKept").asText()).startsWith("20");
            assertThat(run.out()).contains("\"kept\":2").contains("\"recordsPerSecond\":");
            assertThat(directory).doesNotExist();
            assertThat(site.client().admin().listGroups().all().get())
                    .noneMatch(group -> group.groupId().contains(site.id()));
        }
    }

    @Test
    void alerts_are_published_where_asked_and_to_the_topic_of_live_only_by_force() {
        // Given
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "replay-published").create()) {
            site.client().produce(site.topics().entraAudit(), AbuseEvents.registration(), AbuseEvents.grant());
            String topic = site.client().createTopic("published");
            String directory = folder.resolve("a").toString();

            // When
            CommandLineRun published = Replays.replay(site, "--dir", directory, "--publish", topic);
            CommandLineRun refused = Replays.command(
                    site, "--resume", directory, "--publish", site.topics().alerts());
            CommandLineRun wrong = Replays.command(
                    site,
                    "--resume",
                    directory,
                    "--force",
                    "--publish",
                    site.topics().alertsOcsf());
            List<Alert> untouched = site.alerts();
            CommandLineRun forced = Replays.command(
                    site,
                    "--resume",
                    directory,
                    "--force",
                    "--publish",
                    site.topics().alerts());

            // Then
            assertThat(published.exitCode()).as(published.err()).isZero();
            assertThat(site.client().committed(topic))
                    .hasSize((int) published.out().lines().count());
            assertThat(refused.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(refused.err()).contains("--force");
            assertThat(wrong.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(untouched).isEmpty();
            assertThat(forced.exitCode()).as(forced.err()).isZero();
            assertThat(site.alerts()).isNotEmpty().allSatisfy(alert -> {
                assertThat(alert.getOrigin()).isEqualTo("replay");
                assertThat(alert.getGeneration()).isPositive();
                assertThat(alert.getEmittedAt()).isPresent();
            });
        }
    }

    private static JsonNode line(CommandLineRun run, String topic) throws IOException {
        for (String line : run.out().split("\n", -1)) {
            if (line.contains("\"topic\":\"" + topic + "\"")) {
                return new ObjectMapper().readTree(line);
            }
        }
        throw new AssertionError("nothing about " + topic + " in " + run.out());
    }

    private static void transaction(Producer<byte[], byte[]> producer, String topic, boolean committed, String event) {
        producer.beginTransaction();
        KafkaClient.await(producer.send(new ProducerRecord<>(topic, Site.bytes(event))), "record of a transaction");
        if (committed) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    private static void delete(Site site, String topic, long before) {
        KafkaClient.await(
                site.client()
                        .admin()
                        .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(before)))
                        .all(),
                "deletion");
    }

    /** As if it had been killed before it read anything. */
    private static void emptyOf(Path directory) throws Exception {
        try (var files = Files.list(directory)) {
            for (Path file : files.filter(name -> Objects.requireNonNull(name.getFileName())
                            .toString()
                            .endsWith(".part"))
                    .toList()) {
                Files.delete(file);
            }
        }
    }
}

package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rolecall.deployment.AbuseEvents;
import io.rolecall.registry.RegistryProcess;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.ServiceProcess;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Trouble around the service: what passes is sat out, what does not ends it with a message, and nothing is lost either way. */
class OutageTest {

    private static final int FAILED = 5;

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    private Site.Draft draft(String id) {
        return new Site.Draft(BROKER.bootstrapServers(), folder, id).with("streams: { num.stream.threads: 1 }");
    }

    @Test
    void alerting_goes_on_when_the_registry_goes_away() throws Exception {
        // Given
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(0));
        Verdicts verdicts = Verdicts.of(story);
        try (RegistryProcess registry = RegistryProcess.start();
                Site site = draft("unregistered").registry(registry.url()).create()) {
            site.networks(story);
            StoryRecords records = StoryRecords.of(story, site.topics(), site.partitions());

            // When
            try (DetectorService service = site.start("a")) {
                registry.kill();
                site.client().produce(records.records());
                site.awaitRead();
                await("alerts without a registry").atMost(Site.PATIENCE).until(() -> !site.client()
                        .committed(site.topics().alerts())
                        .isEmpty());
                boolean running = service.streams().state().isRunningOrRebalancing();
                registry.restart();

                // Then
                assertThat(running).isTrue();
                verdicts.awaitIn(site, Site.PATIENCE);
            }
            site.sums().requireExact(records.elements());
        }
    }

    @Test
    void a_schema_never_seen_ends_it_while_the_registry_is_away_and_is_told_by_the_registry_later() throws Exception {
        try (RegistryProcess registry = RegistryProcess.start();
                Site site = draft("unseen").registry(registry.url()).create()) {
            // Given
            DetectorService service = site.start("a");
            registry.kill();

            // When
            site.produce(site.topics().appEvents(), "tenant:x", new byte[] {0, 0x7f, 0, 0, 1, 2, 3});

            // Then
            try (service) {
                assertThatThrownBy(service::awaitEnd)
                        .isInstanceOf(ServiceFailedException.class)
                        .hasMessageContaining(registry.url());
            }
            registry.restart();
            try (DetectorService again = site.start("a")) {
                site.client().produce(site.topics().entraAudit(), AbuseEvents.registration(), AbuseEvents.grant());
                site.awaitAlerts(1);
                site.awaitRead();
                assertThat(again.streams().state().isRunningOrRebalancing()).isTrue();
            }
            Sums sums = site.sums();
            sums.requireExact(Map.of(site.topics().entraAudit(), 2L));
            assertThat(sums.history("unreadable")).isEqualTo(1);
        }
    }

    @Test
    void offsets_that_a_transaction_holds_keep_it_from_being_ready_until_the_transaction_ends() throws Exception {
        try (Site site = draft("held").create();
                Producer<byte[], byte[]> holder = site.client().producer(Map.of("transactional.id", "holder"))) {
            // Given
            holder.initTransactions();
            holder.beginTransaction();
            holder.sendOffsetsToTransaction(
                    Map.of(new TopicPartition(site.topics().entraAudit(), 0), new OffsetAndMetadata(0)),
                    site.client().group(site.id()));

            // When
            try (ServiceProcess service = site.startProcess("a")) {
                await("its tasks are assigned").atMost(Site.PATIENCE).until(() -> site.members().stream()
                        .anyMatch(
                                member -> !member.assignment().topicPartitions().isEmpty()));
                HttpResponse<String> ready = service.get("/readyz");
                holder.abortTransaction();

                // Then
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).contains("no task of this instance");
                service.awaitRunning();
                assertThat(service.stop()).isZero();
            }
        }
    }

    @Test
    void without_a_registry_at_the_start_it_ends_with_a_message() {
        // Given
        String url = "http://127.0.0.1:" + ServiceProcess.freePort();
        try (Site site = draft("no-registry").registry(url).create();
                ServiceProcess service = site.startProcess("a")) {
            // When
            int exitCode = service.exitCode();

            // Then
            assertThat(exitCode).isEqualTo(FAILED);
            assertThat(service.output())
                    .contains(url)
                    .contains("schema.registry.url")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void a_record_that_its_topic_does_not_take_ends_it_and_nothing_is_lost() throws Exception {
        try (Site site = draft("too-large").create()) {
            // Given
            String topic = site.topics().appEvents();
            DetectorService service = site.start("a");
            site.client().configure(topic, "max.message.bytes", "400");

            // When
            site.client().produce(site.topics().entraAudit(), AbuseEvents.registration(), AbuseEvents.grant());

            // Then
            try (service) {
                assertThatThrownBy(service::awaitEnd)
                        .isInstanceOf(ServiceFailedException.class)
                        .hasMessageContaining("larger than its topic takes")
                        .hasMessageContaining(topic)
                        .hasMessageContaining("max.message.bytes");
            }
            site.client().configure(topic, "max.message.bytes", "8388608");
            try (DetectorService again = site.start("a")) {
                site.awaitAlerts(1);
                site.awaitRead();
                assertThat(again.streams().state().isRunningOrRebalancing()).isTrue();
            }
            site.sums().requireExact(Map.of(site.topics().entraAudit(), 2L));
        }
    }

    @Test
    void an_instance_that_joins_and_leaves_amid_a_backlog_changes_nothing() throws Exception {
        // Given
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(150));
        Verdicts verdicts = Verdicts.of(story);
        try (Site site = draft("rebalanced").partitions(3).create()) {
            site.networks(story);
            StoryRecords records = StoryRecords.of(story, site.topics(), site.partitions());
            List<ProducerRecord<byte[], byte[]>> all = records.records();
            int third = all.size() / 3;

            // When
            try (DetectorService stays = site.start("a")) {
                site.client().produce(all.subList(0, third));
                try (DetectorService joins = site.start("b")) {
                    site.client().produce(all.subList(third, 2 * third));
                    await("both have work")
                            .atMost(Site.PATIENCE)
                            .until(() -> site.members().stream()
                                            .filter(member -> !member.assignment()
                                                    .topicPartitions()
                                                    .isEmpty())
                                            .count()
                                    == 2);
                    assertThat(joins.streams().state().isRunningOrRebalancing()).isTrue();
                    site.client().produce(all.subList(2 * third, all.size()));
                    assertThat(site.lag()).as("unread when it leaves").isPositive();
                }
                verdicts.awaitIn(site, Site.PATIENCE);

                // Then
                assertThat(stays.streams().state().isRunningOrRebalancing()).isTrue();
            }
            Verdicts.requireEveryRevisionOnce(site.alerts());
            site.sums().requireExact(records.elements());
        }
    }
}

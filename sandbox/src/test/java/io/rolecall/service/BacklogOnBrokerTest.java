package io.rolecall.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.ServiceProcess;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryEvent;
import io.rolecall.sandbox.story.StoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ninety days of logs lie in four topics of 1, 3, 6 and 12 partitions, whose sizes differ very much, when the service reads them, with
 * the settings that decide about lateness as they are shipped. However far one runs ahead of another, what comes of it are the alerts
 * of {@code scan}.
 */
class BacklogOnBrokerTest {

    private static final int DAYS = 90;
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    private static Story story(long seed, int noisePerDay) {
        return Story.generate(
                StoryOptions.defaults().withDays(DAYS).withSeed(seed).withNoisePerDay(noisePerDay));
    }

    private Site site(String id) {
        return new Site.Draft(BROKER.bootstrapServers(), folder, id)
                .asShipped()
                .partitions(4)
                .rawPartitions(3, 12, 1, 6)
                .with("revision-interval: 1s")
                .create();
    }

    /** The story by topic: most of a topic in its first partitions, hardly anything in its last. */
    private static Map<String, List<ProducerRecord<byte[], byte[]>>> records(Site site, Story story) {
        Map<String, Integer> partitions = site.rawPartitions();
        Map<String, List<ProducerRecord<byte[], byte[]>>> records = new TreeMap<>();
        Random random = new Random(7);
        Iterator<StoryEvent> events = story.events().iterator();
        while (events.hasNext()) {
            StoryEvent event = events.next();
            String topic = StoryRecords.topic(site.topics(), event.source());
            int partition = (int) (partitions.getOrDefault(topic, 1) * Math.pow(random.nextDouble(), 4));
            records.computeIfAbsent(topic, any -> new ArrayList<>())
                    .add(new ProducerRecord<>(topic, partition, null, Site.bytes(event.json())));
        }
        return records;
    }

    /** One of equal parts of each topic. */
    private static void produce(
            Site site, Collection<List<ProducerRecord<byte[], byte[]>>> topics, int part, int parts) {
        topics.forEach(records -> site.client()
                .produce(records.subList(part * records.size() / parts, (part + 1) * records.size() / parts)));
    }

    private static void requireNothingLate(Site site) {
        assertThat(site.sums().history("late")).as("refused as late").isZero();
        assertThat(site.sums().history("taken-late")).as("taken late").isZero();
    }

    @Test
    void a_backlog_of_ninety_days_in_partitions_of_every_size_raises_the_alerts_of_scan() throws Exception {
        requireAlertsOfScan(story(1, 60), "ninety");
    }

    @Tag("endurance")
    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5})
    void so_does_one_of_more_events(long seed) throws Exception {
        requireAlertsOfScan(story(seed, 1_000), "ninety-" + seed);
    }

    private void requireAlertsOfScan(Story story, String id) throws Exception {
        // Given
        Verdicts verdicts = Verdicts.of(story);
        try (Site site = site(id)) {
            site.networks(story);
            records(site, story).values().forEach(site.client()::produce);

            // When
            try (DetectorService service = site.start("a")) {
                verdicts.awaitIn(site, PATIENCE);
                awaitWatermark(service);
                assertThat(watermark(service)).contains("\"forced\":false");
            }

            // Then
            requireNothingLate(site);
        }
    }

    @Test
    void one_topic_may_be_produced_after_the_others_have_been_read() throws Exception {
        requireAlertsWhenOneComesAfter(Duration.ZERO, "after");
    }

    @Tag("endurance")
    @Test
    void one_topic_may_be_produced_an_hour_after_the_others() throws Exception {
        requireAlertsWhenOneComesAfter(Duration.ofHours(1), "hour-after");
    }

    private void requireAlertsWhenOneComesAfter(Duration later, String id) throws Exception {
        // Given
        Story story = story(6, 60);
        Verdicts verdicts = Verdicts.of(story);
        try (Site site = site(id);
                DetectorService service = site.start("a")) {
            site.networks(story);
            Map<String, List<ProducerRecord<byte[], byte[]>>> records = records(site, story);
            List<ProducerRecord<byte[], byte[]>> last =
                    requireNonNull(records.remove(site.topics().entraAudit()));
            records.values().forEach(site.client()::produce);
            site.awaitRead();
            awaitWatermark(service);
            TimeUnit.NANOSECONDS.sleep(later.toNanos());

            // When
            site.client().produce(last);

            // Then
            verdicts.awaitIn(site, PATIENCE);
            requireNothingLate(site);
            assertThat(watermark(service)).contains("\"forced\":false");
        }
    }

    @Test
    void an_instance_may_join_and_another_be_killed_in_the_middle() throws Exception {
        // Given
        Story story = story(8, 60);
        Verdicts verdicts = Verdicts.of(story);
        try (Site site = site("joined")) {
            site.networks(story);
            Map<String, List<ProducerRecord<byte[], byte[]>>> records = records(site, story);
            try (ServiceProcess first = site.startProcess("a")) {
                first.awaitRunning();
                produce(site, records.values(), 0, 3);
                try (DetectorService second = site.start("b")) {
                    produce(site, records.values(), 1, 3);
                    assertThat(site.lag()).as("unread when one is killed").isPositive();

                    // When
                    first.kill();
                    produce(site, records.values(), 2, 3);

                    // Then
                    verdicts.awaitIn(site, PATIENCE);
                    requireNothingLate(site);
                    assertThat(watermark(second)).contains("\"forced\":false");
                }
            }
        }
    }

    @Test
    void what_is_read_to_its_end_and_quiet_is_not_waited_for() throws Exception {
        // Given
        Story story = story(10, 5);
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "quiet")
                .asShipped()
                .rawPartitions(2, 3, 1, 1)
                .with("idle-after: 10s")
                .create()) {
            Map<String, List<ProducerRecord<byte[], byte[]>>> records = records(site, story);

            // When
            try (DetectorService service = site.start("a")) {
                site.client().produce(requireNonNull(records.get(site.topics().entraSignIn())));

                // Then
                await("the watermark is the newest event").atMost(PATIENCE).untilAsserted(() -> assertThat(
                                watermark(service))
                        .contains("\"behindSeconds\":0")
                        .contains("eventTime", "\"forced\":false")
                        .doesNotContain("\"slowestPartition\":\"quiet.entra.audit-logs"));
            }
        }
    }

    @Test
    void a_partition_that_is_stuck_for_ever_lets_state_expire_and_is_named() throws Exception {
        // Given
        Story story = story(9, 20);
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "stuck")
                .asShipped()
                .rawPartitions(1, 2, 1, 1)
                .with("hold-at-most: 10d")
                .create()) {
            site.networks(story);
            Map<String, List<ProducerRecord<byte[], byte[]>>> records = records(site, story);
            try (DetectorService service = site.start("a")) {
                // When
                produce(site, records.values(), 0, 9);
                site.awaitRead();
                awaitWatermark(service);
                records.forEach((topic, ofTopic) -> {
                    if (!topic.equals(site.topics().entraSignIn())) {
                        site.client().produce(ofTopic.subList(ofTopic.size() / 9, ofTopic.size()));
                    }
                });

                // Then
                await("the watermark goes on").atMost(PATIENCE).untilAsserted(() -> assertThat(watermark(service))
                        .contains("\"forced\":true")
                        .contains(site.topics().entraSignIn() + "/"));
                assertThat(Site.get(service, "/metrics"))
                        .contains("rolecall_watermark_forced 1.0")
                        .containsPattern("rolecall_watermark_held_too_long_total [1-9]");
            }
        }
    }

    private static void awaitWatermark(DetectorService service) {
        await("the history is told how far the logs have been read")
                .atMost(PATIENCE)
                .until(() -> watermark(service).contains("newestEventTime"));
    }

    private static String watermark(DetectorService service) {
        String info = Site.get(service, "/info");
        return info.substring(info.indexOf("\"watermark\""));
    }
}

package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.ServiceProcess;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of the service share the partitions; one leaves and comes back while there is work. */
class TwoInstancesTest {

    private static final Duration BOUND_OF_STOP = Duration.ofSeconds(25);
    private static final int NOISE_PER_DAY = 120;

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    @Test
    void they_share_the_work_and_one_may_leave_and_join() throws Exception {
        // Given
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(NOISE_PER_DAY));
        Verdicts verdicts = Verdicts.of(story);
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "two")
                .partitions(3)
                // Kept until the end of the session, an instance that did not leave would hold its partitions.
                .with("consumer: { session.timeout.ms: 45000 }")
                .with("streams: { num.stream.threads: 1, acceptable.recovery.lag: 1000000 }")
                .create()) {
            site.networks(story);
            StoryRecords records = StoryRecords.of(story, site.topics(), site.partitions());
            List<ProducerRecord<byte[], byte[]>> all = records.records();
            try (ServiceProcess first = site.startProcess("a");
                    ServiceProcess second = site.startProcess("b")) {
                first.awaitRunning();
                second.awaitRunning();
                awaitShared(site, 2);

                // When
                site.client().produce(all.subList(0, all.size() / 2));
                awaitReading(site);
                assertThat(site.lag()).as("unread when one leaves").isPositive();
                long stopping = System.nanoTime();
                int exitCode = second.stop();
                Duration stopped = Duration.ofNanos(System.nanoTime() - stopping);
                awaitShared(site, 1);
                assertThat(site.lag()).as("unread when one is alone").isPositive();
                site.client().produce(all.subList(all.size() / 2, all.size()));
                try (ServiceProcess again = site.startProcess("b").awaitRunning()) {
                    awaitShared(site, 2);
                    verdicts.awaitIn(site, Site.PATIENCE);
                    verdicts.incidents().awaitIn(site, Site.PATIENCE);

                    // Then
                    assertThat(exitCode).isZero();
                    assertThat(stopped).isLessThan(BOUND_OF_STOP);
                    assertThat(again.isAlive()).isTrue();
                    assertThat(first.isAlive()).isTrue();
                }
            }
            Verdicts.requireEveryRevisionOnce(site.alerts());
            site.sums().requireExact(records.elements());
        }
    }

    @Test
    void one_that_was_frozen_and_replaced_does_not_disturb_when_it_wakes() throws Exception {
        // Given
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(NOISE_PER_DAY));
        Verdicts verdicts = Verdicts.of(story);
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "frozen")
                .partitions(3)
                // What the frozen one has begun is aborted after this time, and the other goes on from there.
                .with("producer: { transaction.timeout.ms: 10000 }")
                .with("streams: { num.stream.threads: 1, acceptable.recovery.lag: 1000000 }")
                .create()) {
            site.networks(story);
            StoryRecords records = StoryRecords.of(story, site.topics(), site.partitions());
            List<ProducerRecord<byte[], byte[]>> all = records.records();
            try (ServiceProcess first = site.startProcess("a");
                    ServiceProcess second = site.startProcess("b")) {
                first.awaitRunning();
                second.awaitRunning();
                awaitShared(site, 2);

                // When
                site.client().produce(all.subList(0, all.size() / 2));
                awaitReading(site);
                second.freeze();
                assertThat(site.lag()).as("unread when one freezes").isPositive();
                awaitShared(site, 1);
                site.client().produce(all.subList(all.size() / 2, all.size()));
                awaitReading(site);
                second.thaw();
                awaitShared(site, 2);
                verdicts.awaitIn(site, Site.PATIENCE);
                verdicts.incidents().awaitIn(site, Site.PATIENCE);

                // Then
                assertThat(first.stop()).isZero();
                assertThat(second.stop()).isZero();
            }
            Verdicts.requireEveryRevisionOnce(site.alerts());
            site.sums().requireExact(records.elements());
        }
    }

    private static void awaitReading(Site site) {
        long waiting = site.rawLag();
        await("reading has begun").atMost(Site.PATIENCE).until(() -> site.rawLag() < waiting);
    }

    /** Waits until so many members are in the group, each with partitions. */
    private static void awaitShared(Site site, int members) {
        await(members + " members share the partitions")
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    Collection<MemberDescription> group = site.members();
                    return group.size() == members
                            && group.stream().noneMatch(member -> member.assignment()
                                    .topicPartitions()
                                    .isEmpty());
                });
    }
}

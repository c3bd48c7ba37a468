package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.sandbox.BrokerProcess;
import io.rolecall.sandbox.ServiceProcess;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.Alert;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the service and of the broker, as processes, while the story is produced and processed. Five kills in the usual
 * build; {@code mvn -Pchaos -pl sandbox -am verify} makes it thirty. {@code -Drolecall.kills.seed} repeats the moments of a run.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("rolecall.kills", 5);
    private static final int NOISE_PER_DAY = 60 + 20 * KILLS;

    /** One kill in so many strikes the broker, and one the service before it has come back from the kill before. */
    private static final int A_ROUND = 5;

    private static final int LONGEST_WAIT_MILLIS = 300;
    private static final int LONGEST_START_MILLIS = 6_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("rolecall.kills.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final KillTable table = new KillTable(seed);
    private final Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(NOISE_PER_DAY));

    private BrokerProcess broker;
    private Site site;
    private StoryRecords records;
    private Portions portions;
    private ServiceProcess service;

    @BeforeEach
    void start_broker_and_service() throws Exception {
        broker = BrokerProcess.start(
                Files.createDirectory(folder.resolve("broker")),
                // On a busy machine a broker misses heartbeats of two seconds, and leads nothing meanwhile.
                Map.of("broker.session.timeout.ms", "6000"));
        site = new Site.Draft(broker.bootstrapServers(), folder, "killed")
                .partitions(2)
                .create();
        site.networks(story);
        records = StoryRecords.of(story, site.topics(), site.partitions());
        portions = new Portions(site, records, KILLS);
        service = site.startProcess("a").awaitRunning();
    }

    @AfterEach
    void stop() {
        service.close();
        site.close();
        broker.close();
    }

    @Test
    void no_alert_is_lost_and_none_comes_twice() throws Exception {
        // Given
        Verdicts verdicts = Verdicts.of(story);

        // When
        for (int kill = 1; kill <= KILLS; kill++) {
            if (isOfBroker(kill)) {
                killBroker();
            } else {
                killService(isAtStart(kill), isAtStart(kill + 1));
            }
        }
        int rest = portions.rest();
        verdicts.awaitIn(site, PATIENCE);
        verdicts.incidents().awaitIn(site, PATIENCE);
        int exitCode = service.stop();

        // Then
        List<Alert> alerts = site.alerts();
        table.publish(Verdicts.last(alerts).size(), verdicts.lost(alerts), twice(alerts));
        assertThat(exitCode).isZero();
        assertThat(rest).as("records left to produce after the last kill").isPositive();
        Verdicts.requireEveryRevisionOnce(alerts);
        Sums sums = site.sums();
        sums.requireExact(records.elements());
        // Some of these never reached Kafka Streams, and are counted all the same.
        assertThat(sums.skipped()).as("elements that no detection needs").isPositive();
    }

    private static boolean isOfBroker(int kill) {
        return kill % A_ROUND == A_ROUND - 2;
    }

    private static boolean isAtStart(int kill) {
        return kill <= KILLS && kill % A_ROUND == 0;
    }

    /** The killed process has a part of the story before it, and more comes while it is gone. */
    private void killService(boolean atStart, boolean nextAtStart) throws Exception {
        portions.next();
        String moment = atStart ? afterStart() : underLoad();
        long unread = unread();
        service.kill();
        table.killed("service", moment, portions.produced(), unread);
        portions.next();
        service.close();
        service = site.startProcess("a");
        if (!nextAtStart) {
            service.awaitRunning();
            table.cameBack(service.timeToRunning());
        }
    }

    /** The service lives on, and goes on by itself. */
    private void killBroker() throws Exception {
        portions.next();
        String moment = underLoad();
        long unread = unread();
        CompletableFuture<Void> producing = CompletableFuture.runAsync(portions::next);
        broker.kill();
        long killed = System.nanoTime();
        table.killed("broker", moment, portions.produced(), unread);
        broker.restart();
        producing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        long before = site.rawLag();
        await("the service reads on").atMost(PATIENCE).until(() -> site.rawLag() < before);
        table.cameBack(Duration.ofNanos(System.nanoTime() - killed));
    }

    private String afterStart() throws InterruptedException {
        return waitAtMost(LONGEST_START_MILLIS) + " ms after its start";
    }

    /** When a random part of what waited has been read, and a random while later. */
    private String underLoad() throws InterruptedException {
        long waiting = site.rawLag();
        int percent = 10 + random.nextInt(80);
        await("a part is read")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> site.rawLag() <= waiting * (100 - percent) / 100);
        return waitAtMost(LONGEST_WAIT_MILLIS) + " ms after " + percent + " % was read";
    }

    /** Lets a random time pass: the moment of a kill must not depend on anything that the service does. */
    private long waitAtMost(int millis) throws InterruptedException {
        int chosen = random.nextInt(millis);
        TimeUnit.MILLISECONDS.sleep(chosen);
        return chosen;
    }

    /** What is produced and not read; a kill when there is nothing to lose would prove nothing. */
    private long unread() {
        long unread = site.lag();
        for (int more = 0; unread == 0 && more < KILLS; more++) {
            portions.produce(portions.size() / KILLS);
            unread = site.lag();
        }
        assertThat(unread).as("records still to be read when the kill comes").isPositive();
        return unread;
    }

    private static long twice(List<Alert> alerts) {
        Set<String> seen = new HashSet<>();
        return alerts.stream()
                .filter(alert -> !seen.add(alert.getAlertId() + " " + alert.getRevision()))
                .count();
    }
}

package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.sandbox.BrokerProcess;
import io.rolecall.sandbox.ServiceProcess;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of a broker that has a long log of offsets to read before it serves again, under load. Its settings are those of a
 * broker in production. After each kill the service goes on by itself, or it says that it does not, and why; then a clean restart of the
 * broker sets it going. Once in the usual build; {@code mvn -Pchaos -pl sandbox -am verify} kills ten times.
 */
class BrokerKillsTest {

    private static final int KILLS = Integer.getInteger("rolecall.broker.kills", 1);
    private static final long LOG_BYTES = 5L << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** From the broker's first answer until the service either goes on or says that it does not. */
    private static final Duration TO_GO_ON = Duration.ofSeconds(60);

    private static final String GOES_ON = "goes on";

    private static final int AWAY_MILLIS = 10_000;

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("rolecall.kills.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(60 + 20 * KILLS));

    private BrokerProcess broker;
    private Site site;
    private Portions portions;
    private ServiceProcess service;

    @BeforeEach
    void start_broker_and_service() throws Exception {
        broker = BrokerProcess.start(
                Files.createDirectory(folder.resolve("broker")),
                Map.of(
                        "broker.session.timeout.ms", "9000",
                        "broker.heartbeat.interval.ms", "2000",
                        "offsets.topic.segment.bytes", "104857600",
                        "transaction.state.log.segment.bytes", "104857600"));
        site = new Site.Draft(broker.bootstrapServers(), folder, "outlasting")
                .partitions(2)
                .create();
        site.networks(story);
        portions = new Portions(site, StoryRecords.of(story, site.topics(), site.partitions()), KILLS);
        OffsetsLog.fill(site.client(), site.topics().entraAudit(), () -> offsetsLog() > LOG_BYTES);
        service = site.startProcess("a").awaitRunning();
    }

    @AfterEach
    void stop() {
        service.close();
        site.close();
        broker.close();
    }

    @Test
    void the_service_goes_on_or_says_that_it_does_not_and_why() throws Exception {
        // Given
        Verdicts verdicts = Verdicts.of(story);

        // When
        for (int kill = 1; kill <= KILLS; kill++) {
            killUnderLoad(kill);
        }
        portions.rest();

        // Then
        assertThat(offsetsLog()).isGreaterThan(LOG_BYTES);
        verdicts.awaitIn(site, PATIENCE);
        verdicts.incidents().awaitIn(site, PATIENCE);
        Verdicts.requireEveryRevisionOnce(site.alerts());
        assertThat(service.stop()).isZero();
    }

    private void killUnderLoad(int kill) throws Exception {
        portions.next();
        CompletableFuture<Void> producing = CompletableFuture.runAsync(portions::next);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000)); // the moment must not depend on anything the service does
        broker.kill();
        TimeUnit.MILLISECONDS.sleep(AWAY_MILLIS + random.nextInt(AWAY_MILLIS / 2));
        broker.restart();
        long answered = System.nanoTime();
        long unread = site.rawLag();
        String outcome = awaitGoingOnOrTold(unread);
        System.out.println(String.format(
                Locale.ROOT,
                "kill %d of seed %d: offsets log %d KiB, unread %d, %s after %d ms",
                kill,
                seed,
                offsetsLog() >> 10,
                unread,
                outcome,
                (System.nanoTime() - answered) / 1_000_000));
        if (!outcome.equals(GOES_ON)) {
            broker.stop();
            broker.restart();
            await("it goes on after a clean restart of the broker")
                    .atMost(PATIENCE)
                    .until(() -> site.rawLag() < unread);
        }
        producing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        await("it is ready again").atMost(PATIENCE).until(() -> ready().statusCode() == 200);
    }

    /** What was unread is read; when it is not within the minute, {@code /readyz} has to say why. */
    private String awaitGoingOnOrTold(long unread) throws Exception {
        long patience = System.nanoTime() + TO_GO_ON.toNanos();
        while (System.nanoTime() < patience) {
            if (unread == 0 || site.rawLag() < unread) {
                return GOES_ON;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        HttpResponse<String> ready = ready();
        assertThat(ready.statusCode())
                .as("ready: %s%n%s", ready.body(), service.output())
                .isEqualTo(503);
        assertThat(ready.body()).contains("\"reason\":");
        return "not ready: " + ready.body().strip();
    }

    private HttpResponse<String> ready() throws IOException, InterruptedException {
        return service.get("/readyz");
    }

    private long offsetsLog() {
        try (Stream<Path> files = Files.walk(folder.resolve("broker/data/__consumer_offsets-0"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

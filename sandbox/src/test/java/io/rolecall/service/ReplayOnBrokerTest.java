package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.rolecall.deployment.CommandLineRun;
import io.rolecall.replay.GatheredHistory;
import io.rolecall.replay.PlanFile;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.CommandProcess;
import io.rolecall.sandbox.StoryRun;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** History on a real broker gives what {@code scan} gives, however it is spread, read and interrupted. */
class ReplayOnBrokerTest {

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    private static final Story STORY = Story.generate(StoryOptions.defaults().withNoisePerDay(100));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12})
    void the_story_is_told_as_by_scan_whatever_partitions_threads_and_shares(int partitions) throws Exception {
        // Given
        try (Site site = site("replay-" + partitions, partitions)) {
            StoryRecords records = StoryRecords.of(STORY, site.topics(), partitions);
            site.client().produce(records.records());

            // When
            List<String> outputs = new ArrayList<>();
            for (int threads : List.of(1, 4, 8)) {
                Path directory = folder.resolve("threads-" + threads);
                CommandLineRun run = Replays.replay(site, "--dir", directory.toString(), "--threads", "" + threads);
                assertThat(run.exitCode()).as(run.err()).isZero();
                assertThat(run.err()).contains(records.total() + " in = ");
                outputs.add(run.out());
            }
            List<String> shares = new ArrayList<>();
            for (String share : List.of("1/3", "2/3", "3/3")) {
                shares.add(folder.resolve("share-" + share.charAt(0)).toString());
                CommandLineRun run = Replays.replay(site, "--dir", shares.get(shares.size() - 1), "--shard", share);
                assertThat(run.exitCode()).as(run.err()).isZero();
                assertThat(run.out()).isEmpty();
            }
            CommandLineRun merged = Replays.command(site, "--resume", String.join(",", shares));

            // Then
            assertThat(outputs).containsOnly(merged.out());
            assertThat(Replays.withoutJourney(merged.out()))
                    .isEqualTo(Replays.withoutJourney(StoryRun.of(STORY).alerts()));
        }
    }

    @Test
    void two_policies_differ_over_gathered_history_in_what_two_replays_of_it_differ_in() throws Exception {
        // Given
        try (Site site = site("replay-policies", 3)) {
            site.client().produce(StoryRecords.of(STORY, site.topics(), 3).records());
            String directory = folder.resolve("gathered").toString();
            String old = Files.writeString(folder.resolve("old.yaml"), "").toString();
            String changed = Files.writeString(
                            folder.resolve("new.yaml"),
                            "detections: { single-tenant-app-abuse: { require-external-ip: false, window: 1d },"
                                    + " undeclared-permission: { enabled: false }, illicit-consent: { severity: medium } }")
                    .toString();
            Map<String, JsonNode> byOld = Replays.withoutJourney(
                    Replays.replay(site, "--dir", directory).out());
            Map<String, JsonNode> byNew =
                    Replays.withoutJourney(Replays.command(site, "--resume", directory, "--policy", changed)
                            .out());

            // When
            CommandLineRun diff = CommandLineRun.of(
                    Map.of(),
                    "policy",
                    "diff",
                    old,
                    changed,
                    "--over",
                    directory,
                    "--config",
                    site.configurationFile().toString(),
                    "--format",
                    "ndjson");

            // Then
            assertThat(diff.exitCode()).as(diff.err()).isZero();
            assertThat(Replays.withoutJourney(diff.out()).keySet()).isNotEmpty().isEqualTo(differing(byOld, byNew));
        }
    }

    /** Ids of alerts that one has and the other lacks, or that have another severity or status. */
    private static Set<String> differing(Map<String, JsonNode> one, Map<String, JsonNode> other) {
        Set<String> ids = new TreeSet<>(one.keySet());
        ids.addAll(other.keySet());
        ids.removeIf(id -> verdict(one, id).equals(verdict(other, id)));
        return ids;
    }

    private static String verdict(Map<String, JsonNode> alerts, String id) {
        JsonNode alert = alerts.getOrDefault(id, MissingNode.getInstance());
        return alert.path("severity").asText() + " " + alert.path("status").asText();
    }

    @Test
    void a_replay_that_is_killed_at_any_time_in_both_stages_says_the_same_when_it_is_resumed() throws Exception {
        killedAndResumed("replay-killed", 1);
    }

    @Test
    @Tag("endurance")
    void a_replay_that_is_killed_ten_times_in_both_stages_says_the_same_when_it_is_resumed() throws Exception {
        killedAndResumed("replay-killed-often", 10);
    }

    private void killedAndResumed(String name, int kills) throws Exception {
        // Given
        try (Site site = site(name, 3)) {
            site.client().produce(StoryRecords.of(STORY, site.topics(), 3).records());
            Path whole = folder.resolve("whole");
            CommandLineRun undisturbed = Replays.replay(site, "--dir", whole.toString());
            long bytes = bytes(whole);
            Path killed = folder.resolve("killed");
            Path output = folder.resolve("alerts.ndjson");

            // When
            String[] begin = {
                Replays.EVERYTHING[0],
                Replays.EVERYTHING[1],
                Replays.EVERYTHING[2],
                Replays.EVERYTHING[3],
                "--dir",
                killed.toString(),
                "--max-rate",
                "400KB/s"
            };
            String[] resume = {"--resume", killed.toString(), "--max-rate", "400KB/s"};
            for (int kill = 0; kill < kills; kill++) {
                Path log = folder.resolve("gather-" + kill + ".log");
                try (CommandProcess process =
                        CommandProcess.start(log, Replays.arguments(site, kill == 0 ? begin : resume))) {
                    long enough = ThreadLocalRandom.current().nextLong(1, bytes / 2);
                    await("something is gathered")
                            .atMost(Duration.ofSeconds(90))
                            .pollInterval(Duration.ofMillis(20))
                            .until(() -> bytes(killed) > enough || !process.isAlive());
                    process.kill();
                }
            }
            assertThat(bytes(killed)).as("the kill came before the end").isLessThan(bytes);
            for (int kill = 0; kill < kills; kill++) {
                Path log = folder.resolve("decide-" + kill + ".log");
                try (CommandProcess process = CommandProcess.start(
                        log, Replays.arguments(site, "--resume", killed.toString(), "--output", output.toString()))) {
                    await("it decides")
                            .atMost(Duration.ofSeconds(90))
                            .pollInterval(Duration.ofMillis(20))
                            .until(() ->
                                    !process.isAlive() || GatheredHistory.unread(killed, PlanFile.read(killed)) == 0);
                    process.kill();
                }
            }
            CommandLineRun resumed = Replays.command(site, "--resume", killed.toString());

            // Then
            assertThat(resumed.exitCode()).as(resumed.err()).isZero();
            assertThat(resumed.out()).isEqualTo(undisturbed.out());
            assertThat(total(resumed)).isEqualTo(total(undisturbed));
        }
    }

    private Site site(String name, int partitions) {
        Site site = new Site.Draft(BROKER.bootstrapServers(), folder, name)
                .partitions(partitions)
                .create();
        site.networks(STORY);
        return site;
    }

    private static String total(CommandLineRun run) {
        return run.err()
                .lines()
                .filter(line -> line.startsWith("total of "))
                .findFirst()
                .orElseThrow();
    }

    private static long bytes(Path directory) {
        if (Files.notExists(directory)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".part"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.alert.AlertJson;
import io.rolecall.deployment.CommandLineRun;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.StoryRun;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.Alert;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** History on a real broker gives what {@code scan} gives, however it is spread and however many threads read it. */
class ReplayOnBrokerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What may depend on the journey of the events. */
    private static final Set<String> JOURNEY = Set.of("revision", "changeSummary", "origin");

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12})
    void the_story_is_told_as_by_scan_whatever_partitions_threads_and_shares(int partitions) throws Exception {
        // Given
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(100));
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "replay-" + partitions)
                .partitions(partitions)
                .create()) {
            site.networks(story);
            StoryRecords records = StoryRecords.of(story, site.topics(), partitions);
            site.client().produce(records.records());

            // When
            List<String> outputs = new ArrayList<>();
            for (int threads : List.of(1, 4, 8)) {
                Path directory = folder.resolve("threads-" + threads);
                CommandLineRun run = replay(site, "--dir", directory.toString(), "--threads", "" + threads);
                assertThat(run.exitCode()).as(run.err()).isZero();
                assertThat(run.err()).contains(records.total() + " in = ");
                outputs.add(run.out());
            }
            List<String> shares = new ArrayList<>();
            for (String share : List.of("1/3", "2/3", "3/3")) {
                shares.add(folder.resolve("share-" + share.charAt(0)).toString());
                CommandLineRun run = replay(site, "--dir", shares.get(shares.size() - 1), "--shard", share);
                assertThat(run.exitCode()).as(run.err()).isZero();
                assertThat(run.out()).isEmpty();
            }
            CommandLineRun merged = command(site, "--resume", String.join(",", shares));

            // Then
            assertThat(outputs).containsOnly(merged.out());
            assertThat(withoutJourney(merged.out()))
                    .isEqualTo(withoutJourney(StoryRun.of(story).alerts()));
        }
    }

    private static CommandLineRun replay(Site site, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--from", "2020-01-01T00:00:00Z", "--to", "2030-01-01T00:00:00Z"));
        arguments.addAll(Arrays.asList(more));
        return command(site, arguments.toArray(String[]::new));
    }

    private static CommandLineRun command(Site site, String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay", "--config", site.configurationFile().toString()));
        all.addAll(Arrays.asList(arguments));
        return CommandLineRun.of(Map.of(), all.toArray(String[]::new));
    }

    private static Map<String, JsonNode> withoutJourney(String lines) throws IOException {
        Map<String, JsonNode> alerts = new TreeMap<>();
        for (String line : lines.split("\n", -1)) {
            if (!line.isEmpty()) {
                JsonNode alert = JSON.readTree(line);
                alerts.put(alert.path("alertId").asText(), withoutJourney((ObjectNode) alert));
            }
        }
        return alerts;
    }

    private static Map<String, JsonNode> withoutJourney(List<Alert> alerts) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Alert alert : alerts) {
            lines.append(AlertJson.line(
                            Alert.newBuilder(alert).clearEmittedAt().clearGeneration().build()))
                    .append('\n');
        }
        return withoutJourney(lines.toString());
    }

    private static ObjectNode withoutJourney(ObjectNode alert) {
        alert.remove(JOURNEY);
        alert.findParents("position").forEach(parent -> ((ObjectNode) parent).remove("position"));
        return alert;
    }
}

package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolecall.deployment.CommandLineRun;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.sandbox.story.StoryWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code audit} asks a service of two instances, of which each follows other applications, and reads what a replay gathered. */
class AuditOnBrokerTest {

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    @Test
    void a_running_service_and_gathered_history_tell_of_every_application_what_its_logs_in_files_tell()
            throws Exception {
        // Given
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(0));
        Path files = folder.resolve("story");
        StoryWriter.write(story, files);
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "audit")
                .partitions(3)
                .with("streams: { num.stream.threads: 1, acceptable.recovery.lag: 1000000 }")
                .create()) {
            site.networks(story);
            try (DetectorService first = site.start("a");
                    DetectorService second = site.start("b")) {
                await("both have partitions").atMost(Site.PATIENCE).until(site::isShared);
                site.client()
                        .produce(StoryRecords.of(story, site.topics(), site.partitions())
                                .records());
                Verdicts.of(story).awaitIn(site, Site.PATIENCE);

                CommandLineRun ofFiles = audit(
                        files.toString(),
                        "--networks",
                        files.resolve("networks.csv").toString());

                // When
                await("the service has read what the files hold")
                        .atMost(Site.PATIENCE)
                        .untilAsserted(() -> assertThat(told(ofService(first))).isEqualTo(told(ofFiles)));

                // Then
                CommandLineRun ofFirst = ofService(first);
                assertThat(ofFirst.exitCode()).as(ofFirst.err()).isZero();
                assertThat(ofService(second).out()).isEqualTo(ofFirst.out()).isNotEmpty();

                // And given
                Path gathered = folder.resolve("gathered");
                Replays.replay(site, "--dir", gathered.toString());

                // When
                CommandLineRun ofGathered = audit(
                        gathered.toString(),
                        "--config",
                        site.configurationFile().toString());

                // Then
                assertThat(ofGathered.exitCode()).as(ofGathered.err()).isZero();
                assertThat(told(ofGathered)).isEqualTo(told(ofFiles));
            }
        }
    }

    private static CommandLineRun ofService(DetectorService service) {
        return audit("--service", "http://127.0.0.1:" + service.httpPort());
    }

    /** Permissions, owners, credentials, alerts and findings by application. */
    private static Map<String, Set<String>> told(CommandLineRun audit) throws IOException {
        Map<String, Set<String>> told = new TreeMap<>();
        for (String line : audit.out().lines().toList()) {
            JsonNode entry = new ObjectMapper().readTree(line);
            Set<String> parts = told.computeIfAbsent(entry.path("id").asText(), any -> new TreeSet<>());
            for (String list : Set.of("permissions", "owners", "alerts", "redirects")) {
                entry.path(list).forEach(one -> parts.add(list + one));
            }
            entry.path("credentials").forEach(key -> parts.add(key.path("keyId").asText()));
            entry.path("findings")
                    .forEach(finding -> parts.add(finding.path("id").asText()));
        }
        return told;
    }

    private static CommandLineRun audit(String... arguments) {
        return CommandLineRun.of(
                Map.of(),
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("audit"), java.util.stream.Stream.of(arguments))
                        .toArray(String[]::new));
    }
}

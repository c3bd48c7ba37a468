package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.alert.AlertJson;
import io.rolecall.cli.ExitCode;
import io.rolecall.deployment.CommandLineRun;
import io.rolecall.schema.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/** Runs of {@code replay} over the topics of a site, and what they print without what depends on the journey of the events. */
final class Replays {

    static final String[] EVERYTHING = {"--from", "2020-01-01T00:00:00Z", "--to", "2030-01-01T00:00:00Z"};

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> JOURNEY = Set.of("revision", "changeSummary", "origin");

    private Replays() {}

    /** A replay of all that is there. */
    static CommandLineRun replay(Site site, String... more) {
        List<String> arguments = new ArrayList<>(List.of(EVERYTHING));
        arguments.addAll(Arrays.asList(more));
        return command(site, arguments.toArray(String[]::new));
    }

    static CommandLineRun command(Site site, String... arguments) {
        return CommandLineRun.of(Map.of(), arguments(site, arguments));
    }

    static String[] arguments(Site site, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("replay", "--config", site.configurationFile().toString()));
        all.addAll(Arrays.asList(arguments));
        return all.toArray(String[]::new);
    }

    /** Arguments of a replay of all that is there. */
    static String[] range(Path directory) {
        List<String> arguments = new ArrayList<>(List.of(EVERYTHING));
        arguments.addAll(List.of("--dir", directory.toString()));
        return arguments.toArray(String[]::new);
    }

    /** Lets live read events of the Entra audit log until so many alerts stand and nothing is unread, and stops it. */
    static void live(Site site, int alerts, String... events) throws InterruptedException {
        try (DetectorService service = site.start("a")) {
            site.client().produce(site.topics().entraAudit(), events);
            site.awaitAlerts(alerts);
            site.awaitRead();
            assertThat(service.streams().state().isRunningOrRebalancing()).isTrue();
        }
    }

    /** Lets records of the Entra audit log have the times that they are given, and keeps them however old they are. */
    static void keepTimes(Site site) {
        String topic = site.topics().entraAudit();
        site.client().configure(topic, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
        site.client().configure(topic, TopicConfig.RETENTION_MS_CONFIG, "-1");
    }

    /** A comparison with live: the run, and the differences that it wrote. */
    record Compared(CommandLineRun run, List<JsonNode> differences) {

        List<JsonNode> ofAlerts() {
            return differences.stream().filter(one -> one.has("alertId")).toList();
        }

        List<JsonNode> ofIncidents() {
            return differences.stream().filter(one -> one.has("incidentId")).toList();
        }
    }

    /**
     * Compares with live.
     *
     * @param file for the differences
     */
    static Compared compared(Site site, Path file, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--against", "live", "--differences", file.toString()));
        CommandLineRun run = command(site, all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isIn(ExitCode.DONE, ExitCode.FOUND);
        List<JsonNode> differences = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            differences.add(JSON.readTree(line));
        }
        return new Compared(run, differences);
    }

    /**
     * Compares with live where nothing goes wrong.
     *
     * @param file for the differences
     * @return reasons by alert id
     */
    static Map<String, String> reasons(Site site, Path file, String... arguments) throws IOException {
        Compared compared = compared(site, file, arguments);
        assertThat(compared.run().exitCode()).as(compared.run().err()).isZero();
        Map<String, String> reasons = new TreeMap<>();
        for (JsonNode difference : compared.ofAlerts()) {
            reasons.put(
                    difference.path("alertId").asText(),
                    difference.path("reason").asText());
        }
        return reasons;
    }

    static Map<String, JsonNode> withoutJourney(String lines) throws IOException {
        Map<String, JsonNode> alerts = new TreeMap<>();
        for (String line : lines.split("\n", -1)) {
            if (!line.isEmpty()) {
                ObjectNode alert = (ObjectNode) JSON.readTree(line);
                alert.remove(JOURNEY);
                alert.findParents("position").forEach(parent -> ((ObjectNode) parent).remove("position"));
                alerts.put(alert.path("alertId").asText(), alert);
            }
        }
        return alerts;
    }

    static Map<String, JsonNode> withoutJourney(List<Alert> alerts) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Alert alert : alerts) {
            lines.append(AlertJson.line(Alert.newBuilder(alert)
                            .clearEmittedAt()
                            .clearGeneration()
                            .build()))
                    .append('\n');
        }
        return withoutJourney(lines.toString());
    }
}

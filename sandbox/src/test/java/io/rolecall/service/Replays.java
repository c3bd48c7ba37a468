package io.rolecall.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.alert.AlertJson;
import io.rolecall.deployment.CommandLineRun;
import io.rolecall.schema.Alert;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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

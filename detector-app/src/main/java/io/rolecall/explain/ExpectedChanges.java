package io.rolecall.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.config.ConfigurationException;
import io.rolecall.config.FileErrors;
import io.rolecall.config.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The differences that a change of the policy is meant to make: lines of JSON with {@code alertId} and {@code change}, and, where it
 * matters, {@code old} and {@code new} with {@code severity} and {@code status}. What a line does not state may be anything.
 */
public final class ExpectedChanges {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> expected;

    private ExpectedChanges(List<JsonNode> expected) {
        this.expected = expected;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException when it cannot be read or a line is none
     */
    public static ExpectedChanges read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigurationException(List.of(new Problem(file.toString(), 0, "", FileErrors.cause(e))));
        }
        List<JsonNode> expected = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                JsonNode node = parsed(lines.get(i));
                if (node.path("alertId").isTextual() && node.path("change").isTextual()) {
                    expected.add(node);
                } else {
                    problems.add(new Problem(
                            file.toString(),
                            i + 1,
                            "",
                            "no difference: a line is a JSON object with the texts alertId and change, as policy diff"
                                    + " --format ndjson writes it"));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new ExpectedChanges(expected);
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    /** What was not expected and what was and did not come, a sentence each; none when all is as expected. */
    public List<String> differences(List<AlertChange> changes) {
        List<JsonNode> missing = new ArrayList<>(expected);
        List<String> differences = new ArrayList<>();
        for (AlertChange change : changes) {
            ObjectNode found = AlertChangeJson.tree(change);
            if (!missing.removeIf(one -> agrees(one, found))) {
                differences.add("not expected: " + told(found));
            }
        }
        missing.forEach(one -> differences.add("expected and not there: " + told(one)));
        return differences;
    }

    private static boolean agrees(JsonNode expected, JsonNode found) {
        return List.of("/alertId", "/change", "/old/severity", "/old/status", "/new/severity", "/new/status").stream()
                .allMatch(
                        at -> expected.at(at).isMissingNode() || expected.at(at).equals(found.at(at)));
    }

    private static String told(JsonNode change) {
        StringBuilder text = new StringBuilder(change.path("change").asText());
        text.append(' ').append(change.path("alertId").asText());
        for (String side : List.of("old", "new")) {
            JsonNode alert = change.path(side);
            if (alert.isObject()) {
                text.append(", ")
                        .append(side)
                        .append(' ')
                        .append(alert.path("severity").asText());
                text.append(' ').append(alert.path("status").asText());
            }
        }
        return text.append(change.has("title") ? " (" + change.path("title").asText() + ")" : "")
                .toString();
    }
}

package io.rolecall.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.alert.AlertJson;
import io.rolecall.alert.AlertRevisions;
import io.rolecall.schema.Alert;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an alert says, without what depends on the journey of the events, and without the versions of policy, networks and detection: these
 * are causes of differences, and none themselves.
 *
 * @param alertId the alert
 * @param json what it says
 */
public record AlertContent(String alertId, ObjectNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> VERSIONS = Set.of("policyVersion", "networksVersion", "detectionVersion");

    /** What a record says; empty when it is withdrawn, which says nothing. */
    public static Optional<AlertContent> of(@Nullable Alert alert) {
        if (alert == null || alert.getStatus().equals("withdrawn")) {
            return Optional.empty();
        }
        try {
            return Optional.of(ofLine(AlertJson.line(alert)));
        } catch (IOException e) {
            throw new IllegalStateException("What is written as JSON reads back", e);
        }
    }

    /**
     * What a line of NDJSON says.
     *
     * @throws IOException when it is no alert
     */
    public static AlertContent ofLine(String line) throws IOException {
        JsonNode tree;
        try {
            tree = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IOException("no alert as NDJSON: " + e.getOriginalMessage(), e);
        }
        if (!(tree instanceof ObjectNode alert) || !alert.path("alertId").isTextual()) {
            throw new IOException("no alert as NDJSON: it has no alertId");
        }
        alert.remove(AlertRevisions.JOURNEY);
        alert.remove(VERSIONS);
        for (JsonNode parent : alert.findParents("position")) {
            ((ObjectNode) parent).remove("position");
        }
        return new AlertContent(alert.path("alertId").asText(), alert);
    }

    /** What alerts say, by id; withdrawn ones say nothing. */
    static Map<String, AlertContent> byId(List<Alert> alerts) {
        Map<String, AlertContent> contents = new TreeMap<>();
        alerts.forEach(alert -> of(alert).ifPresent(content -> contents.put(content.alertId(), content)));
        return contents;
    }

    /** Names of the fields that differ, ordered. */
    List<String> differs(AlertContent other) {
        Set<String> names = new TreeSet<>();
        json.fieldNames().forEachRemaining(names::add);
        other.json.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> Objects.equals(json.get(name), other.json.get(name)));
        return List.copyOf(names);
    }
}

package io.rolecall.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares the alerts of two deliveries of the same events: all must be equal but what tells of the journey. */
final class AlertComparison {

    /** The first five by contract section 5; copies differ with the duplicates delivered. */
    private static final List<String> JOURNEY =
            List.of("generation", "revision", "changeSummary", "emittedAt", "origin", "position", "alsoSeenAs");

    private AlertComparison() {}

    /** What differs; empty when nothing does. Withdrawn alerts count only where both have them: order decides what was raised. */
    static String differences(List<ObjectNode> first, List<ObjectNode> second) {
        Map<String, JsonNode> expected = standing(first);
        Map<String, JsonNode> actual = standing(second);
        if (!expected.keySet().equals(actual.keySet())) {
            return "other alerts than in the first delivery: " + new TreeSet<>(actual.keySet()) + " instead of "
                    + new TreeSet<>(expected.keySet());
        }
        for (Map.Entry<String, JsonNode> entry : expected.entrySet()) {
            JsonNode other = actual.get(entry.getKey());
            if (!entry.getValue().equals(other)) {
                return "alert " + entry.getKey() + " differs from the first delivery:\n      " + entry.getValue()
                        + "\n      " + other;
            }
        }
        return "";
    }

    private static Map<String, JsonNode> standing(List<ObjectNode> alerts) {
        Map<String, JsonNode> byId = new TreeMap<>();
        for (ObjectNode alert : alerts) {
            if (!alert.path("status").asText().equals("withdrawn")) {
                byId.put(alert.path("alertId").asText(), withoutJourney(alert.deepCopy()));
            }
        }
        return byId;
    }

    private static JsonNode withoutJourney(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(JOURNEY);
        }
        for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
            withoutJourney(children.next());
        }
        return node;
    }
}

package io.rolecall.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Pairs expected alerts with those raised, each with one. */
final class ExpectationMatch {

    private static final int FREE = -1;

    private final List<Expectation> expected;

    ExpectationMatch(List<Expectation> expected) {
        this.expected = expected;
    }

    /** What is missing, superfluous or different, over several lines; empty when the pairing works out. */
    String differences(List<ObjectNode> raised) {
        boolean withdrawnToo = expected.stream().anyMatch(Expectation::wantsWithdrawn);
        List<ObjectNode> alerts = raised.stream()
                .filter(alert -> withdrawnToo || !alert.path("status").asText().equals("withdrawn"))
                .toList();
        int[] expectationOf = new int[alerts.size()];
        Arrays.fill(expectationOf, FREE);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            if (!pair(i, alerts, expectationOf, new boolean[alerts.size()])) {
                lines.add("missing: " + expected.get(i).fields() + nearest(expected.get(i), alerts));
            }
        }
        for (int j = 0; j < alerts.size(); j++) {
            if (expectationOf[j] == FREE) {
                lines.add("not expected: " + describe(alerts.get(j)));
            }
        }
        return String.join("\n    ", lines);
    }

    /** Finds an alert for an expectation, moving others aside where they can go (augmenting paths). */
    private boolean pair(int expectation, List<ObjectNode> alerts, int[] expectationOf, boolean[] tried) {
        for (int j = 0; j < alerts.size(); j++) {
            if (!tried[j]
                    && expected.get(expectation).differences(alerts.get(j)).isEmpty()) {
                tried[j] = true;
                if (expectationOf[j] == FREE || pair(expectationOf[j], alerts, expectationOf, tried)) {
                    expectationOf[j] = expectation;
                    return true;
                }
            }
        }
        return false;
    }

    private static String nearest(Expectation expectation, List<ObjectNode> alerts) {
        return alerts.stream()
                .map(expectation::differences)
                .min(Comparator.comparingInt(List::size))
                .map(differences -> "; nearest differs in " + String.join("; ", differences))
                .orElse("");
    }

    private static String describe(ObjectNode alert) {
        return alert.path("detection").asText() + " " + alert.path("severity").asText() + " "
                + alert.path("status").asText() + ": " + alert.path("title").asText() + " ("
                + alert.path("alertId").asText() + ")";
    }
}

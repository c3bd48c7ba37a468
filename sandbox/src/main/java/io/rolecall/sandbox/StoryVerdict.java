package io.rolecall.sandbox;

import io.rolecall.sandbox.story.ExpectedAlert;
import io.rolecall.schema.Alert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How what was raised compares with what the story says must be raised; withdrawn alerts count as not raised.
 *
 * @param expected number of alerts that must come
 * @param found number of those that came as they must
 * @param problems what differs, each a sentence; empty when nothing does
 */
record StoryVerdict(int expected, int found, List<String> problems) {

    StoryVerdict {
        problems = List.copyOf(problems);
    }

    static StoryVerdict of(List<ExpectedAlert> truth, List<Alert> alerts) {
        Map<String, Alert> raised = new LinkedHashMap<>();
        alerts.stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .forEach(alert -> raised.put(alert.getAlertId(), alert));
        List<String> problems = new ArrayList<>();
        int found = 0;
        for (ExpectedAlert expected : truth) {
            Alert alert = raised.remove(expected.alertId());
            String what = expected.detection() + " for " + expected.subject().id() + " (" + expected.scene() + ", "
                    + expected.alertId() + ")";
            if (alert == null) {
                problems.add("missing: " + what);
            } else if (!alert.getSeverity().equals(expected.severity())
                    || !alert.getStatus().equals(expected.status())) {
                problems.add("different: " + what + " is " + alert.getStatus() + " with severity " + alert.getSeverity()
                        + " instead of " + expected.status() + " with " + expected.severity());
            } else {
                found++;
            }
        }
        raised.values()
                .forEach(alert -> problems.add("unexpected: " + alert.getDetection() + " for "
                        + alert.getSubject().getId() + " (" + alert.getAlertId() + ")"));
        return new StoryVerdict(truth.size(), found, problems);
    }

    boolean isRight() {
        return problems.isEmpty();
    }
}

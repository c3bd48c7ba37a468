package io.rolecall.sandbox;

import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Incident;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What came of a demo.
 *
 * @param verdict how the alerts compare with the story's truth
 * @param attacks how the incidents compare with the story's scenes
 * @param alerts last revision of every alert, withdrawn ones included
 * @param incidents last publication of every incident, closed ones included
 */
record DemoResult(StoryVerdict verdict, IncidentsVerdict attacks, List<Alert> alerts, List<Incident> incidents) {

    private static final Comparator<Incident> BY_WEIGHT = Comparator.comparing(
                    (Incident incident) -> Severity.ofLabel(incident.getSeverity()))
            .thenComparing(Incident::getRiskScore);

    DemoResult {
        alerts = List.copyOf(alerts);
        incidents = List.copyOf(incidents);
    }

    boolean isRight() {
        return verdict.isRight() && attacks.isRight();
    }

    /** The worst incident that stands. */
    Optional<Incident> worst() {
        return incidents.stream()
                .filter(incident -> !incident.getStatus().equals("closed"))
                .max(BY_WEIGHT);
    }
}

package io.rolecall.incident;

import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.state.AlertExtract;
import java.util.List;

/**
 * What of a group of alerts says when its incident is to be published.
 *
 * @param urgent whether an open alert is critical with high confidence
 * @param confirmed whether the events state every address, and the App ID is known
 * @param used whether use was seen
 * @param external whether somebody acted from outside
 */
public record IncidentMarks(boolean urgent, boolean confirmed, boolean used, boolean external) {

    /** Of the alerts that the incident lists. */
    static IncidentMarks of(List<AlertExtract> worst) {
        return new IncidentMarks(
                worst.stream().anyMatch(IncidentMarks::isUrgent),
                worst.stream()
                        .filter(alert -> !alert.getSeverity().equals("informational"))
                        .allMatch(IncidentMarks::isConfirmed),
                IncidentUse.of(worst).isPresent(),
                worst.stream().flatMap(alert -> alert.getActors().stream()).anyMatch(actor -> actor.getIpClass()
                        .equals("external")));
    }

    /** Whether an alert alone is reason to publish at once. */
    public static boolean isUrgent(AlertExtract alert) {
        return alert.getStatus().equals(Incidents.OPEN)
                && alert.getSeverity().equals("critical")
                && alert.getConfidence().equals("high");
    }

    private static boolean isConfirmed(AlertExtract alert) {
        boolean known = !alert.getSubject().getKind().equals("application")
                || alert.getApplication().flatMap(AlertApplication::getAppId).isPresent();
        return known && alert.getAddressesStated();
    }
}

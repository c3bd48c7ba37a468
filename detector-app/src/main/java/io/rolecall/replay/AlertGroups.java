package io.rolecall.replay;

import io.rolecall.incident.AlertExtracts;
import io.rolecall.incident.GroupOfAlerts;
import io.rolecall.incident.Incidents;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Alerts by group, and the incidents that they make. */
final class AlertGroups {

    private final Map<String, List<Alert>> groups = new TreeMap<>();

    /** @param alerts the last state of each, withdrawn ones included */
    AlertGroups(Collection<Alert> alerts) {
        alerts.forEach(alert -> groups.computeIfAbsent(alert.getGroupKey(), key -> new ArrayList<>())
                .add(alert));
    }

    /** The alerts of a group; none of an unknown one. */
    List<Alert> of(String groupKey) {
        return groups.getOrDefault(groupKey, List.of());
    }

    /** The incident that the alerts of a group make; empty when they make none. */
    Optional<Incident> incident(String groupKey) {
        return Incidents.of(GroupOfAlerts.of(
                groupKey, of(groupKey).stream().map(AlertExtracts::of).toList()));
    }

    /** When one of a group was emitted last; the epoch when none says so. */
    Instant changed(String groupKey) {
        return of(groupKey).stream()
                .flatMap(alert -> alert.getEmittedAt().stream())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** Keys of the groups. */
    Set<String> keys() {
        return groups.keySet();
    }
}

package io.rolecall.incident;

import io.rolecall.policy.Severity;
import io.rolecall.schema.state.AlertExtract;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an incident is made of: the worst alerts of a group and what is known of all of them. However many alerts there are, this is
 * bounded, and it does not depend on the order in which they came.
 *
 * @param groupKey of all of them
 * @param tally of all that stand
 * @param worst at most {@link #MOST_ALERTS} that stand, in the order {@link #WORST_FIRST}
 * @param first earliest deciding event of all that stand; the epoch when none does
 * @param last latest deciding event of all that stand
 */
public record GroupOfAlerts(String groupKey, AlertTally tally, List<AlertExtract> worst, Instant first, Instant last) {

    /** Of how many alerts an incident tells one by one. */
    public static final int MOST_ALERTS = 100;

    /** Worst first: by severity and risk score, then the earliest. */
    public static final Comparator<AlertExtract> WORST_FIRST = Comparator.<AlertExtract, Severity>comparing(
                    alert -> Severity.ofLabel(alert.getSeverity()), Comparator.reverseOrder())
            .thenComparing(AlertExtract::getRiskScore, Comparator.reverseOrder())
            .thenComparing(AlertExtract::getFirstEventTime)
            .thenComparing(AlertExtract::getAlertId);

    public GroupOfAlerts {
        worst = List.copyOf(worst);
    }

    /** Of the extracts of a group, each alert once, in any order. */
    public static GroupOfAlerts of(String groupKey, Collection<AlertExtract> alerts) {
        AlertTally tally = new AlertTally(Map.of());
        alerts.forEach(tally::add);
        return new GroupOfAlerts(
                groupKey,
                tally,
                standing(alerts).sorted(WORST_FIRST).limit(MOST_ALERTS).toList(),
                standing(alerts)
                        .map(AlertExtract::getFirstEventTime)
                        .min(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH),
                standing(alerts)
                        .map(AlertExtract::getLastEventTime)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH));
    }

    /** Whether an alert holds: whatever is withdrawn counts as if it had never been raised. */
    public static boolean stands(AlertExtract alert) {
        return !alert.getStatus().equals("withdrawn");
    }

    private static Stream<AlertExtract> standing(Collection<AlertExtract> alerts) {
        return alerts.stream().filter(GroupOfAlerts::stands);
    }
}

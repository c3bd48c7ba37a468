package io.rolecall.incident;

import io.rolecall.policy.Severity;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertPermission;
import io.rolecall.schema.Incident;
import io.rolecall.schema.IncidentAlert;
import io.rolecall.schema.Technique;
import io.rolecall.schema.state.AlertExtract;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The incident of a group of alerts: a function of what they say now, whatever they said before and in whichever order they came. */
public final class Incidents {

    static final String OPEN = "open";
    static final String CONTAINED = "contained";
    static final String CLOSED = "closed";
    static final String SUPPRESSED = "suppressed";

    private static final int MOST_ACTORS = 50;
    private static final int MOST_PERMISSIONS = 50;
    private static final int MOST_REASONS = 20;
    private static final int POINTS_PER_FURTHER_DETECTION = 3;
    private static final int HIGHEST_SCORE = 100;

    private static final Comparator<AlertActor> BY_ROLE = Comparator.comparing(AlertActor::getRole)
            .thenComparing(actor -> actor.getName().orElse(""))
            .thenComparing(actor -> actor.getId().orElse(""))
            .thenComparing(AlertActor::compareTo);

    private static final Comparator<AlertPermission> BY_PERMISSION = Comparator.comparing(AlertPermission::getResource)
            .thenComparing(AlertPermission::getValue)
            .thenComparing(AlertPermission::getType)
            .thenComparing(AlertPermission::compareTo);

    private Incidents() {}

    /** The incidents of alerts of any groups, the worst first; of alerts that make none there is none. */
    public static List<Incident> of(Collection<AlertExtract> alerts) {
        Map<String, List<AlertExtract>> groups =
                alerts.stream().collect(Collectors.groupingBy(AlertExtract::getGroupKey));
        return groups.entrySet().stream()
                .map(group -> of(GroupOfAlerts.of(group.getKey(), group.getValue())))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Incidents::isClosed)
                        .thenComparing(it -> Severity.ofLabel(it.getSeverity()), Comparator.reverseOrder())
                        .thenComparing(Incident::getRiskScore, Comparator.reverseOrder())
                        .thenComparing(Incident::getFirstEventTime)
                        .thenComparing(Incident::getIncidentId))
                .toList();
    }

    private static boolean isClosed(Incident incident) {
        return incident.getStatus().equals(CLOSED);
    }

    /**
     * The incident of a group, as revision 1 and without what tells its journey; empty without an open, contained or suppressed alert
     * above informational.
     */
    public static Optional<Incident> of(GroupOfAlerts group) {
        return group.tally().deciding().map(deciding -> incident(group, deciding));
    }

    private static Incident incident(GroupOfAlerts group, String deciding) {
        List<AlertExtract> worst = group.worst();
        boolean suppressed = deciding.equals(SUPPRESSED);
        AlertExtract leading = leading(worst, deciding);
        return Incident.newBuilder()
                .setIncidentId(IncidentIds.of(group.groupKey()))
                .setGroupKey(group.groupKey())
                .setRevision(1)
                .setStatus(suppressed ? CLOSED : deciding)
                .setClosedBecause(suppressed ? SUPPRESSED : null)
                .setSeverity(group.tally().worst(deciding).orElseThrow().label())
                .setRiskScore(riskScore(group))
                .setRiskReasons(listed(worst, AlertExtract::getRiskReasons)
                        .limit(MOST_REASONS)
                        .toList())
                .setTitle(title(leading, group.tally()))
                .setSummary(IncidentSummary.of(group, deciding, leading))
                .setTenantId(leading.getTenantId())
                .setSubject(leading.getSubject())
                .setApplication(leading.getApplication().orElse(null))
                .setAlerts(worst.stream().map(Incidents::inShort).toList())
                .setAlertCounts(group.tally().byDetection())
                .setTimeline(IncidentTimeline.of(worst))
                .setActors(listed(worst, AlertExtract::getActors)
                        .limit(MOST_ACTORS)
                        .sorted(BY_ROLE)
                        .toList())
                .setPermissions(listed(worst, AlertExtract::getPermissions)
                        .limit(MOST_PERMISSIONS)
                        .sorted(BY_PERMISSION)
                        .toList())
                .setExposedUsers(IncidentExposure.of(worst).orElse(null))
                .setCheckFirst(CheckFirst.of(worst, leading))
                .setContainment(ContainmentOrder.of(worst))
                .setAttack(listed(worst, AlertExtract::getAttack)
                        .sorted(Comparator.comparing(Technique::getTactic).thenComparing(Technique::getTechnique))
                        .toList())
                .setFirstEventTime(group.first())
                .setLastEventTime(group.last())
                .setPolicyVersion(leading.getPolicyVersion())
                .setNetworksVersion(leading.getNetworksVersion())
                .setOrigin(leading.getOrigin())
                .build();
    }

    /** The worst alert that decides about the incident; beyond the listed ones, the worst of all. */
    private static AlertExtract leading(List<AlertExtract> worst, String deciding) {
        return worst.stream()
                .filter(alert -> alert.getStatus().equals(deciding))
                .findFirst()
                .orElse(worst.get(0));
    }

    private static int riskScore(GroupOfAlerts group) {
        int highest = group.worst().stream()
                .mapToInt(AlertExtract::getRiskScore)
                .max()
                .orElse(0);
        int further = group.tally().byDetection().size() - 1;
        return Math.min(HIGHEST_SCORE, highest + POINTS_PER_FURTHER_DETECTION * further);
    }

    private static String title(AlertExtract leading, AlertTally tally) {
        int more = tally.byDetection().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum()
                - 1;
        return leading.getTitle()
                + (more == 0 ? "" : " (and " + Wording.count(more, "more finding", "more findings") + ")");
    }

    private static IncidentAlert inShort(AlertExtract alert) {
        return new IncidentAlert(
                alert.getAlertId(),
                alert.getDetection(),
                alert.getTitle(),
                alert.getSeverity(),
                alert.getStatus(),
                alert.getFirstEventTime(),
                alert.getRiskScore());
    }

    private static <T> Stream<T> listed(List<AlertExtract> worst, Function<AlertExtract, List<T>> of) {
        return worst.stream().flatMap(alert -> of.apply(alert).stream()).distinct();
    }
}

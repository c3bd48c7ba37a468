package io.rolecall.explain;

import io.rolecall.detection.Catalogue;
import io.rolecall.explain.AlertChange.Kind;
import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyChanges;
import io.rolecall.policy.SettingChange;
import io.rolecall.schema.Alert;
import io.rolecall.topology.ExplainedSubject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The alerts that two policies raise over the same events, compared by alert id: which appear, which vanish, which change severity or
 * status. An alert that is withdrawn at the end is none.
 */
public final class PolicyDiff {

    private static final Comparator<AlertChange> ORDER = Comparator.comparing(
                    (AlertChange change) -> change.alert().getFirstEventTime())
            .thenComparing(change -> change.alert().getAlertId());

    private final Policy before;
    private final Policy after;
    private final Catalogue catalogue;
    private final List<SettingChange> settings;

    /**
     * The comparison of two policies.
     *
     * @param before the old one
     * @param after the new one
     * @param catalogue the detections of both
     */
    public PolicyDiff(Policy before, Policy after, Catalogue catalogue) {
        this.before = before;
        this.after = after;
        this.catalogue = catalogue;
        this.settings = PolicyChanges.between(before, after);
    }

    /** The settings in which the two differ. */
    public List<SettingChange> settings() {
        return settings;
    }

    /**
     * What differs.
     *
     * @param old last revisions by the old policy
     * @param now last revisions by the new policy
     * @param oldFacts the subject of an alert with what the run by the old policy knows of it; empty when nothing is
     * @param newFacts the same of the run by the new policy
     * @return ordered by first event time and alert id
     */
    public List<AlertChange> between(
            List<Alert> old,
            List<Alert> now,
            Function<Alert, Optional<ExplainedSubject>> oldFacts,
            Function<Alert, Optional<ExplainedSubject>> newFacts) {
        Map<String, Alert> oldById = standing(old);
        Map<String, Alert> newById = standing(now);
        List<AlertChange> changes = new ArrayList<>();
        oldById.forEach((id, alert) -> {
            if (!newById.containsKey(id)) {
                changes.add(change(Kind.VANISHES, Optional.of(alert), Optional.empty(), oldFacts.apply(alert)));
            }
        });
        newById.forEach((id, alert) -> {
            Optional<Alert> was = Optional.ofNullable(oldById.get(id));
            kind(was, alert)
                    .ifPresent(kind -> changes.add(change(kind, was, Optional.of(alert), newFacts.apply(alert))));
        });
        changes.sort(ORDER);
        return changes;
    }

    private static Optional<Kind> kind(Optional<Alert> was, Alert is) {
        if (was.isEmpty()) {
            return Optional.of(Kind.APPEARS);
        }
        if (!was.get().getSeverity().equals(is.getSeverity())) {
            return Optional.of(Kind.SEVERITY);
        }
        return was.get().getStatus().equals(is.getStatus()) ? Optional.empty() : Optional.of(Kind.STATUS);
    }

    private AlertChange change(Kind kind, Optional<Alert> old, Optional<Alert> now, Optional<ExplainedSubject> facts) {
        Alert alert = now.or(() -> old).orElseThrow();
        AlertChange.Cause cause = facts.flatMap(
                        subject -> catalogue.byId(alert.getDetection()).map(detection -> new Causes(
                                        detection, alert.getAlertId(), subject.by(before), subject.by(after))
                                .of(settings)))
                .orElseGet(() -> new AlertChange.Cause(List.of(), List.of()));
        return new AlertChange(kind, old, now, cause);
    }

    private static Map<String, Alert> standing(List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .collect(Collectors.toMap(Alert::getAlertId, Function.identity(), (one, other) -> one, TreeMap::new));
    }
}

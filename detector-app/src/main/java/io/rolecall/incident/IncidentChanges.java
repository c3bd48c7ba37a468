package io.rolecall.incident;

import io.rolecall.policy.Severity;
import io.rolecall.schema.AlertPermission;
import io.rolecall.schema.Incident;
import io.rolecall.schema.IncidentAlert;
import io.rolecall.schema.state.IncidentGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** What sets two publications of an incident apart, and whether people are to be told of it. */
public final class IncidentChanges {

    /** The fields that tell the journey of an incident; all others are a function of its final alerts. */
    public static final Set<String> JOURNEY = Set.of(
            "generation", "revision", "changeSummary", "supersedes", "supersededBy", "historic", "emittedAt", "origin");

    private static final String REOPENED = "reopened";

    private IncidentChanges() {}

    /** Whether two incidents say the same but for their journey. */
    public static boolean sameContent(Incident a, Incident b) {
        for (Schema.Field field : Incident.getClassSchema().getFields()) {
            if (!JOURNEY.contains(field.name()) && !Objects.equals(a.get(field.pos()), b.get(field.pos()))) {
                return false;
            }
        }
        return true;
    }

    /**
     * What people are told of at once: another status, a higher severity, a further detection above informational, a further permission,
     * the first use, the first address from outside; as phrases, most important first, empty when there is nothing of it.
     *
     * @param group what the last publication told
     * @param marks of the alerts now
     */
    static List<String> material(Incident before, Incident after, IncidentGroup group, IncidentMarks marks) {
        List<String> changes = stated(before, after);
        if (changes.contains(REOPENED) || after.getStatus().equals(Incidents.CLOSED)) {
            return changes;
        }
        if (marks.used() && !group.getPublishedUse()) {
            changes.add("first use seen");
        }
        if (marks.external() && !group.getPublishedExternal()) {
            changes.add("first address from outside");
        }
        return changes;
    }

    /** Whether one of the changes that people are told of at once can be seen from what two publications say. */
    public static boolean isMaterial(Incident before, Incident after) {
        return !stated(before, after).isEmpty();
    }

    private static List<String> stated(Incident before, Incident after) {
        List<String> changes = new ArrayList<>();
        if (before.getStatus().equals(Incidents.CLOSED) && !after.getStatus().equals(Incidents.CLOSED)) {
            changes.add(REOPENED);
            return changes;
        }
        String statusBefore = status(before);
        String statusAfter = status(after);
        if (!statusBefore.equals(statusAfter)) {
            changes.add("status " + statusBefore + " -> " + statusAfter);
        }
        if (after.getStatus().equals(Incidents.CLOSED)) {
            return changes;
        }
        if (severity(after).compareTo(severity(before)) > 0) {
            changes.add("severity " + before.getSeverity() + " -> " + after.getSeverity());
        }
        added("detection", "detections", detections(before), detections(after)).ifPresent(changes::add);
        added("permission", "permissions", permissions(before), permissions(after))
                .ifPresent(changes::add);
        return changes;
    }

    /** What changed beside that; never empty. */
    static String other(Incident before, Incident after) {
        List<String> changes = new ArrayList<>();
        if (!before.getSeverity().equals(after.getSeverity())) {
            changes.add("severity " + before.getSeverity() + " -> " + after.getSeverity());
        }
        int more = alerts(after) - alerts(before);
        if (more != 0) {
            changes.add(Wording.count(Math.abs(more), "alert", "alerts") + (more > 0 ? " more" : " fewer"));
        }
        return changes.isEmpty() ? "details updated" : String.join("; ", changes);
    }

    private static int alerts(Incident incident) {
        return incident.getAlertCounts().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static String status(Incident incident) {
        return incident.getStatus()
                + incident.getClosedBecause()
                        .map(because -> " (" + because + ")")
                        .orElse("");
    }

    private static Severity severity(Incident incident) {
        return Severity.ofLabel(incident.getSeverity());
    }

    /** Those of which something above informational stands; the worst alerts are listed, so what is not listed may be. */
    private static Set<String> detections(Incident incident) {
        Set<String> detections = new TreeSet<>();
        Set<String> informational = new TreeSet<>();
        for (IncidentAlert alert : incident.getAlerts()) {
            (Severity.ofLabel(alert.getSeverity()) == Severity.INFORMATIONAL ? informational : detections)
                    .add(alert.getDetection());
        }
        incident.getAlertCounts().keySet().stream()
                .filter(detection -> !informational.contains(detection))
                .forEach(detections::add);
        return detections;
    }

    private static Set<String> permissions(Incident incident) {
        return incident.getPermissions().stream()
                .map(AlertPermission::getValue)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<String> added(String one, String many, Set<String> before, Set<String> after) {
        List<String> added =
                after.stream().filter(name -> !before.contains(name)).sorted().toList();
        return added.isEmpty()
                ? Optional.empty()
                : Optional.of(Wording.count(added.size(), one, many) + " added: " + Wording.list(added));
    }
}

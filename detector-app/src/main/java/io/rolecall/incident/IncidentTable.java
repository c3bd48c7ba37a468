package io.rolecall.incident;

import io.rolecall.alert.AlertRenderer;
import io.rolecall.alert.TextColumns;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.Containment;
import io.rolecall.schema.Incident;
import io.rolecall.schema.IncidentAlert;
import io.rolecall.schema.TimelineEntry;
import io.rolecall.schema.state.AlertExtract;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What people read: one block an incident, the worst first, then what is informational alone, one line an application. It holds the
 * extracts of all alerts until the end, since alerts come by time and not by incident.
 */
final class IncidentTable implements AlertRenderer {

    private static final int LABELS = 14;
    private static final int FEW = 5;
    private static final int FEW_ACTS = 12;

    /** Roles in acts of single users: a consent to harmless scopes asks for no address, so that none may still be known. */
    private static final Set<String> OF_USERS = Set.of("consented", "asked-for-consent", "assigned");

    private final TextColumns columns;
    private final boolean wide;
    private final List<AlertExtract> alerts = new ArrayList<>();

    /**
     * For one output.
     *
     * @param width columns of the terminal
     * @param color whether terminal colours may be used
     * @param wide whether everything is told that an incident holds, and not only the first of each
     */
    IncidentTable(int width, boolean color, boolean wide) {
        this.columns = new TextColumns(LABELS, width, color);
        this.wide = wide;
    }

    @Override
    public void alert(Alert alert, Writer out) {
        alerts.add(AlertExtracts.of(alert));
    }

    @Override
    public void end(Writer out) throws IOException {
        List<Incident> incidents = Incidents.of(alerts);
        for (Incident incident : incidents) {
            write(incident, out);
        }
        List<AlertExtract> rest = outside(incidents);
        writeInventory(rest, out);
        columns.plain(total(incidents, rest), out);
    }

    private void write(Incident incident, Writer out) throws IOException {
        Severity severity = Severity.ofLabel(incident.getSeverity());
        columns.heading(
                severity,
                severity.label().toUpperCase(Locale.ROOT) + " " + incident.getRiskScore(),
                incident.getTitle() + status(incident),
                out);
        columns.row("what", incident.getSummary(), out);
        columns.list("why", few(incident.getRiskReasons()), out);
        columns.list(
                "who",
                few(incident.getActors().stream()
                        .map(actor -> actor(actor, incident))
                        .toList()),
                out);
        columns.numbered("check first", incident.getCheckFirst(), out);
        columns.numbered(
                "do this",
                few(incident.getContainment().stream().map(this::step).toList()),
                out);
        writeActs(incident, out);
        if (incident.getExposedUsers().isPresent()) {
            columns.row(
                    "exposed", IncidentExposure.words(incident.getExposedUsers().get()), out);
        }
        columns.row("permissions", permissions(incident), out);
        writeAlerts(incident, out);
        columns.row("time", span(incident), out);
        columns.row("about", about(incident), out);
        columns.row("incident", incident.getIncidentId(), out);
        out.write("\n");
    }

    /** Those that decide; in full also what stands around them. */
    private void writeActs(Incident incident, Writer out) throws IOException {
        List<String> acts = incident.getTimeline().stream()
                .filter(entry -> wide || !entry.getAlertIds().isEmpty())
                .map(IncidentTable::act)
                .toList();
        columns.list("evidence", cut(acts, FEW_ACTS, "more acts"), out);
    }

    private void writeAlerts(Incident incident, Writer out) throws IOException {
        if (wide) {
            columns.list(
                    "alerts",
                    incident.getAlerts().stream().map(IncidentTable::inFull).toList(),
                    out);
            return;
        }
        columns.row("alerts", counted(incident.getAlertCounts()), out);
    }

    private static String counted(Map<String, Integer> detections) {
        return detections.entrySet().stream()
                .map(one -> one.getValue() == 1 ? one.getKey() : one.getKey() + " x " + one.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String inFull(IncidentAlert alert) {
        return alert.getDetection() + ": " + alert.getSeverity() + " " + alert.getRiskScore() + ", " + alert.getStatus()
                + ", " + alert.getAlertId();
    }

    private void writeInventory(List<AlertExtract> informational, Writer out) throws IOException {
        if (informational.isEmpty()) {
            return;
        }
        Map<String, List<AlertExtract>> groups = new TreeMap<>();
        informational.forEach(alert ->
                groups.computeIfAbsent(name(alert), none -> new ArrayList<>()).add(alert));
        columns.heading(Severity.INFORMATIONAL, "INVENTORY", "Informational alone, no incident:", out);
        for (Map.Entry<String, List<AlertExtract>> group : groups.entrySet()) {
            Map<String, Integer> counts = new TreeMap<>();
            group.getValue().forEach(alert -> counts.merge(alert.getDetection(), 1, Integer::sum));
            columns.row("", group.getKey() + ": " + counted(counts), out);
        }
        out.write("\n");
    }

    /** Informational alerts that belong to no incident. */
    private List<AlertExtract> outside(List<Incident> incidents) {
        Set<String> groups = new HashSet<>();
        incidents.forEach(incident -> groups.add(incident.getGroupKey()));
        return alerts.stream()
                .filter(alert -> GroupOfAlerts.stands(alert) && !groups.contains(alert.getGroupKey()))
                .sorted(Comparator.comparing(AlertExtract::getFirstEventTime).thenComparing(AlertExtract::getAlertId))
                .toList();
    }

    private String total(List<Incident> incidents, List<AlertExtract> rest) {
        if (incidents.isEmpty() && rest.isEmpty()) {
            return "No incidents.";
        }
        Map<Severity, Integer> counts = new TreeMap<>(Comparator.reverseOrder());
        incidents.forEach(incident -> counts.merge(Severity.ofLabel(incident.getSeverity()), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((severity, count) -> parts.add(count + " " + severity.label()));
        long standing = alerts.stream().filter(GroupOfAlerts::stands).count();
        return Wording.count(incidents.size(), "incident", "incidents")
                + (parts.isEmpty() ? "" : ": " + String.join(", ", parts)) + "; of "
                + Wording.count(standing - rest.size(), "alert", "alerts")
                + (rest.isEmpty()
                        ? ""
                        : ", beside "
                                + Wording.count(rest.size(), "informational one", "informational ones")
                                + " of no incident");
    }

    private static String status(Incident incident) {
        return incident.getStatus().equals(Incidents.OPEN)
                ? ""
                : " [" + incident.getClosedBecause().orElse(incident.getStatus()) + "]";
    }

    private static String name(AlertExtract alert) {
        String id = alert.getSubject().getId();
        return alert.getApplication()
                .flatMap(AlertApplication::getDisplayName)
                .map(name -> name + " (" + id + ")")
                .orElse(alert.getSubject().getKind() + " " + id);
    }

    private static String about(Incident incident) {
        String id = incident.getSubject().getId();
        return incident.getApplication()
                        .flatMap(AlertApplication::getDisplayName)
                        .map(name -> name + " ")
                        .orElse("")
                + "(" + incident.getSubject().getKind() + " " + id + ") in tenant " + incident.getTenantId();
    }

    private static String actor(AlertActor actor, Incident incident) {
        String who = IncidentSummary.isTheApplication(actor, incident.getApplication())
                ? "the application itself"
                : actor.getName().or(actor::getId).orElse("unnamed " + actor.getType());
        String network = actor.getNetwork().map(label -> " " + label).orElse("");
        return who + ", " + actor.getRole()
                + actor.getIp()
                        .map(ip -> " from " + ip + " (" + actor.getIpClass() + network + basis(actor) + ")")
                        .orElse(OF_USERS.contains(actor.getRole()) ? "" : " from an unknown address")
                + actor.getTool().map(tool -> ", with " + tool).orElse("");
    }

    /** Where an address comes from that the event does not state. */
    private static String basis(AlertActor actor) {
        return switch (actor.getBasis()) {
            case "sign-in" -> ", seen in a sign-in";
            case "audit-event" -> ", seen in another audit event";
            default -> "";
        };
    }

    private String step(Containment step) {
        String target = step.getTargetId().map(id -> " (" + id + ")").orElse("");
        return step.getAction()
                + target
                + (wide ? step.getLink().map(link -> " " + link).orElse("") : "");
    }

    private static String act(TimelineEntry entry) {
        String text = entry.getText();
        String from = entry.getIp()
                .filter(ip -> !text.contains(ip))
                .map(ip -> " from " + ip
                        + entry.getIpClass().map(kind -> " (" + kind + ")").orElse(""))
                .orElse("");
        return TextColumns.time(entry.getTime()) + " " + text + from;
    }

    private String permissions(Incident incident) {
        return Wording.and(few(incident.getPermissions().stream()
                .map(permission -> permission.getValue() + " (" + permission.getType() + ")")
                .distinct()
                .toList()));
    }

    private static String span(Incident incident) {
        String from = TextColumns.time(incident.getFirstEventTime());
        String to = TextColumns.time(incident.getLastEventTime());
        return (from.equals(to) ? from : from + " to " + to) + " UTC";
    }

    private List<String> few(List<String> all) {
        return cut(all, FEW, "more");
    }

    private List<String> cut(List<String> all, int most, String what) {
        if (wide || all.size() <= most) {
            return all;
        }
        List<String> first = new ArrayList<>(all.subList(0, most));
        first.add(all.size() - most + " " + what + TextColumns.MORE);
        return first;
    }
}

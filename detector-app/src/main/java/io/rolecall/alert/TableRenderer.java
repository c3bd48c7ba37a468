package io.rolecall.alert;

import io.rolecall.event.AvroJson;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.AlertPermission;
import io.rolecall.schema.Evidence;
import io.rolecall.schema.ExposedUsers;
import io.rolecall.schema.Investigation;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One block of text an alert, wrapped to the terminal, with a last line that counts by severity. */
final class TableRenderer implements AlertRenderer {

    private static final int NARROWEST = 40;
    private static final int LABELS = 15;
    private static final int MOST_ACTORS = 5;

    /** Roles in acts of single users: a consent to harmless scopes asks for no address, so that none may still be known. */
    private static final Set<String> OF_USERS = Set.of("consented", "asked-for-consent", "assigned");

    private static final Map<Severity, String> COLORS = Map.of(
            Severity.CRITICAL, "\u001b[1;37;41m",
            Severity.HIGH, "\u001b[1;31m",
            Severity.MEDIUM, "\u001b[1;33m",
            Severity.LOW, "\u001b[1;36m",
            Severity.INFORMATIONAL, "\u001b[1;34m");
    private static final String DIM = "\u001b[2m";
    private static final String RESET = "\u001b[0m";

    private final int width;
    private final boolean color;
    private final Map<Severity, Integer> counts = new TreeMap<>(Comparator.reverseOrder());

    TableRenderer(int width, boolean color) {
        this.width = Math.max(width, NARROWEST);
        this.color = color;
    }

    @Override
    public void alert(Alert alert, Writer out) throws IOException {
        Severity severity = Severity.ofLabel(alert.getSeverity());
        counts.merge(severity, 1, Integer::sum);
        String badge = severity.label().toUpperCase(Locale.ROOT);
        row(badge, COLORS.getOrDefault(severity, ""), alert.getTitle(), out);
        if (alert.getApplication().isPresent()) {
            fact("application", application(alert.getApplication().get()), out);
        } else {
            fact(alert.getSubject().getKind(), alert.getSubject().getId(), out);
        }
        fact("detection", detection(alert), out);
        if (AlertJson.hasTimes(alert)) {
            fact("time", span(alert.getFirstEventTime(), alert.getLastEventTime()), out);
        }
        List<AlertActor> actors = alert.getActors();
        for (AlertActor actor : actors.subList(0, Math.min(actors.size(), MOST_ACTORS))) {
            fact("actor", actor(actor), out);
        }
        if (actors.size() > MOST_ACTORS) {
            fact("", "and " + DisplayNames.count(actors.size() - MOST_ACTORS, "more actor", "more actors"), out);
        }
        for (Map.Entry<String, List<String>> group : permissions(alert).entrySet()) {
            fact("permissions", String.join(", ", group.getValue()) + " (" + group.getKey() + ")", out);
        }
        Optional<ExposedUsers> exposed = alert.getInvestigation().flatMap(Investigation::getExposedUsers);
        if (exposed.isPresent()) {
            fact("exposed", exposed(exposed.get(), alert.getEvidence()), out);
        }
        fact("evidence", DisplayNames.count(alert.getEvidenceCount(), "act", "acts"), out);
        fact("alert", alert.getAlertId(), out);
        out.write("\n");
    }

    @Override
    public void end(Writer out) throws IOException {
        int total = counts.values().stream().mapToInt(Integer::intValue).sum();
        if (total == 0) {
            out.write("No alerts.\n");
            return;
        }
        List<String> parts = new ArrayList<>();
        counts.forEach((severity, count) -> parts.add(count + " " + severity.label()));
        out.write(DisplayNames.count(total, "alert", "alerts") + ": " + String.join(", ", parts) + "\n");
    }

    private static String application(AlertApplication application) {
        String id = DisplayNames.firstOf(
                        application.getAppId(), application.getServicePrincipalId(), application.getObjectId())
                .orElse("App ID unknown");
        String name =
                application.getDisplayName().map(it -> it + " (" + id + ")").orElse(id);
        return name
                + application
                        .getTenancy()
                        .map(tenancy -> ", " + tenancy + " tenancy")
                        .orElse("");
    }

    private static String detection(Alert alert) {
        String status = alert.getStatus()
                + alert.getSuppressedBy().map(id -> " by " + id).orElse("")
                + alert.getWithdrawnBecause().map(why -> ": " + why).orElse("");
        return alert.getDetection() + ", risk " + alert.getRiskScore() + ", confidence " + alert.getConfidence() + ", "
                + status;
    }

    private static String span(Instant first, Instant last) {
        String from = second(first);
        String to = second(last);
        return (from.equals(to) ? from : from + " to " + to) + " UTC";
    }

    private static String second(Instant time) {
        return AvroJson.time(time.truncatedTo(ChronoUnit.SECONDS))
                .replace('T', ' ')
                .replace("Z", "");
    }

    private static String actor(AlertActor actor) {
        String who = DisplayNames.firstOf(actor.getName(), actor.getId()).orElse("unnamed " + actor.getType());
        String network = actor.getNetwork().map(label -> " " + label).orElse("");
        String basis = actor.getBasis().equals("sign-in") || actor.getBasis().equals("audit-event")
                ? ", seen in " + (actor.getBasis().equals("sign-in") ? "a sign-in" : "another audit event")
                : "";
        String address = actor.getIp()
                .map(ip -> " from " + ip + " (" + actor.getIpClass() + network + basis + ")")
                .orElse(OF_USERS.contains(actor.getRole()) ? "" : " from an unknown address");
        return who + ", " + actor.getRole() + address
                + actor.getTool().map(tool -> ", with " + tool).orElse("");
    }

    private static String exposed(ExposedUsers exposed, List<Evidence> evidence) {
        List<String> first = exposed.getFirst();
        String more = first.size() < exposed.getCount() || first.size() > MOST_ACTORS ? ", ..." : "";
        return Exposure.words(exposed, evidence.stream().map(Evidence::getOperation))
                + (first.isEmpty()
                        ? ""
                        : ": " + String.join(", ", first.subList(0, Math.min(first.size(), MOST_ACTORS))) + more);
    }

    /** Values by what they have in common. */
    private static Map<String, List<String>> permissions(Alert alert) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (AlertPermission permission : alert.getPermissions()) {
            String common = permission.getResource() + ", " + permission.getType()
                    + permission.getTier().map(tier -> ", " + tier).orElse("");
            groups.computeIfAbsent(common, key -> new ArrayList<>()).add(permission.getValue());
        }
        return groups;
    }

    private void fact(String label, String text, Writer out) throws IOException {
        row("  " + label, DIM, text, out);
    }

    private void row(String label, String style, String text, Writer out) throws IOException {
        String padded = label + " ".repeat(Math.max(1, LABELS - label.length()));
        String shown = label.strip();
        String start = color && !shown.isEmpty() ? padded.replace(shown, style + shown + RESET) : padded;
        for (String line : TextWrap.wrap(text, width - LABELS)) {
            out.write(start + line + "\n");
            start = " ".repeat(LABELS);
        }
    }
}

package io.rolecall.sandbox;

import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.Incident;
import io.rolecall.schema.IncidentAlert;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An incident as the demo shows it when it is published: the first time what it is about, in its own words; later what has been added
 * since.
 */
final class IncidentLines {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** Columns of the day, which is the first. */
    private static final int DAY_WIDTH = 8;

    /** Columns of severity and score, which are the second. */
    private static final int BADGE_WIDTH = 14;

    private static final String BODY = " ".repeat(DAY_WIDTH);

    private final TerminalStyle style;

    IncidentLines(TerminalStyle style) {
        this.style = style;
    }

    /**
     * Lines for one publication, a blank one first.
     *
     * @param before the publication before; empty for the first
     */
    List<String> of(Incident incident, Optional<Incident> before) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.addAll(headline(incident, before));
        if (before.isEmpty() || before.get().getStatus().equals("closed")) {
            lines.addAll(style.indented(BODY, title(incident), "strong"));
            lines.addAll(style.indented(BODY, incident.getSummary(), ""));
            return lines;
        }
        changes(incident, before.get()).forEach(change -> lines.addAll(style.indented(BODY + "+ ", change, "")));
        return lines;
    }

    /** {@code CRITICAL 100}. */
    static String badge(Incident incident) {
        return incident.getSeverity().toUpperCase(Locale.ROOT) + " " + incident.getRiskScore();
    }

    /** Name of the application, or of the person, that an incident is about; their id when the logs tell no name. */
    static String name(Incident incident) {
        String id = incident.getSubject().getId();
        return incident.getApplication()
                .flatMap(AlertApplication::getDisplayName)
                .or(() -> incident.getActors().stream()
                        .filter(actor -> actor.getId().filter(id::equals).isPresent())
                        .map(AlertActor::getName)
                        .flatMap(Optional::stream)
                        .findFirst())
                .orElse(id);
    }

    /** The title of an incident or an alert without the name, which stands beside it. */
    static String withoutName(String title, String name) {
        return title.replace(": " + name, "");
    }

    private static String title(Incident incident) {
        return withoutName(incident.getTitle(), name(incident));
    }

    private List<String> headline(Incident incident, Optional<Incident> before) {
        String day = String.format(Locale.ROOT, "%6s", DAY.format(incident.getLastEventTime()));
        String badge = badge(incident);
        String start = style.in("dim", day)
                + " ".repeat(DAY_WIDTH - day.length())
                + style.in(incident.getSeverity(), badge)
                + " ".repeat(Math.max(1, BADGE_WIDTH - badge.length()));
        return style.indented(
                start, DAY_WIDTH + BADGE_WIDTH, name(incident) + ": " + event(incident, before), "strong");
    }

    private static String event(Incident incident, Optional<Incident> before) {
        if (incident.getStatus().equals("closed")) {
            return "closed, " + incident.getClosedBecause().orElse("no reason given");
        }
        if (before.isEmpty()) {
            return "a new incident";
        }
        return before.get().getStatus().equals("closed") ? "opened again" : "the incident grows";
    }

    /** The incident's own words for what is new; in the place of ids of detections the titles of the alerts that came. */
    private static List<String> changes(Incident incident, Incident before) {
        List<String> changes = new ArrayList<>();
        List<String> findings = findings(incident, before);
        for (String phrase : incident.getChangeSummary().orElse("").split("; ", -1)) {
            if (!phrase.matches("\\d+ detections? added: .*")) {
                changes.add(phrase);
            } else if (findings.isEmpty()) {
                changes.add(phrase);
            } else {
                changes.addAll(findings);
                findings = List.of();
            }
        }
        changes.addAll(findings);
        changes.removeIf(String::isEmpty);
        return changes;
    }

    private static List<String> findings(Incident incident, Incident before) {
        Set<String> known =
                before.getAlerts().stream().map(IncidentAlert::getAlertId).collect(Collectors.toSet());
        Map<String, Integer> counts = new LinkedHashMap<>();
        incident.getAlerts().stream()
                .filter(alert -> !known.contains(alert.getAlertId()))
                .forEach(alert -> counts.merge(withoutName(alert.getTitle(), name(incident)), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(finding ->
                        finding.getKey() + (finding.getValue() == 1 ? "" : " (" + finding.getValue() + " times)"))
                .toList();
    }
}

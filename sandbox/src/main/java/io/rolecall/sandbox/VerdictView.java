package io.rolecall.sandbox;

import io.rolecall.alert.TextWrap;
import io.rolecall.sandbox.story.ExpectedAlert;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Incident;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the story held, what became of it, and whether that is right. */
final class VerdictView {

    private static final Map<String, String> ATTACKS = Map.of(
            "attack-planted-application", "an application planted with a phished administrator's account",
            "attack-consent-wave", "users lured into consenting to a foreign application",
            "attack-added-credential", "keys added to an application that was already trusted");

    private static final int BADGE_WIDTH = 14;

    private final TerminalStyle style;
    private final List<ExpectedAlert> truth;
    private final IncidentsVerdict incidents;

    VerdictView(TerminalStyle style, List<ExpectedAlert> truth, IncidentsVerdict incidents) {
        this.style = style;
        this.truth = List.copyOf(truth);
        this.incidents = incidents;
    }

    /** The attacks, each with its incidents. */
    List<String> attacks() {
        List<String> lines = heading("The attacks of the story, and the incidents that tell of them");
        for (Map.Entry<String, List<Incident>> scene : incidents.scenes(true)) {
            lines.addAll(style.item("-", ATTACKS.getOrDefault(scene.getKey(), scene.getKey())));
            scene.getValue().stream()
                    .sorted(Comparator.comparing(IncidentsVerdict::isOfApplication)
                            .reversed())
                    .forEach(incident -> lines.addAll(row(
                            incident,
                            IncidentsVerdict.isOfApplication(incident) ? "" : " (about the person who did it)")));
        }
        return lines;
    }

    /** The near misses, counted; those of which an incident was made in a line each. */
    List<String> nearMisses() {
        List<Map.Entry<String, List<Incident>>> scenes = incidents.scenes(false);
        Set<String> alerted = truth.stream().map(ExpectedAlert::scene).collect(Collectors.toSet());
        List<Incident> told = scenes.stream()
                .flatMap(scene -> scene.getValue().stream())
                .sorted(Comparator.comparing(Incident::getRiskScore).reversed())
                .toList();
        long silent = scenes.stream()
                .filter(scene -> !alerted.contains(scene.getKey()))
                .count();
        long informational =
                scenes.stream().filter(scene -> scene.getValue().isEmpty()).count() - silent;
        List<String> lines = heading(scenes.size() + " near misses: harmless acts that look like an attack");
        lines.addAll(style.item(
                "-",
                informational + " made an informational alert alone, " + silent + " nothing: of these "
                        + (informational + silent) + " there is no incident"));
        lines.addAll(style.item(
                "-",
                told.size() + " made an incident, because their permissions are told whoever gives them:"
                        + " somebody has to look once"));
        told.forEach(incident -> lines.addAll(row(incident, "")));
        return lines;
    }

    /** The comparison with the story's script. */
    List<String> verdict(StoryVerdict alerts) {
        List<String> lines = heading("Checked against the script of the story");
        int attacks = incidents.scenes(true).size();
        lines.add("  "
                + result(
                        incidents.isRight(),
                        incidents.attacksFound() + " of " + attacks + " attacks have an incident that stands"));
        incidents.problems().forEach(problem -> lines.addAll(style.item(" ", problem)));
        lines.add("  "
                + result(
                        alerts.isRight(),
                        alerts.found() + " of " + alerts.expected() + " expected alerts"
                                + (alerts.isRight() ? ", and no other" : "")));
        alerts.problems().forEach(problem -> lines.addAll(style.item(" ", problem)));
        return lines;
    }

    /** From what the logs held to what somebody is called for. */
    static String counts(long records, Collection<List<Alert>> alerts, Collection<List<Incident>> incidents) {
        return String.format(
                Locale.ROOT,
                "%,d records made %d revisions of alerts and %d publications of %d incidents",
                records,
                alerts.stream().mapToInt(List::size).sum(),
                incidents.stream().mapToInt(List::size).sum(),
                incidents.size());
    }

    private String result(boolean right, String text) {
        return style.in(right ? "good" : "critical", text);
    }

    private List<String> heading(String text) {
        List<String> lines = new ArrayList<>(List.of(""));
        TextWrap.wrap(text, style.width()).forEach(line -> lines.add(style.in("strong", line)));
        return lines;
    }

    private List<String> row(Incident incident, String addition) {
        String badge = IncidentLines.badge(incident);
        String start = "    " + style.in(incident.getSeverity(), badge)
                + " ".repeat(Math.max(1, BADGE_WIDTH - badge.length()));
        String name = IncidentLines.name(incident);
        String title = IncidentLines.withoutName(incident.getTitle(), name);
        return style.indented(
                start,
                "    ".length() + BADGE_WIDTH,
                (title.startsWith(name) ? title : name + ": " + title) + addition,
                "");
    }
}

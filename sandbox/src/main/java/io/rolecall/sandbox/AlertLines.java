package io.rolecall.sandbox;

import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An alert as the demo shows it. A new one says what happened, how bad it is, by whom and from where; another revision says in a line
 * or two what is different now.
 */
final class AlertLines {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** A change longer than this is cut after the phrase that exceeds it; the most important phrase is the first. */
    private static final int LONG_CHANGE = 70;

    private final TerminalStyle style;

    AlertLines(TerminalStyle style) {
        this.style = style;
    }

    /**
     * Lines for one revision.
     *
     * @param before the revision before; empty for the first
     * @return empty when there is nothing new to somebody who has seen the one before
     */
    List<String> of(Alert alert, Optional<Alert> before) {
        if (alert.getStatus().equals("withdrawn")) {
            return before.filter(it -> !it.getStatus().equals("withdrawn"))
                    .map(it -> withdrawn(alert, it))
                    .orElse(List.of());
        }
        return before.map(it -> revised(alert, it)).orElseGet(() -> raised(alert));
    }

    /** A time of the story, to the minute. */
    static String time(Instant time) {
        return String.format(Locale.ROOT, "%12s", TIME.format(time));
    }

    private List<String> raised(Alert alert) {
        List<String> lines = headline(alert);
        alert.getActors().stream()
                .findFirst()
                .ifPresent(actor -> lines.addAll(
                        style.row("", state(alert, "raised"), "dim", actor(actor, alert) + others(alert), "")));
        return lines;
    }

    private List<String> headline(Alert alert) {
        String severity = alert.getSeverity();
        return new ArrayList<>(style.row(
                time(alert.getLastEventTime()),
                severity.toUpperCase(Locale.ROOT),
                severity,
                alert.getTitle(),
                "strong"));
    }

    private List<String> revised(Alert alert, Alert before) {
        boolean back = before.getStatus().equals("withdrawn");
        String changes = changes(alert.getChangeSummary().orElse(""));
        if (back || !alert.getSeverity().equals(before.getSeverity())) {
            List<String> lines = headline(alert);
            lines.addAll(style.row("", state(alert, back ? "raised again" : "revised"), "dim", changes, ""));
            return lines;
        }
        return style.row(time(alert.getLastEventTime()), state(alert, "revised"), "dim", about(alert) + changes, "dim");
    }

    private List<String> withdrawn(Alert alert, Alert before) {
        return style.row(
                time(before.getLastEventTime()),
                "withdrawn",
                "good",
                about(before) + alert.getWithdrawnBecause().orElse("no reason given"),
                "");
    }

    private static String state(Alert alert, String open) {
        return alert.getStatus().equals("open") ? open : alert.getStatus();
    }

    private static String about(Alert alert) {
        return applicationName(alert)
                        .or(() -> personName(alert))
                        .orElse(alert.getSubject().getId())
                + ", " + alert.getDetection() + ": ";
    }

    private static Optional<String> applicationName(Alert alert) {
        return alert.getApplication().flatMap(AlertApplication::getDisplayName);
    }

    /** The name of the person whom an alert is about, who acts in it. */
    private static Optional<String> personName(Alert alert) {
        return alert.getActors().stream()
                .filter(actor ->
                        actor.getId().filter(alert.getSubject().getId()::equals).isPresent())
                .flatMap(actor -> actor.getName().stream())
                .findFirst();
    }

    private static String changes(String summary) {
        StringBuilder shown = new StringBuilder();
        String[] phrases = summary.split("; ", -1);
        for (int i = 0; i < phrases.length; i++) {
            if (shown.length() > LONG_CHANGE) {
                return shown + "; and " + (phrases.length - i) + " more";
            }
            shown.append(i > 0 ? "; " : "").append(phrases[i]);
        }
        return shown.toString();
    }

    private static String actor(AlertActor actor, Alert alert) {
        String who = actor.getName()
                .or(() -> isItself(actor, alert) ? applicationName(alert) : Optional.empty())
                .or(actor::getId)
                .orElse("unnamed " + actor.getType());
        String network = actor.getNetwork().map(label -> " " + label).orElse("");
        String from = actor.getIp()
                .map(ip -> " from " + ip + " (" + addressClass(actor) + network + ")")
                .orElse("");
        return who + " " + actor.getRole().replace('-', ' ') + from
                + actor.getTool().map(tool -> " with " + tool.replace('-', ' ')).orElse("");
    }

    /** Whether the application that an alert is about acts itself: use of mail names it by its App ID alone. */
    private static boolean isItself(AlertActor actor, Alert alert) {
        return actor.getType().equals("application")
                && actor.getId()
                        .map(id -> alert.getApplication()
                                .filter(application -> ids(application).contains(id))
                                .isPresent())
                        .orElse(true);
    }

    /** The ids by which the logs name an application. */
    private static List<String> ids(AlertApplication application) {
        return Stream.of(application.getAppId(), application.getServicePrincipalId())
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whose the actor's address is, in words: that of an event that a server of Microsoft's wrote may be the server's. */
    private static String addressClass(AlertActor actor) {
        return actor.getIpClass().equals("microsoft-service")
                ? "written by a server of Microsoft's"
                : actor.getIpClass();
    }

    private static String others(Alert alert) {
        int more = alert.getActors().size() - 1;
        return more > 0 ? ", and " + more + " more" : "";
    }
}

package io.rolecall.sandbox;

import io.rolecall.event.OperationGroups;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.Evidence;
import io.rolecall.schema.Investigation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happened to the application with the worst alert, told from the evidence and the investigation of all of its alerts. */
final class TimelineView {

    private static final Map<String, String> ACTS = Map.ofEntries(
            Map.entry("add-application", "registered"),
            Map.entry("add-service-principal", "installed"),
            Map.entry("add-app-role-assignment-to-service-principal", "granted"),
            Map.entry("add-delegated-permission-grant", "granted"),
            Map.entry("add-app-role-assignment-grant-to-user", "assigned"),
            Map.entry("consent-to-application", "consented"),
            Map.entry("add-owner-to-application", "owner"),
            Map.entry("add-service-principal-credentials", "credential"),
            Map.entry("update-application-certificates-and-secrets-management", "credential"),
            Map.entry("add-member-to-role", "role"),
            Map.entry("sign-in", "signed in"));

    /** The rest by the first word of the operation. */
    private static final Map<String, String> VERBS = Map.of(
            "add", "added", "new", "added", "update", "changed", "set", "changed", "remove", "removed", "delete",
            "deleted", "hard", "deleted");

    private final TerminalStyle style;
    private final List<List<Alert>> histories;

    /** A moment of the timeline; alerts come after the acts of their instant. */
    private record Moment(Instant time, int rank, String label, String labelStyle, String text, String textStyle) {}

    private TimelineView(TerminalStyle style, List<List<Alert>> histories) {
        this.style = style;
        this.histories = histories;
    }

    /**
     * The timeline of the worst alert's application.
     *
     * @param alerts all revisions of every alert
     * @return empty when no alert is about an application
     */
    static Optional<TimelineView> ofTheWorst(Collection<List<Alert>> alerts, TerminalStyle style) {
        return alerts.stream()
                .map(TimelineView::last)
                .filter(alert -> alert.getApplication().isPresent())
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .max(Comparator.comparing(alert -> Severity.ofLabel(alert.getSeverity())))
                .map(worst -> new TimelineView(
                        style,
                        alerts.stream()
                                .filter(revisions ->
                                        last(revisions).getGroupKey().equals(worst.getGroupKey()))
                                .sorted(Comparator.comparing((List<Alert> revisions) ->
                                                Severity.ofLabel(last(revisions).getSeverity()))
                                        .reversed())
                                .toList()));
    }

    /** The alert that is worst. */
    Alert worst() {
        return last(histories.get(0));
    }

    List<String> lines() {
        Alert worst = worst();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(style.in("strong", "What happened: ")
                + worst.getApplication().map(TimelineView::name).orElse(""));
        List<Moment> moments = new ArrayList<>();
        acts(moments);
        raised(moments);
        use(worst, moments);
        // One of the two logs knows whole seconds only, so an alert may seem to precede the act that caused it.
        moments.sort(Comparator.comparing((Moment moment) -> moment.time().truncatedTo(ChronoUnit.SECONDS))
                .thenComparingInt(Moment::rank)
                .thenComparing(Moment::time));
        moments.forEach(moment -> lines.addAll(style.row(
                AlertLines.time(moment.time()),
                moment.label(),
                moment.labelStyle(),
                moment.text(),
                moment.textStyle())));
        worst.getInvestigation()
                .map(Investigation::getAfterwards)
                .orElse(List.of())
                .forEach(text -> lines.addAll(style.row("", "afterwards", "dim", text, "")));
        return lines;
    }

    private void acts(List<Moment> moments) {
        Map<String, AlertActor> byAddress = new HashMap<>();
        Set<String> seen = new HashSet<>();
        histories.forEach(revisions ->
                last(revisions).getActors().forEach(actor -> actor.getIp().ifPresent(ip -> byAddress.put(ip, actor))));
        List<Evidence> acts = histories.stream()
                .flatMap(revisions -> last(revisions).getEvidence().stream())
                .sorted(Comparator.comparing(Evidence::getEventTime).thenComparing(Evidence::getEventId))
                // Of the use of mail the first of a kind; how much there was stands in a line of its own.
                .filter(evidence -> seen.add(use(evidence).orElseGet(evidence::getEventId)))
                .toList();
        for (Evidence evidence : acts) {
            String from = evidence.getIp()
                    .map(ip -> " from " + ip + addressClass(byAddress.get(ip)))
                    .orElse("");
            moments.add(new Moment(evidence.getEventTime(), 0, act(evidence), "strong", told(evidence) + from, ""));
        }
    }

    /** The sentence of an act, with the name of the application where the log has its id alone. */
    private String told(Evidence evidence) {
        Optional<AlertApplication> application = worst().getApplication();
        String told = evidence.getSummary();
        for (String id : application.map(AlertLines::ids).orElse(List.of())) {
            if (told.startsWith(id)) {
                return application.flatMap(AlertApplication::getDisplayName).orElse(id) + told.substring(id.length());
            }
        }
        return told;
    }

    /** An alert when it was raised, and when it became worse or less bad. */
    private void raised(List<Moment> moments) {
        for (List<Alert> revisions : histories) {
            String severity = "";
            for (Alert revision : revisions) {
                if (!revision.getSeverity().equals(severity)
                        && !revision.getStatus().equals("withdrawn")) {
                    moments.add(alert(revision, severity.isEmpty() ? "alert " : "now for alert "));
                    severity = revision.getSeverity();
                }
            }
        }
    }

    private static Moment alert(Alert alert, String how) {
        return new Moment(
                alert.getLastEventTime(),
                1,
                alert.getSeverity().toUpperCase(Locale.ROOT),
                alert.getSeverity(),
                how + alert.getDetection() + ", risk " + alert.getRiskScore(),
                "dim");
    }

    private static void use(Alert worst, List<Moment> moments) {
        worst.getInvestigation().ifPresent(investigation -> investigation
                .getSignIns()
                .ifPresent(signIns -> signIns.getFirst().ifPresent(first -> {
                    moments.add(new Moment(
                            first,
                            2,
                            "signed in",
                            "strong",
                            "the application itself, " + signIns.getSuccesses() + " times and " + signIns.getFailures()
                                    + " failed, from " + String.join(", ", signIns.getPlaces()),
                            ""));
                    investigation
                            .getUse()
                            .ifPresent(used -> moments.add(new Moment(
                                    first,
                                    3,
                                    "used",
                                    "strong",
                                    used.getMailRead() + " mails read and " + used.getMailSent() + " sent in "
                                            + used.getMailboxes().size() + " mailboxes",
                                    "")));
                })));
    }

    private static String act(Evidence evidence) {
        String operation = evidence.getOperation();
        String verb = operation.split("-", 2)[0];
        return use(evidence).orElseGet(() -> ACTS.getOrDefault(operation, VERBS.getOrDefault(verb, "did")));
    }

    /** What was done with mail, in a word; empty for any other act. */
    private static Optional<String> use(Evidence evidence) {
        if (OperationGroups.MAIL_READ.contains(evidence.getOperation())) {
            return Optional.of("read mail");
        }
        return OperationGroups.MAIL_SENT.contains(evidence.getOperation())
                ? Optional.of("sent mail")
                : Optional.empty();
    }

    private static String addressClass(@Nullable AlertActor actor) {
        return actor == null ? "" : " (" + AlertLines.addressClass(actor) + ")";
    }

    private static String name(AlertApplication application) {
        return application.getDisplayName().orElse("an application without a name")
                + application.getAppId().map(id -> ", App ID " + id).orElse("")
                + application
                        .getTenancy()
                        .map(tenancy -> ", " + tenancy + " tenancy")
                        .orElse("");
    }

    private static Alert last(List<Alert> revisions) {
        return revisions.get(revisions.size() - 1);
    }
}

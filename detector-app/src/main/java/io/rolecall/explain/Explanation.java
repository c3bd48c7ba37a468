package io.rolecall.explain;

import io.rolecall.detection.Blindness;
import io.rolecall.detection.Condition;
import io.rolecall.detection.Detection;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Actors;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.incident.AlertExtracts;
import io.rolecall.incident.Incidents;
import io.rolecall.policy.Policy;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.topology.ExplainedSubject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints why each detection did or did not fire for an application, a person or a tenant. */
public final class Explanation {

    private static final int MOST_IDS = 10;

    private final PrintWriter out;
    private final Blindness blindness;
    private final Policy policy;

    /**
     * Prints to a writer.
     *
     * @param out where to; not closed
     * @param blindness of what was read
     * @param policy by which they are evaluated
     */
    public Explanation(PrintWriter out, Blindness blindness, Policy policy) {
        this.out = out;
        this.blindness = blindness;
        this.policy = policy;
    }

    /**
     * Prints what was found for a question: one application or person, in every tenant where it is known, or a tenant; or, where several
     * applications are meant, a list of them to choose from.
     *
     * @param found subjects of one kind, at least one
     * @param alerts alerts that may be about a subject; others are left out
     */
    public void print(List<ExplainedSubject> found, Function<ExplainedSubject, List<Alert>> alerts) {
        long meant = found.stream()
                .map(application -> application.subject().id())
                .distinct()
                .count();
        if (meant == 1) {
            found.forEach(application -> print(application, alerts.apply(application)));
            return;
        }
        out.println(meant + " applications are meant; ask again with the first id of one of them:");
        found.forEach(application -> out.println("  " + application.subject().id() + "  " + identity(application)
                + ", tenant " + Printable.line(application.subject().tenantId())));
    }

    /** Prints one subject. */
    private void print(ExplainedSubject explained, List<Alert> alerts) {
        Timeline timeline = new Timeline(explained);
        int acts = timeline.acts().size();
        out.println(heading(explained.subject()) + ", "
                + Facts.count(acts, "act") + " known"
                + (explained.history().actsCut() ? ", and more of one kind than can be looked at" : ""));
        String identity = identity(explained);
        if (!identity.isEmpty()) {
            out.println("  " + identity);
        }
        Incidents.of(alerts.stream()
                        .filter(alert -> Subject.of(alert).equals(explained.subject()))
                        .map(AlertExtracts::of)
                        .toList())
                .forEach(incident -> out.println("  incident " + incident.getIncidentId() + " " + incident.getSeverity()
                        + ", " + incident.getStatus() + ": " + Printable.line(incident.getTitle())));
        timeline.print(out);
        new KnownAddresses(explained, timeline).print(out);
        Map<Detection, Evaluation> evaluations = explained.evaluate();
        evaluations.forEach((detection, evaluation) -> {
            List<Alert> raised = alerts.stream()
                    .filter(alert -> alert.getDetection().equals(detection.id())
                            && Subject.of(alert).equals(explained.subject()))
                    .toList();
            print(detection, evaluation, raised);
        });
        if (evaluations.isEmpty()) {
            out.println();
            out.println("No detection evaluates "
                    + (explained.subject().kind() == SubjectKind.ACTOR ? "people" : "tenants") + " yet.");
        }
    }

    private static String heading(Subject subject) {
        return switch (subject.kind()) {
            case APPLICATION -> "Application " + subject.id() + " in tenant " + subject.tenantId();
            case ACTOR -> "Actor " + Printable.line(subject.id()) + " in tenant " + subject.tenantId();
            case TENANT -> "Tenant " + Printable.line(subject.id());
        };
    }

    private static String identity(ExplainedSubject explained) {
        return switch (explained.subject().kind()) {
            case APPLICATION -> ofApplication(explained);
            case ACTOR -> ofPerson(explained);
            case TENANT -> "";
        };
    }

    /** The names under which the acts that are known were done. */
    private static String ofPerson(ExplainedSubject explained) {
        return Printable.line(explained.history().acts().stream()
                .flatMap(act -> Actors.names(act.getActor()).stream())
                .filter(name -> !name.equals(explained.subject().id()))
                .distinct()
                .sorted(Actors.bestName())
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), names -> names.isEmpty() ? "no other name known" : names)));
    }

    /** Name, ids and what the profile knows of its beginning, in one line. */
    private static String ofApplication(ExplainedSubject application) {
        SubjectProfile profile = application.history().profile();
        List<String> parts = new ArrayList<>();
        parts.add(profile.getDisplayName().map(name -> "'" + name + "'").orElse("no name known"));
        profile.getAppObjectId().ifPresent(id -> parts.add("object id " + id));
        profile.getServicePrincipalId().ifPresent(id -> parts.add("service principal " + id));
        profile.getRegistration().ifPresent(registration -> {
            parts.add("registered " + Facts.time(registration.getAt()));
            registration
                    .getTenancy()
                    .or(registration::getInventoryTenancy)
                    .ifPresent(tenancy -> parts.add(tenancy + " tenancy"));
        });
        return Printable.line(String.join(", ", parts));
    }

    private void print(Detection detection, Evaluation evaluation, List<Alert> raised) {
        out.println();
        out.println(detection.id() + ": " + verdict(detection, evaluation, raised));
        String lacks = blindness.lacks(detection);
        if (!lacks.isEmpty()) {
            out.println("  blind: no " + lacks + " in all that was read");
        }
        String unstated = Blindness.lacksOfPolicy(detection, policy);
        if (!unstated.isEmpty()) {
            out.println("  blind in part: no " + unstated + " in the policy");
        }
        for (Condition condition : evaluation.conditions()) {
            out.println("  " + pad(condition.state().label()) + condition.name() + ": "
                    + Printable.line(condition.because()) + ids(condition.facts()));
        }
        for (Alert alert : raised) {
            out.println("  alert " + alert.getAlertId() + " " + alert.getSeverity() + ", " + alert.getStatus() + ": "
                    + Printable.line(alert.getTitle())
                    + alert.getWithdrawnBecause()
                            .map(why -> "; withdrawn: " + why)
                            .orElse("")
                    + alert.getSuppressedBy().map(by -> "; suppressed by " + by).orElse(""));
        }
    }

    private String verdict(Detection detection, Evaluation evaluation, List<Alert> raised) {
        if (!policy.settings(detection.id()).enabled()) {
            return "disabled by the policy";
        }
        boolean stands = raised.stream().anyMatch(alert -> !alert.getStatus().equals("withdrawn"));
        return stands || !evaluation.findings().isEmpty() ? "fired" : "did not fire";
    }

    private static String pad(String state) {
        return (state + "             ").substring(0, 13);
    }

    private static String ids(List<AppEvent> facts) {
        if (facts.isEmpty()) {
            return "";
        }
        String more = facts.size() > MOST_IDS ? ", and " + (facts.size() - MOST_IDS) + " more" : "";
        return facts.stream()
                .limit(MOST_IDS)
                .map(fact -> fact.getEventId() + " at " + fact.getPosition())
                .map(Printable::line)
                .collect(Collectors.joining(", ", " [", more + "]"));
    }
}

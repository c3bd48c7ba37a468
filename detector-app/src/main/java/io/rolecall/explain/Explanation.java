package io.rolecall.explain;

import io.rolecall.detection.Blindness;
import io.rolecall.detection.Condition;
import io.rolecall.detection.DetectionCard;
import io.rolecall.detection.Evaluation;
import io.rolecall.policy.Policy;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.topology.ExplainedSubject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints why each detection did or did not fire for an application. */
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
     * @param policy by which the applications are judged
     */
    public Explanation(PrintWriter out, Blindness blindness, Policy policy) {
        this.out = out;
        this.blindness = blindness;
        this.policy = policy;
    }

    /**
     * Prints what was found for a question: one application, in every tenant where it is known; or, where several are meant, a list
     * of them to choose from.
     *
     * @param found applications, at least one
     * @param alerts alerts that may be about an application; others are left out
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

    /** Prints one application in one tenant. */
    private void print(ExplainedSubject application, List<Alert> alerts) {
        String tenant = application.subject().tenantId();
        Timeline timeline = new Timeline(application);
        int acts = timeline.acts().size();
        out.println("Application " + application.subject().id() + " in tenant " + tenant + ", " + acts
                + (acts == 1 ? " act known" : " acts known")
                + (application.history().actsCut() ? ", and more of one kind than can be looked at" : ""));
        out.println("  " + identity(application));
        timeline.print(out);
        new KnownAddresses(application, timeline).print(out);
        application.evaluate().forEach((detection, evaluation) -> {
            List<Alert> raised = alerts.stream()
                    .filter(alert ->
                            alert.getDetection().equals(detection.card().id())
                                    && alert.getTenantId().equals(tenant)
                                    && isAbout(alert, application.subject().id()))
                    .toList();
            print(detection.card(), evaluation, raised);
        });
    }

    /** Name, ids and what the profile knows of its beginning, in one line. */
    private static String identity(ExplainedSubject application) {
        SubjectProfile profile = application.history().profile();
        List<String> parts = new ArrayList<>();
        parts.add(profile.getDisplayName().map(name -> "'" + name + "'").orElse("no name known"));
        profile.getAppObjectId().ifPresent(id -> parts.add("object id " + id));
        profile.getServicePrincipalId().ifPresent(id -> parts.add("service principal " + id));
        profile.getRegistration().ifPresent(registration -> {
            parts.add("registered " + Timeline.time(registration.getAt()));
            registration
                    .getTenancy()
                    .or(registration::getInventoryTenancy)
                    .ifPresent(tenancy -> parts.add(tenancy + " tenancy"));
        });
        return Printable.line(String.join(", ", parts));
    }

    private static boolean isAbout(Alert alert, String appId) {
        return alert.getSubject().getId().equals(appId)
                || alert.getApplication()
                        .flatMap(application -> application.getAppId())
                        .filter(appId::equals)
                        .isPresent();
    }

    private void print(DetectionCard card, Evaluation evaluation, List<Alert> raised) {
        out.println();
        out.println(card.id() + ": " + verdict(card, evaluation, raised));
        String lacks = blindness.lacks(card);
        if (!lacks.isEmpty()) {
            out.println("  blind: no " + lacks + " in all that was read");
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

    private String verdict(DetectionCard card, Evaluation evaluation, List<Alert> raised) {
        if (!policy.settings(card.id()).enabled()) {
            return "disabled by the policy";
        }
        boolean stands = raised.stream().anyMatch(alert -> !alert.getStatus().equals("withdrawn"));
        return stands || !evaluation.findings().isEmpty() ? "fired" : "did not fire";
    }

    private static String pad(String state) {
        return (state + "        ").substring(0, 9);
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

package io.rolecall.explain;

import io.rolecall.detection.Blindness;
import io.rolecall.detection.Condition;
import io.rolecall.detection.DetectionCard;
import io.rolecall.detection.Evaluation;
import io.rolecall.policy.Policy;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.topology.ExplainedApplication;
import java.io.PrintWriter;
import java.util.List;
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
     * Prints one application in one tenant.
     *
     * @param application its history, ready to be judged
     * @param alerts alerts that may be about it; others are left out
     */
    public void print(ExplainedApplication application, List<Alert> alerts) {
        String tenant = application.subject().tenantId();
        out.println("Application " + application.subject().id() + " in tenant " + tenant + ", "
                + application.history().acts().size() + " acts known"
                + (application.history().actsCut() ? ", and more of one kind than can be looked at" : ""));
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

package io.rolecall.cli;

import io.rolecall.detection.Blindness;
import io.rolecall.detection.Condition;
import io.rolecall.detection.DetectionCard;
import io.rolecall.detection.Evaluation;
import io.rolecall.policy.Policy;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Prints what one detection says of an application. */
final class Explanation {

    private static final int MOST_IDS = 10;

    private final PrintWriter out;
    private final Blindness blindness;
    private final Policy policy;

    Explanation(PrintWriter out, Blindness blindness, Policy policy) {
        this.out = out;
        this.blindness = blindness;
        this.policy = policy;
    }

    void print(DetectionCard card, Evaluation evaluation, List<Alert> raised) {
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

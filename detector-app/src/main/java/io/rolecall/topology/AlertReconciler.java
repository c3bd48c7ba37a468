package io.rolecall.topology;

import io.rolecall.alert.AlertAssembler;
import io.rolecall.detection.Condition;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Interval;
import io.rolecall.detection.read.Facts;
import io.rolecall.schema.Alert;
import io.rolecall.schema.state.AlertState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what a detection finds on a subject with the alerts that it has raised there, and updates these. */
final class AlertReconciler {

    private final Evaluator.Rules rules;
    private final AlertBook book;

    AlertReconciler(Evaluator.Rules rules, AlertBook book) {
        this.rules = rules;
        this.book = book;
    }

    /**
     * Raises, updates and withdraws.
     *
     * @param raised alerts of this detection on the subject
     * @param outcome takes the revisions, and what is to be evaluated yet
     */
    void apply(
            Detection detection,
            DetectionInput input,
            Evaluation evaluation,
            Map<String, AlertState> raised,
            Evaluator.Moment moment,
            Evaluator.Outcome outcome) {
        Map<String, AlertState> gone = new HashMap<>(raised);
        List<Routed.Raised> revisions = outcome.revisions();
        for (Finding finding : evaluation.findings()) {
            Alert alert = AlertAssembler.assemble(rules.catalogue().page(detection), finding, input, rules.origin());
            Optional<AlertState> known = Optional.ofNullable(gone.remove(alert.getAlertId()));
            if (known.filter(state -> keepsItsAnchor(state, finding, evaluation))
                            .isPresent()
                    || (known.filter(Coverage::stands).isEmpty()
                            && alert.getLastEventTime().isBefore(moment.raisesFrom()))) {
                continue;
            }
            book.update(
                            input.history().subject(),
                            known,
                            alert,
                            finding.anchorTime(),
                            moment.horizon(),
                            moment.nowMillis())
                    .ifPresent(revisions::add);
        }
        for (AlertState state : gone.values()) {
            boolean evaluated = evaluation.covered().contains(state.getAnchorTime())
                    && !state.getAnchorTime().isBefore(moment.horizon());
            if (evaluated) {
                if (Coverage.mayHoldElsewhere(state, evaluation)) {
                    outcome.unread().add(Interval.ALL);
                }
                withdraw(detection, input, state, because(evaluation), moment).ifPresent(revisions::add);
            }
        }
    }

    /** An evaluation that did not look as far back as the anchor cannot move it later. */
    private static boolean keepsItsAnchor(AlertState state, Finding finding, Evaluation evaluation) {
        return !evaluation.covered().contains(state.getAnchorTime())
                && state.getAnchorTime().isBefore(finding.anchorTime())
                && !state.getLatest().getStatus().equals("withdrawn");
    }

    /** The last revision of an alert that the facts refute; empty when it says nothing new. */
    Optional<Routed.Raised> withdraw(
            Detection detection, DetectionInput input, AlertState state, String because, Evaluator.Moment moment) {
        Alert withdrawn =
                AlertAssembler.withdrawn(state.getLatest(), rules.catalogue().page(detection), input, because);
        return book.update(
                input.history().subject(),
                Optional.of(state),
                withdrawn,
                state.getAnchorTime(),
                Instant.MIN,
                moment.nowMillis());
    }

    private static String because(Evaluation evaluation) {
        return evaluation.conditions().stream()
                .filter(condition -> condition.state() != Condition.State.MET)
                .map(condition ->
                        Facts.capital(condition.state().label()) + ": " + condition.name() + ": " + condition.because())
                .findFirst()
                .orElse("The facts no longer meet its conditions.");
    }
}

package io.rolecall.topology;

import io.rolecall.alert.AlertAssembler;
import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Condition;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Interval;
import io.rolecall.event.Subject;
import io.rolecall.policy.Policy;
import io.rolecall.policy.Settings;
import io.rolecall.schema.Alert;
import io.rolecall.schema.state.AlertState;
import io.rolecall.state.StoredHistory;
import io.rolecall.state.SubjectStores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;

/** Runs the detections on a subject's history and compares what they find with the alerts already raised. */
final class Evaluator {

    /**
     * By what is judged.
     *
     * @param networks the address table, which may change while events are judged
     * @param origin written on every alert
     */
    record Rules(
            DetectorConfig config, Policy policy, NetworkTable networks, String origin, List<Detection> detections) {

        private Optional<Detection> detection(String id) {
            return detections.stream()
                    .filter(detection -> detection.card().id().equals(id))
                    .findFirst();
        }
    }

    /** With more acts than this a subject is evaluated once a second. */
    private static final int MANY_ACTS = 128;

    /** From so many alerts on it is, too. */
    private static final int MANY_ALERTS = 16;

    private final Rules rules;
    private final SubjectStores stores;
    private final AlertBook book;

    Evaluator(Rules rules, SubjectStores stores, AlertBook book) {
        this.rules = rules;
        this.stores = stores;
        this.book = book;
    }

    /**
     * What an evaluation came to.
     *
     * @param revisions revisions to emit now
     * @param failures detections that failed; the others were evaluated all the same
     */
    record Outcome(List<Routed.Raised> revisions, List<RuntimeException> failures) {

        private Outcome() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** When a change is judged: what changed, how far back facts can be trusted to be there, and the wall clock. */
    record Moment(Interval focus, Instant horizon, long nowMillis) {}

    /**
     * Evaluates what a fact can have changed: detections that read its operation, and those with an alert on the subject, whose
     * investigation may say more now.
     */
    Outcome afterFact(Subject subject, String operation, Moment moment) {
        return evaluate(subject, Optional.of(operation), moment);
    }

    /** Evaluates every detection of the subject. */
    Outcome everything(Subject subject, Moment moment) {
        return evaluate(subject, Optional.empty(), moment);
    }

    /** Whether any alert has been raised on the subject. */
    boolean hasAlerts(Subject subject) {
        return book.number(subject, 1) > 0;
    }

    /** Whether the subject has so many acts, or so many alerts, that it is evaluated once for several facts. */
    boolean isCostly(Subject subject) {
        return stores.history().hasMoreThan(MANY_ACTS, subject) || book.number(subject, MANY_ALERTS) == MANY_ALERTS;
    }

    /** Withdraws every alert of a subject that has turned out to be another. */
    List<Routed.Raised> supersede(Subject subject, String because, StoredHistory history, Moment moment) {
        List<Routed.Raised> revisions = new ArrayList<>();
        for (AlertState state : book.of(subject).values()) {
            rules.detection(state.getLatest().getDetection()).ifPresent(detection -> withdraw(
                            detection, input(detection, history, moment), state, because, moment)
                    .ifPresent(revisions::add));
        }
        return revisions;
    }

    DetectionInput input(Detection detection, StoredHistory history, Moment moment) {
        return new DetectionInput(
                history,
                rules.policy().settings(detection.card().id()),
                rules.policy(),
                rules.networks().table(),
                rules.config().borrowWithin(),
                moment.focus());
    }

    private Outcome evaluate(Subject subject, Optional<String> operation, Moment moment) {
        Outcome outcome = new Outcome();
        Optional<StoredHistory> history = stores.view(subject);
        if (history.flatMap(known -> known.profile().getMovedTo()).isPresent() || history.isEmpty()) {
            // What has moved is evaluated where it went.
            return outcome;
        }
        Map<String, AlertState> raised = book.of(subject);
        for (Detection detection : rules.detections()) {
            Map<String, AlertState> own = of(raised, detection);
            boolean concerned =
                    operation.map(detection.card().operations()::contains).orElse(true) || !own.isEmpty();
            Settings settings = rules.policy().settings(detection.card().id());
            if (detection.card().subject() == subject.kind() && settings.enabled() && concerned) {
                evaluate(detection, history.orElseThrow(), own, moment, outcome);
            }
        }
        return outcome;
    }

    /** A detection that fails on a history keeps neither the others nor the next fact from being judged. */
    private void evaluate(
            Detection detection,
            StoredHistory history,
            Map<String, AlertState> raised,
            Moment moment,
            Outcome outcome) {
        try {
            outcome.revisions().addAll(evaluate(detection, history, raised, moment));
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            outcome.failures()
                    .add(new IllegalStateException(
                            "Detection " + detection.card().id() + " failed: " + e, e));
        }
    }

    private List<Routed.Raised> evaluate(
            Detection detection, StoredHistory history, Map<String, AlertState> raised, Moment moment) {
        DetectionInput input = input(detection, history, moment);
        Evaluation evaluation = detection.evaluate(input);
        Map<String, AlertState> gone = new HashMap<>(raised);
        List<Routed.Raised> revisions = new ArrayList<>();
        for (Finding finding : evaluation.findings()) {
            Alert alert = AlertAssembler.assemble(detection, finding, input, rules.origin());
            Optional<AlertState> known = Optional.ofNullable(gone.remove(alert.getAlertId()));
            if (known.filter(state -> keepsItsAnchor(state, finding, evaluation))
                    .isPresent()) {
                continue;
            }
            book.update(history.subject(), known, alert, finding.anchorTime(), moment.horizon(), moment.nowMillis())
                    .ifPresent(revisions::add);
        }
        for (AlertState state : gone.values()) {
            boolean judged = evaluation.covered().contains(state.getAnchorTime())
                    && !state.getAnchorTime().isBefore(moment.horizon());
            if (judged) {
                withdraw(detection, input, state, because(evaluation), moment).ifPresent(revisions::add);
            }
        }
        return revisions;
    }

    /** An evaluation that did not look as far back as the anchor cannot move it later. */
    private static boolean keepsItsAnchor(AlertState state, Finding finding, Evaluation evaluation) {
        return !evaluation.covered().contains(state.getAnchorTime())
                && state.getAnchorTime().isBefore(finding.anchorTime())
                && !state.getLatest().getStatus().equals("withdrawn");
    }

    private Optional<Routed.Raised> withdraw(
            Detection detection, DetectionInput input, AlertState state, String because, Moment moment) {
        Alert withdrawn = AlertAssembler.withdrawn(state.getLatest(), detection, input, because);
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
                .map(condition -> condition.name() + ": " + condition.because())
                .findFirst()
                .orElse("The facts no longer meet its conditions.");
    }

    private static Map<String, AlertState> of(Map<String, AlertState> raised, Detection detection) {
        return raised.entrySet().stream()
                .filter(entry -> entry.getValue()
                        .getLatest()
                        .getDetection()
                        .equals(detection.card().id()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}

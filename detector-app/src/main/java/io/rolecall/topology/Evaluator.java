package io.rolecall.topology;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.EvaluationOrder;
import io.rolecall.detection.Interval;
import io.rolecall.detection.Question;
import io.rolecall.detection.QuestionKind;
import io.rolecall.detection.Standing;
import io.rolecall.event.Subject;
import io.rolecall.network.AddressTable;
import io.rolecall.policy.Policy;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.AlertState;
import io.rolecall.state.StoredHistory;
import io.rolecall.state.SubjectStores;
import io.rolecall.state.SubjectWalk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;

/** Runs the detections on a subject's history and compares what they find with the alerts already raised. */
final class Evaluator {

    /**
     * By what is evaluated.
     *
     * @param networks the address table, which may change while events are evaluated
     * @param origin written on every alert
     */
    record Rules(DetectorConfig config, Policy policy, NetworkTable networks, String origin, Catalogue catalogue) {}

    /** With more acts than this a subject is evaluated once a second. */
    private static final int MANY_ACTS = 128;

    /** From so many alerts on it is, too. */
    private static final int MANY_ALERTS = 16;

    private final Rules rules;
    private final SubjectStores stores;
    private final AlertBook book;
    private final SubjectWalk walk;
    private final EnabledDetections enabled;
    private final AlertReconciler reconciler;

    /** @param walk told of every network table before something is evaluated with it */
    Evaluator(Rules rules, SubjectStores stores, AlertBook book, SubjectWalk walk) {
        this.walk = walk;
        this.rules = rules;
        this.stores = stores;
        this.book = book;
        this.enabled = new EnabledDetections(rules.catalogue(), rules.policy());
        this.reconciler = new AlertReconciler(rules, book);
    }

    /**
     * What an evaluation came to.
     *
     * @param revisions revisions to emit now
     * @param failures detections that failed; the others were evaluated all the same
     * @param unread spans of event time that are to be evaluated yet
     * @param wanted what was asked of other subjects, with the events that ask
     */
    record Outcome(
            List<Routed.Raised> revisions,
            List<RuntimeException> failures,
            List<Interval> unread,
            Map<Question, AppEvent> wanted) {

        private Outcome() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new HashMap<>());
        }
    }

    /**
     * When a change is evaluated.
     *
     * @param focus what changed
     * @param horizon how far back facts can be trusted to be there
     * @param raisesFrom alerts all of whose acts lie before are not raised anew, for what speaks against them may have expired
     * @param nowMillis wall clock
     */
    record Moment(Interval focus, Instant horizon, Instant raisesFrom, long nowMillis) {

        private Moment on(Interval widened) {
            return new Moment(widened, horizon, raisesFrom, nowMillis);
        }

        private Moment at(Instant time) {
            return on(new Interval(time, time));
        }

        /** The same where all facts of a subject come at once, however old they are. */
        Moment ofMoving() {
            return new Moment(focus, horizon, Instant.MIN, nowMillis);
        }
    }

    /**
     * Evaluates what facts can have changed: detections that read one of the operations, and those with an alert on the subject,
     * whose investigation may say more now.
     *
     * @param operations of the facts; empty when anything may have changed, for every detection of the subject
     */
    Outcome after(Subject subject, Optional<Set<String>> operations, Moment moment) {
        return evaluate(
                subject,
                detection -> operations
                        .map(changed -> changed.stream().anyMatch(detection.reads()::concerns))
                        .orElse(true),
                moment);
    }

    /** Evaluates the detections that ask a question, whose answer has come or changed, and as after a fact. */
    Outcome afterAnswer(Subject subject, QuestionKind kind, Moment moment) {
        return evaluate(
                subject,
                detection -> detection.reads().asked().stream().anyMatch(asking -> asking.kind() == kind),
                moment);
    }

    /** Whether a fact that is rolled up can change anything: a detection reads it, or an alert tells of it. */
    boolean isConcerned(Subject subject, String operation) {
        return enabled.read(subject.kind(), operation) || book.number(subject, 1) > 0;
    }

    /** Whether the subject has so many acts, or so many alerts, that it is evaluated once for several facts. */
    boolean isCostly(Subject subject) {
        return stores.history().hasMoreThan(MANY_ACTS, subject) || book.number(subject, MANY_ALERTS) == MANY_ALERTS;
    }

    /** Withdraws every alert of a subject that has turned out to be another. */
    List<Routed.Raised> supersede(Subject subject, String because, StoredHistory history, Moment moment) {
        List<Routed.Raised> revisions = new ArrayList<>();
        for (AlertState state : book.of(subject).values()) {
            rules.catalogue().byId(state.getLatest().getDetection()).ifPresent(detection -> reconciler
                    .withdraw(detection, input(detection, history, moment), state, because, moment)
                    .ifPresent(revisions::add));
        }
        return revisions;
    }

    DetectionInput input(Detection detection, StoredHistory history, Moment moment) {
        return input(detection, history, moment, List.of());
    }

    private DetectionInput input(Detection detection, StoredHistory history, Moment moment, List<Standing> standing) {
        AddressTable table = rules.networks().table();
        walk.follow(table.version());
        return new DetectionInput(
                history,
                rules.policy().settings(detection.id()),
                rules.policy(),
                table,
                rules.config().borrowWithin(),
                moment.focus(),
                standing);
    }

    private Outcome evaluate(Subject subject, Predicate<Detection> reads, Moment moment) {
        Outcome outcome = new Outcome();
        Optional<StoredHistory> history = stores.view(subject);
        if (history.flatMap(known -> known.profile().getMovedTo()).isPresent() || history.isEmpty()) {
            // What has moved is evaluated where it went.
            return outcome;
        }
        List<Detection> detections = enabled.of(subject.kind());
        Map<String, AlertState> raised = book.of(subject);
        for (Detection detection : detections) {
            if (!EvaluationOrder.reads(detection) && isConcerned(detection, reads, raised)) {
                evaluate(detection, history.orElseThrow(), List.of(), of(raised, detection), moment, outcome);
            }
        }
        if (detections.stream().anyMatch(EvaluationOrder::reads)) {
            evaluateReaders(detections, reads, history.orElseThrow(), raised, moment, outcome);
        }
        outcome.wanted().putAll(history.orElseThrow().wanted());
        return outcome;
    }

    /** Those that read findings of the others come when these are all there, also for a change of one of those findings alone. */
    private void evaluateReaders(
            List<Detection> detections,
            Predicate<Detection> reads,
            StoredHistory history,
            Map<String, AlertState> before,
            Moment moment,
            Outcome outcome) {
        Map<String, AlertState> raised = book.of(history.subject());
        for (Detection detection : detections) {
            if (EvaluationOrder.reads(detection)) {
                List<Standing> stood = StandingFindings.read(detection, rules.policy(), before.values());
                List<Standing> stand = StandingFindings.read(detection, rules.policy(), raised.values());
                if (!stand.equals(stood) || isConcerned(detection, reads, raised)) {
                    Moment widened = moment.on(StandingFindings.widened(moment.focus(), stood, stand));
                    evaluate(detection, history, stand, of(raised, detection), widened, outcome);
                }
            }
        }
    }

    private static boolean isConcerned(
            Detection detection, Predicate<Detection> reads, Map<String, AlertState> raised) {
        return reads.test(detection) || !of(raised, detection).isEmpty();
    }

    /** A detection that fails on a history keeps neither the others nor the next fact from being evaluated. */
    private void evaluate(
            Detection detection,
            StoredHistory history,
            List<Standing> standing,
            Map<String, AlertState> raised,
            Moment moment,
            Outcome outcome) {
        try {
            Evaluation evaluation = evaluateOnce(detection, history, standing, raised, moment, outcome);
            Coverage.behind(moment.focus(), evaluation).ifPresent(outcome.unread()::add);
            for (AlertState state : raised.values()) {
                if (Coverage.leftOut(state, evaluation, moment.horizon())) {
                    Map<String, AlertState> now = of(book.of(history.subject()), detection);
                    evaluateOnce(detection, history, standing, now, moment.at(state.getAnchorTime()), outcome);
                }
            }
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            outcome.failures().add(new IllegalStateException("Detection " + detection.id() + " failed: " + e, e));
        }
    }

    private Evaluation evaluateOnce(
            Detection detection,
            StoredHistory history,
            List<Standing> standing,
            Map<String, AlertState> raised,
            Moment moment,
            Outcome outcome) {
        DetectionInput input = input(detection, history, moment, standing);
        Evaluation evaluation = detection.evaluate(input);
        reconciler.apply(detection, input, evaluation, raised, moment, outcome);
        return evaluation;
    }

    private static Map<String, AlertState> of(Map<String, AlertState> raised, Detection detection) {
        return raised.entrySet().stream()
                .filter(entry -> entry.getValue().getLatest().getDetection().equals(detection.id()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}

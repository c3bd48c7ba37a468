package io.rolecall.topology;

import io.rolecall.detection.Interval;
import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.event.Subjects;
import io.rolecall.inventory.ImportedFacts;
import io.rolecall.schema.ActorAddress;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heart: takes a fact into its subject's history, runs the detections that it can concern, and sends out what changed of the
 * alerts.
 */
final class CorrelateProcessor implements Processor<String, AppEvent, String, Routed> {

    private static final Logger LOG = LoggerFactory.getLogger(CorrelateProcessor.class);

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int SUBJECTS_A_TICK = 1_000;

    private final Evaluator.Rules rules;
    private final Retention retention;
    private final DetectorObserver observer;

    private @Nullable Session session;

    CorrelateProcessor(Evaluator.Rules rules, Retention retention, DetectorObserver observer) {
        this.rules = rules;
        this.retention = retention;
        this.observer = observer;
    }

    /** What exists between init and close. */
    private record Session(
            ProcessorContext<String, Routed> context,
            SubjectStores stores,
            AlertBook book,
            PendingWork pending,
            TaskClock clock,
            Counts counts,
            Evaluator evaluator) {}

    @Override
    public void init(ProcessorContext<String, Routed> context) {
        SubjectStores stores = SubjectStores.of(context);
        Counts counts = new Counts(context.getStateStore(Names.HISTORY_COUNTS));
        AlertBook book = new AlertBook(
                context.getStateStore(Names.ALERTS),
                context.getStateStore(Names.PENDING),
                rules.config().revisionInterval(),
                rules.policy().minimumSeverity());
        session = new Session(
                context,
                stores,
                book,
                new PendingWork(context.getStateStore(Names.PENDING)),
                new TaskClock(counts, retention),
                counts,
                new Evaluator(rules, stores, book));
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, AppEvent> record) {
        Session now = open();
        AppEvent fact = record.value();
        Subject subject = Subject.ofKey(record.key(), fact.getTenantId());
        Optional<SubjectProfile> profile = now.stores().profiles().get(subject);
        Optional<String> movedTo = profile.flatMap(SubjectProfile::getMovedTo);
        if (fact.getOperation().equals(Operations.IDENTITY_LEARNED)) {
            try {
                move(now, subject, profile, record);
            } catch (RuntimeException e) {
                quarantine(now, Counts.FAILED, "history", e, record);
            }
        } else if (movedTo.isPresent()) {
            now.counts().add(Counts.MOVED, 1);
            now.context().forward(StandIns.moved(subject, movedTo.orElseThrow(), fact, record.timestamp()));
        } else if (ImportedFacts.isImported(fact)) {
            learn(now, subject, profile, record);
        } else if (now.clock().isLate(fact, record.headers())) {
            now.counts().add(Counts.LATE, 1);
            now.context().forward(QuarantineRecords.late(fact, now.clock().lateMessage(fact), record.timestamp()));
        } else {
            take(now, subject, profile, record);
        }
    }

    private void take(Session now, Subject subject, Optional<SubjectProfile> profile, Record<String, AppEvent> record) {
        AppEvent fact = record.value();
        if (now.clock().advance(fact)) {
            now.stores().expire(now.clock().historyHorizon(), now.clock().newest());
        }
        if (retention.bounded()) {
            now.stores().index(subject, fact);
        }
        FactIntake.Taken taken;
        try {
            taken = FactIntake.take(
                    now.stores(), subject, profile, fact, rules.policy().permissionSets());
        } catch (RuntimeException e) {
            quarantine(now, Counts.FAILED, "history", e, record);
            return;
        }
        now.counts().add(taken.isNew() ? Counts.NEW : Counts.DUPLICATE, 1);
        if (!taken.isNew() && isMainSubject(subject, fact)) {
            now.counts().add(Counts.DUPLICATE_ELEMENTS, 1);
        }
        if (!taken.changed()) {
            return;
        }
        if (RollUps.takes(fact)) {
            if (now.evaluator().hasAlerts(subject)) {
                now.pending().putOff(subject, focus(fact));
            }
            return;
        }
        Evaluator.Outcome outcome = evaluate(now, subject, fact);
        publish(now, outcome.revisions(), record.timestamp(), record.headers());
        if (!outcome.revisions().isEmpty()) {
            IngestTime.since(record.headers(), now.context().currentSystemTimeMs())
                    .ifPresent(observer::alertDelay);
        }
        outcome.failures().forEach(error -> quarantine(now, Counts.EVALUATIONS_FAILED, "detect", error, record));
    }

    /** An imported fact is no act: never late, and no alert by itself. What it tells may change what was found so far. */
    private void learn(
            Session now, Subject subject, Optional<SubjectProfile> profile, Record<String, AppEvent> record) {
        Instant importedAt = IngestTime.of(record.headers()).orElseGet(() -> Instant.ofEpochMilli(record.timestamp()));
        boolean changed;
        try {
            changed = FactIntake.takeImport(
                    now.stores(),
                    subject,
                    profile,
                    record.value(),
                    importedAt,
                    rules.policy().permissionSets());
        } catch (RuntimeException e) {
            quarantine(now, Counts.FAILED, "history", e, record);
            return;
        }
        now.counts().add(Counts.INVENTORY, 1);
        if (retention.bounded()) {
            now.stores().indexProfile(subject, importedAt);
        }
        if (changed && profile.isPresent()) {
            now.pending().putOff(subject, Interval.ALL);
        }
    }

    private Evaluator.Outcome evaluate(Session now, Subject subject, AppEvent fact) {
        Evaluator.Moment moment = moment(now, focus(fact));
        return fact.getOperation().equals(Operations.ACTOR_ADDRESS)
                ? now.evaluator().everything(subject, moment)
                : now.evaluator().afterFact(subject, fact.getOperation(), moment);
    }

    /** One bad fact stays one bad fact; trouble of Kafka or of a store is everybody's and ends the process. */
    private static void quarantine(
            Session now, String counter, String stage, RuntimeException error, Record<String, AppEvent> record) {
        if (error instanceof KafkaException) {
            throw error;
        }
        Containment.log(LOG, stage, record.value(), error);
        now.counts().add(counter, 1);
        now.context().forward(QuarantineRecords.failed(record.value(), stage, error, record.timestamp()));
    }

    /** The App ID behind a stand-in is known: its facts go to the App ID, its alerts are superseded. */
    private void move(Session now, Subject standIn, Optional<SubjectProfile> profile, Record<String, AppEvent> record) {
        AppEvent learned = record.value();
        String appId = learned.getAppId().orElseThrow();
        Evaluator.Moment moment = moment(now, focus(learned));
        now.stores()
                .view(standIn)
                .ifPresent(history -> publish(
                        now,
                        now.evaluator().supersede(standIn, appId, history, moment),
                        record.timestamp(),
                        record.headers()));
        StandIns.empty(now.stores(), standIn, profile, learned)
                .forEach(fact -> now.context().forward(StandIns.moved(standIn, appId, fact, record.timestamp())));
        now.counts().add(Counts.MOVED, 1);
    }

    private void tick(long nowMillis) {
        Session now = open();
        if (now.pending().networksChanged(rules.networks().table().version())) {
            now.stores().profiles().subjects().forEach(subject -> now.pending().putOff(subject, Interval.ALL));
        }
        now.pending().take(SUBJECTS_A_TICK).forEach((subject, focus) -> evaluateAgain(now, subject, focus, nowMillis));
        publish(now, now.book().emitDue(nowMillis), nowMillis, new RecordHeaders());
        quarantineNetworks(now, nowMillis);
    }

    /** Every instance reads the whole network topic: what is wrong with it is told once, by the first task. */
    private void quarantineNetworks(Session now, long nowMillis) {
        if (now.context().taskId().partition() == 0) {
            rules.networks().refused().stream()
                    .filter(entry -> now.pending().isFirst(entry.position()))
                    .forEach(entry -> now.context().forward(QuarantineRecords.of(entry, "networks", nowMillis)));
        }
    }

    private void evaluateAgain(Session now, Subject subject, Interval focus, long nowMillis) {
        Evaluator.Outcome outcome = now.evaluator().everything(subject, moment(now, focus));
        publish(now, outcome.revisions(), nowMillis, new RecordHeaders());
        outcome.failures().forEach(error -> {
            LOG.atError()
                    .addKeyValue("subject", subject.kind())
                    .setCause(StackOnly.of(error))
                    .log("A history cannot be judged again; its alerts stay as they are");
            LOG.atDebug().addKeyValue("subject", subject.key()).setCause(error).log("The history and the error");
            now.counts().add(Counts.EVALUATIONS_FAILED, 1);
        });
    }

    /** @param headers of the fact that brought them about; none when time did */
    private void publish(Session now, List<Routed.Raised> revisions, long timestamp, Headers headers) {
        for (Routed.Raised revision : revisions) {
            Alert alert = revision.alert();
            now.context().forward(new Record<>(alert.getAlertId(), revision, timestamp, headers));
            if (alert.getRevision() == 1) {
                now.counts().add(Counts.RAISED + alert.getDetection() + " " + alert.getSeverity(), 1);
            }
            observer.alertPublished(alert);
        }
    }

    private static Evaluator.Moment moment(Session now, Interval focus) {
        return new Evaluator.Moment(
                focus, now.clock().historyHorizon(), now.context().currentSystemTimeMs());
    }

    private Interval focus(AppEvent fact) {
        if (fact.getDetails().orElse(null) instanceof ActorAddress address) {
            return new Interval(
                    EventTimes.minus(address.getFirst(), rules.config().borrowWithin()),
                    EventTimes.plus(address.getLast(), rules.config().borrowWithin()));
        }
        return new Interval(fact.getEventTime(), fact.getEventTime());
    }

    /** Whether this is the subject by which an element is counted, so that each is counted once. */
    private static boolean isMainSubject(Subject subject, AppEvent fact) {
        List<Subject> subjects = Subjects.of(fact);
        return !fact.getOperation().equals(Operations.ACTOR_ADDRESS)
                && !subjects.isEmpty()
                && subjects.get(0).equals(subject);
    }

    private Session open() {
        Session now = session;
        if (now == null) {
            throw new IllegalStateException("Kafka Streams calls init before anything else");
        }
        return now;
    }
}

package io.rolecall.topology;

import io.rolecall.alert.KnownAtLast;
import io.rolecall.detection.Interval;
import io.rolecall.detection.QuestionKind;
import io.rolecall.event.Details;
import io.rolecall.event.Involvement;
import io.rolecall.event.NetworkUses;
import io.rolecall.event.Operations;
import io.rolecall.event.Ownership;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.inventory.ImportedFacts;
import io.rolecall.schema.ActorAddress;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SourceProgress;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.state.Counts;
import io.rolecall.state.EventDays;
import io.rolecall.state.InquiryFacts;
import io.rolecall.state.PersonalUses;
import io.rolecall.state.PutOff;
import io.rolecall.state.Retention;
import io.rolecall.state.TaskClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The heart: takes a fact into its subject's history, runs the detections that it can concern, and sends out what changed of the
 * alerts.
 */
final class CorrelateProcessor extends OpenedProcessor<String, AppEvent, String, Routed, Correlation> {

    private final Evaluator.Rules rules;
    private final Retention retention;
    private final DetectorObserver observer;
    private final QuarantineNotices notices;
    private final FactReaders readers;
    private final Watermarks watermarks;

    /**
     * One task's step.
     *
     * @param readers which facts are written, and so by which of its subjects an element is counted
     * @param watermarks take how far the steps before have read
     * @param notices say what went to the quarantine, of all tasks of the process
     */
    CorrelateProcessor(
            Evaluator.Rules rules,
            FactReaders readers,
            Retention retention,
            Watermarks watermarks,
            DetectorObserver observer,
            QuarantineNotices notices) {
        this.rules = rules;
        this.retention = retention;
        this.observer = observer;
        this.notices = notices;
        this.readers = readers;
        this.watermarks = watermarks;
    }

    @Override
    Correlation open(ProcessorContext<String, Routed> context) {
        Correlation task = Correlation.open(context, rules, retention, watermarks, observer);
        CorrelationTick tick = new CorrelationTick(task, rules.networks(), notices);
        every(context, CorrelationTick.INTERVAL, tick::run);
        task.tellClock();
        return task;
    }

    @Override
    void process(Correlation task, Record<String, AppEvent> record) {
        task.formats().write();
        AppEvent fact = record.value();
        if (ProgressRecords.isOne(fact)) {
            readOn(task, fact.getProgress().orElseThrow());
            return;
        }
        Subject subject = Subject.ofKey(record.key(), fact.getTenantId());
        Optional<SubjectProfile> profile = task.stores().profiles().get(subject);
        Optional<String> movedTo = profile.flatMap(SubjectProfile::getMovedTo);
        if (fact.getOperation().equals(Operations.IDENTITY_LEARNED)) {
            try {
                if (subject.kind() == SubjectKind.ACTOR) {
                    PersonNames.learn(task, subject, profile, record);
                } else {
                    move(task, subject, profile, record);
                }
            } catch (RuntimeException e) {
                task.quarantine(Counts.FAILED, "history", e, record);
            }
        } else if (movedTo.isPresent()) {
            task.counts().add(Counts.MOVED, 1);
            task.context()
                    .forward(UnresolvedApplications.moved(subject, movedTo.orElseThrow(), fact, record.timestamp()));
        } else if (InquiryFacts.isOne(fact)) {
            inquire(task, subject, record);
        } else if (ImportedFacts.isImported(fact)) {
            learn(task, subject, profile, record);
        } else if (task.clock().isBeforeHistory(fact, record.headers())) {
            task.counts().add(Counts.LATE, 1);
            if (NetworkUses.isOne(fact)) {
                return; // the event itself is told of as late where it is a fact
            }
            task.context().forward(QuarantineRecords.late(fact, task.clock().lateMessage(fact), record.timestamp()));
        } else {
            take(task, subject, profile, record);
        }
    }

    /** Another application may share the topic of facts, or have used it before this one: it has read other things. */
    private void readOn(Correlation task, SourceProgress progress) {
        if (progress.getApplication().equals(rules.config().applicationId())) {
            task.progress(progress);
        }
    }

    private void take(
            Correlation task, Subject subject, Optional<SubjectProfile> profile, Record<String, AppEvent> record) {
        AppEvent fact = record.value();
        if (retention.bounded()) {
            task.stores().index(subject, fact);
        }
        if (NetworkUses.isOne(fact)) {
            takeNetworkUse(task, subject, profile, fact);
            return;
        }
        if (PersonalUses.takes(subject, fact)) {
            takePersonal(task, subject, profile, record);
            return;
        }
        FactIntake.Taken taken;
        boolean remembered;
        try {
            taken = FactIntake.take(
                    task.stores(), subject, profile, fact, rules.policy().permissionSets());
            remembered = task.stores().memories().take(subject, fact, taken.isNew(), task.clock());
        } catch (RuntimeException e) {
            task.quarantine(Counts.FAILED, "history", e, record);
            return;
        }
        task.counts().add(taken.isNew() ? Counts.NEW : Counts.DUPLICATE, 1);
        if (task.clock().isLate(fact, record.headers())) {
            task.counts().add(Counts.TAKEN_LATE, 1);
        }
        if (!taken.isNew() && isMainSubject(subject, fact)) {
            task.counts().add(Counts.DUPLICATE_ELEMENTS, 1);
        }
        if (taken.rolledUp().isPresent()) {
            putOff(task, subject, fact, taken.rolledUp().orElseThrow());
            return;
        }
        if (!taken.changed()) {
            // The history takes one copy of what it rolls up, and the memory what any copy tells.
            if (remembered) {
                putOff(task, subject, fact, focus(fact));
            }
            return;
        }
        if (task.evaluator().isCostly(subject)) {
            task.pending().putOff(subject, new PutOff(focus(fact), operations(fact)));
            return;
        }
        Evaluator.Moment moment = task.moment(focus(fact));
        Evaluator.Outcome outcome = task.evaluator()
                .after(subject, operations(fact), TaskClock.isMoving(record.headers()) ? moment.ofMoving() : moment);
        publish(task, subject, outcome, operations(fact), record);
        try {
            task.inquiries().update(subject, record.timestamp());
        } catch (RuntimeException e) {
            task.quarantine(Counts.EVALUATIONS_FAILED, "detect", e, record);
        }
    }

    /** Only what it tells those who ask can change by it. */
    private static void takeNetworkUse(
            Correlation task, Subject subject, Optional<SubjectProfile> profile, AppEvent fact) {
        boolean changed = PersonalIntake.takeNetworkUse(task.stores(), subject, profile, fact);
        task.counts().add(changed ? Counts.NEW : Counts.DUPLICATE, 1);
        if (changed && task.inquiries().isAsked(subject)) {
            Interval at = new Interval(fact.getEventTime(), fact.getEventTime());
            task.pending().putOff(subject, PutOff.after(fact.getOperation(), at));
        }
    }

    private static void takePersonal(
            Correlation task, Subject subject, Optional<SubjectProfile> profile, Record<String, AppEvent> record) {
        PersonalIntake.Taken taken;
        try {
            taken = PersonalIntake.take(task.stores(), subject, profile, record.value(), task.clock());
        } catch (RuntimeException e) {
            task.quarantine(Counts.FAILED, "history", e, record);
            return;
        }
        task.counts().add(taken.changed() ? Counts.NEW : Counts.DUPLICATE, 1);
        if (task.clock().isLate(record.value(), record.headers())) {
            task.counts().add(Counts.TAKEN_LATE, 1);
        }
        taken.matters().ifPresent(span -> task.pending()
                .putOff(subject, PutOff.after(record.value().getOperation(), span)));
    }

    /** Facts of which there are many are evaluated together, if anything can change by them. */
    private static void putOff(Correlation task, Subject subject, AppEvent fact, Interval changed) {
        if (task.evaluator().isConcerned(subject, fact.getOperation())
                || task.inquiries().isAsked(subject)) {
            task.pending().putOff(subject, PutOff.after(fact.getOperation(), changed));
        }
    }

    /** A question is kept and answered; what hangs on an answer is evaluated anew. */
    private void inquire(Correlation task, Subject subject, Record<String, AppEvent> record) {
        Optional<QuestionKind> answered;
        try {
            answered = task.inquiries().take(subject, record.value(), record.timestamp());
        } catch (RuntimeException e) {
            task.quarantine(Counts.FAILED, "history", e, record);
            return;
        }
        task.counts().add(Counts.INQUIRIES, 1);
        if (answered.isPresent() && task.evaluator().isCostly(subject)) {
            task.pending().putOff(subject, PutOff.ofAll(Interval.ALL));
        } else if (answered.isPresent()) {
            Evaluator.Moment moment = task.moment(Interval.ALL);
            Evaluator.Outcome outcome = task.evaluator().afterAnswer(subject, answered.orElseThrow(), moment);
            publish(task, subject, outcome, Optional.empty(), record);
        }
    }

    /** @param operations by which what could not be read is to be evaluated again; empty for every detection */
    private void publish(
            Correlation task,
            Subject subject,
            Evaluator.Outcome outcome,
            Optional<Set<String>> operations,
            Record<String, AppEvent> record) {
        outcome.unread().forEach(unread -> task.pending().putOff(subject, new PutOff(unread, operations)));
        task.ask(subject, outcome.wanted(), record.timestamp());
        task.publish(outcome.revisions(), record.timestamp(), record.headers());
        if (!outcome.revisions().isEmpty()) {
            IngestTime.since(record.headers(), task.context().currentSystemTimeMs())
                    .ifPresent(observer::alertDelay);
        }
        outcome.failures().forEach(error -> task.quarantine(Counts.EVALUATIONS_FAILED, "detect", error, record));
    }

    /** An imported fact is no act: never late, and no alert by itself. What it tells may change what was found so far. */
    private void learn(
            Correlation task, Subject subject, Optional<SubjectProfile> profile, Record<String, AppEvent> record) {
        Instant importedAt = IngestTime.of(record.headers()).orElseGet(() -> Instant.ofEpochMilli(record.timestamp()));
        boolean changed;
        try {
            changed = FactIntake.takeImport(
                    task.stores(),
                    subject,
                    profile,
                    record.value(),
                    importedAt,
                    rules.policy().permissionSets());
        } catch (RuntimeException e) {
            task.quarantine(Counts.FAILED, "history", e, record);
            return;
        }
        task.counts().add(Counts.INVENTORY, 1);
        if (retention.bounded()) {
            task.stores().indexProfile(subject, importedAt);
        }
        if (changed && (profile.isPresent() || task.inquiries().isAsked(subject))) {
            task.pending().putOff(subject, PutOff.ofAll(Interval.ALL));
        }
    }

    /** Operations by which a fact changes what is found; an address may change anything. */
    private static Optional<Set<String>> operations(AppEvent fact) {
        return fact.getOperation().equals(Operations.ACTOR_ADDRESS)
                ? Optional.empty()
                : Optional.of(Set.of(fact.getOperation()));
    }

    /** The App ID of an unresolved application is known: its facts go there, its alerts are superseded. */
    private void move(
            Correlation task, Subject unresolved, Optional<SubjectProfile> profile, Record<String, AppEvent> record) {
        AppEvent learned = record.value();
        String appId = learned.getAppId().orElseThrow();
        task.supersede(unresolved, KnownAtLast.because(appId), record);
        UnresolvedApplications.empty(task.stores(), unresolved, profile, learned, appId)
                .forEach(fact -> task.context()
                        .forward(UnresolvedApplications.moved(unresolved, appId, fact, record.timestamp())));
        task.counts().add(Counts.MOVED, 1);
    }

    private Interval focus(AppEvent fact) {
        return Details.of(fact, ActorAddress.class)
                .map(address -> new Interval(
                        EventDays.minus(address.getFirst(), rules.config().borrowWithin()),
                        EventDays.plus(address.getLast(), rules.config().borrowWithin())))
                .orElseGet(() -> new Interval(fact.getEventTime(), fact.getEventTime()));
    }

    @Override
    void close(Correlation task) {
        observer.watermarkLeft(task.context().taskId().partition());
    }

    /** Whether this is the subject by which an element is counted, so that each is counted once. */
    private boolean isMainSubject(Subject subject, AppEvent fact) {
        if (fact.getOperation().equals(Operations.ACTOR_ADDRESS)) {
            return false;
        }
        List<Ownership> owners = readers.owners(fact);
        // A person is followed under another name than the event has, once that is known.
        return !owners.isEmpty()
                && owners.get(0).subject().kind() == subject.kind()
                && (subject.kind() == SubjectKind.ACTOR
                        || owners.get(0).equals(new Ownership(subject, Involvement.of(fact))));
    }
}

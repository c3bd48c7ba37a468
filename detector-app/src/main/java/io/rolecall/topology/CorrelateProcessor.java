package io.rolecall.topology;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Interval;
import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.event.Subjects;
import io.rolecall.policy.Policy;
import io.rolecall.schema.ActorAddress;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The heart: takes a fact into its subject's history, runs the detections that it can concern, and sends out what changed of the
 * alerts.
 */
final class CorrelateProcessor implements Processor<String, AppEvent, String, Routed> {

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int SUBJECTS_A_TICK = 1_000;

    private final DetectorConfig config;
    private final Policy policy;
    private final NetworkTable networks;
    private final Retention retention;
    private final String origin;

    private @Nullable Session session;

    CorrelateProcessor(
            DetectorConfig config, Policy policy, NetworkTable networks, Retention retention, String origin) {
        this.config = config;
        this.policy = policy;
        this.networks = networks;
        this.retention = retention;
        this.origin = origin;
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
                context.getStateStore(Names.ALERTS), context.getStateStore(Names.PENDING), config.revisionInterval());
        session = new Session(
                context,
                stores,
                book,
                new PendingWork(context.getStateStore(Names.PENDING)),
                new TaskClock(counts, retention),
                counts,
                new Evaluator(config, policy, networks, stores, book, origin));
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
            move(now, subject, profile, fact, record);
        } else if (movedTo.isPresent()) {
            now.counts().add(Counts.MOVED, 1);
            forwardMoved(now, subject, movedTo.orElseThrow(), fact, record);
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
        FactIntake.Taken taken = FactIntake.take(now.stores(), subject, profile, fact);
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
        Evaluator.Moment moment = moment(now, focus(fact));
        boolean derived = fact.getOperation().equals(Operations.ACTOR_ADDRESS);
        publish(
                now,
                derived
                        ? now.evaluator().everything(subject, moment)
                        : now.evaluator().afterFact(subject, fact.getOperation(), moment),
                record.timestamp());
    }

    /** The App ID behind a stand-in is known: its facts go to the App ID, its alerts are superseded. */
    private void move(
            Session now,
            Subject standIn,
            Optional<SubjectProfile> profile,
            AppEvent learned,
            Record<String, AppEvent> record) {
        String appId = learned.getAppId().orElseThrow();
        now.counts().add(Counts.MOVED, 1);
        Interval focus = new Interval(learned.getEventTime(), learned.getEventTime());
        now.stores()
                .view(standIn)
                .ifPresent(history -> publish(
                        now,
                        now.evaluator().supersede(standIn, appId, history, moment(now, focus)),
                        record.timestamp()));
        for (AppEvent fact : now.stores().history().removeAll(standIn)) {
            forwardMoved(now, standIn, appId, fact, record);
        }
        now.stores()
                .profiles()
                .put(
                        standIn,
                        SubjectProfile.newBuilder(profile.orElseGet(() -> Profiles.of(learned)))
                                .setMovedTo(appId)
                                .build());
    }

    private static void forwardMoved(
            Session now, Subject standIn, String appId, AppEvent fact, Record<String, AppEvent> record) {
        boolean derived = fact.getOperation().equals(Operations.ACTOR_ADDRESS);
        AppEvent moved = derived
                ? fact
                : AppEvent.newBuilder(fact)
                        .setAppId(appId)
                        .setAppIdResolved(true)
                        .build();
        now.context()
                .forward(new Record<String, Routed>(
                        Subject.application(standIn.tenantId(), appId).key(),
                        new Routed.Fact(moved),
                        record.timestamp(),
                        TaskClock.movedHeaders()));
    }

    private void tick(long nowMillis) {
        Session now = open();
        if (now.pending().networksChanged(networks.table().version())) {
            now.stores().profiles().subjects().forEach(subject -> now.pending().putOff(subject, Interval.ALL));
        }
        now.pending()
                .take(SUBJECTS_A_TICK)
                .forEach((subject, focus) ->
                        publish(now, now.evaluator().everything(subject, moment(now, focus)), nowMillis));
        publish(now, now.book().emitDue(nowMillis), nowMillis);
    }

    private static void publish(Session now, List<Alert> revisions, long timestamp) {
        revisions.forEach(
                alert -> now.context().forward(new Record<>(alert.getAlertId(), new Routed.Raised(alert), timestamp)));
    }

    private static Evaluator.Moment moment(Session now, Interval focus) {
        return new Evaluator.Moment(
                focus, now.clock().historyHorizon(), now.context().currentSystemTimeMs());
    }

    private Interval focus(AppEvent fact) {
        if (fact.getDetails().orElse(null) instanceof ActorAddress address) {
            return new Interval(
                    EventTimes.minus(address.getFirst(), config.borrowWithin()),
                    EventTimes.plus(address.getLast(), config.borrowWithin()));
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

package io.rolecall.topology;

import io.rolecall.event.Subject;
import io.rolecall.event.Subjects;
import io.rolecall.identity.IdentityPairs;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.IdentityPair;
import io.rolecall.state.IdentityStore;
import io.rolecall.state.LowWatermark;
import io.rolecall.state.Names;
import io.rolecall.state.StoreFormats;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The identity step, keyed by tenant and object id. A fact without App ID waits for the pair up to {@code resolve-within} of wall
 * clock, then goes on as that of an unresolved application; when the pair is learned later, its history is told to move. How long
 * a fact waits changes when an alert appears, never which.
 */
final class IdentityProcessor extends OpenedProcessor<String, AppEvent, String, Routed, IdentityProcessor.Task> {

    private static final Duration CHECK_EVERY = Duration.ofSeconds(5);

    /** What one task works with. */
    record Task(
            ProcessorContext<String, Routed> context,
            StoreFormats formats,
            IdentityStore store,
            LowWatermark watermark,
            PassedOnProgress progress) {

        void forward(Subject subject, AppEvent event, long timestamp) {
            context.forward(new Record<>(subject.key(), new Routed.Fact(event), timestamp));
        }
    }

    private final Duration resolveWithin;
    private final Watermarks watermarks;

    IdentityProcessor(Duration resolveWithin, Watermarks watermarks) {
        this.resolveWithin = resolveWithin;
        this.watermarks = watermarks;
    }

    @Override
    Task open(ProcessorContext<String, Routed> context) {
        LowWatermark watermark = watermarks.ofDecoded(context.getStateStore(Names.IDENTITY));
        Task task = new Task(
                context,
                StoreFormats.of(context, Names.IDENTITY),
                new IdentityStore(context.getStateStore(Names.IDENTITY)),
                watermark,
                watermarks.passedOn(context, Names.IDENTITY_REPARTITION));
        stands(task);
        every(context, CHECK_EVERY, now -> releaseWaiting(task, now));
        if (watermarks.areUsed()) {
            every(context, Watermarks.TELL_EVERY, now -> passOn(task, now));
        }
        return task;
    }

    @Override
    void process(Task task, Record<String, AppEvent> record) {
        task.formats().write();
        if (ProgressRecords.isOne(record.value())) {
            task.watermark().take(record.value().getProgress().orElseThrow());
            stands(task);
            return;
        }
        StepFailures.run(task.context(), "identify", record.value(), record.timestamp(), () -> take(task, record));
    }

    /** Clocks of instances differ, and step back: whatever waits now came before. */
    private static void stands(Task task) {
        long now = task.context().currentSystemTimeMs();
        task.progress()
                .stands(
                        task.watermark(),
                        Math.max(now, task.store().waitingUntil().orElse(now)));
    }

    /** Facts that wait here are behind it. */
    private static void passOn(Task task, long nowMillis) {
        task.progress()
                .news(task.store().waitingSince())
                .ifPresent(progress -> ProgressRecords.forward(task.context(), "identify", progress, nowMillis));
    }

    private static void take(Task task, Record<String, AppEvent> record) {
        AppEvent event = record.value();
        IdentityPair pair = task.store().pair(record.key());
        if (IdentityPairs.learned(event).isPresent()) {
            learn(task, record, pair);
        } else if (pair.getAppId().isPresent()) {
            String appId = pair.getAppId().orElseThrow();
            if (!pair.getUnresolvedTold()) {
                tellUnresolved(task, event, appId, record.timestamp());
                task.store().put(record.key(), new IdentityPair(appId, false, true));
            }
            forwardResolved(task, event, appId, record.timestamp());
        } else if (pair.getUnresolvedUsed()) {
            forwardUnresolved(task, event, record.timestamp());
        } else {
            task.store().hold(record.key(), event, task.context().currentSystemTimeMs());
        }
    }

    private static void learn(Task task, Record<String, AppEvent> record, IdentityPair pair) {
        String appId = record.value().getAppId().orElseThrow();
        if (pair.getAppId().filter(known -> known.compareTo(appId) <= 0).isPresent()) {
            return;
        }
        List<AppEvent> waiting = task.store().release(record.key());
        boolean tell = pair.getUnresolvedUsed() || !waiting.isEmpty();
        if (tell) {
            Subject unresolved = Subject.unresolved(
                    record.value().getTenantId(),
                    IdentityPairs.learned(record.value()).orElseThrow().getObjectId());
            task.forward(unresolved, record.value(), record.timestamp());
        }
        task.store().put(record.key(), new IdentityPair(appId, false, tell || pair.getUnresolvedTold()));
        waiting.forEach(fact -> forwardResolved(task, fact, appId, record.timestamp()));
    }

    /** What comes for the unresolved application, before or after, moves to the App ID once it is told. */
    private static void tellUnresolved(Task task, AppEvent fact, String appId, long timestamp) {
        String objectId = Subjects.unresolvedId(fact).orElseThrow();
        task.forward(
                Subject.unresolved(fact.getTenantId(), objectId),
                IdentityPairs.learned(fact, appId, objectId),
                timestamp);
    }

    private void releaseWaiting(Task task, long nowMillis) {
        for (String key : task.store().waitingSince(nowMillis - resolveWithin.toMillis())) {
            task.store().put(key, new IdentityPair(null, true, false));
            task.store().release(key).forEach(fact -> forwardUnresolved(task, fact, nowMillis));
        }
    }

    private static void forwardResolved(Task task, AppEvent event, String appId, long timestamp) {
        task.forward(Subject.application(event.getTenantId(), appId), Subjects.resolved(event, appId), timestamp);
    }

    private static void forwardUnresolved(Task task, AppEvent event, long timestamp) {
        task.forward(
                Subject.unresolved(
                        event.getTenantId(), Subjects.unresolvedId(event).orElseThrow()),
                event,
                timestamp);
    }
}

package io.rolecall.topology;

import io.rolecall.event.Subject;
import io.rolecall.event.Subjects;
import io.rolecall.identity.IdentityPairs;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.IdentityPair;
import io.rolecall.state.IdentityStore;
import io.rolecall.state.Names;
import io.rolecall.state.StoreFormats;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The identity step, keyed by tenant and object id. A fact without App ID waits for the pair up to {@code resolve-within} of wall
 * clock, then goes on under the stand-in subject; when the pair is learned later, the stand-in's history is told to move. How long
 * a fact waits changes when an alert appears, never which.
 */
final class IdentityProcessor implements Processor<String, AppEvent, String, Routed> {

    private static final Duration CHECK_EVERY = Duration.ofSeconds(5);

    private final Duration resolveWithin;
    private @Nullable ProcessorContext<String, Routed> context;
    private @Nullable IdentityStore store;
    private @Nullable StoreFormats formats;

    IdentityProcessor(Duration resolveWithin) {
        this.resolveWithin = resolveWithin;
    }

    @Override
    public void init(ProcessorContext<String, Routed> processorContext) {
        this.context = processorContext;
        this.formats = StoreFormats.of(processorContext, Names.IDENTITY);
        this.store = new IdentityStore(processorContext.getStateStore(Names.IDENTITY));
        processorContext.schedule(CHECK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::releaseWaiting);
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka calls init first
    public void process(Record<String, AppEvent> record) {
        formats.write();
        Containment.run(context, "identify", record.value(), record.timestamp(), () -> take(record));
    }

    @SuppressWarnings("NullAway") // as above
    private void take(Record<String, AppEvent> record) {
        AppEvent event = record.value();
        IdentityPair pair = store.pair(record.key());
        if (IdentityPairs.learned(event).isPresent()) {
            learn(record, pair);
        } else if (pair.getAppId().isPresent()) {
            String appId = pair.getAppId().orElseThrow();
            if (!pair.getStandInTold()) {
                tellStandIn(event, appId, record.timestamp());
                store.put(record.key(), new IdentityPair(appId, false, true));
            }
            forwardResolved(event, appId, record.timestamp());
        } else if (pair.getStandInUsed()) {
            forwardStandIn(event, record.timestamp());
        } else {
            store.hold(record.key(), event, context.currentSystemTimeMs());
        }
    }

    @SuppressWarnings("NullAway") // as above
    private void learn(Record<String, AppEvent> record, IdentityPair pair) {
        String appId = record.value().getAppId().orElseThrow();
        if (pair.getAppId().filter(known -> known.compareTo(appId) <= 0).isPresent()) {
            return;
        }
        List<AppEvent> waiting = store.release(record.key());
        boolean tell = pair.getStandInUsed() || !waiting.isEmpty();
        if (tell) {
            Subject standIn = Subject.standIn(
                    record.value().getTenantId(),
                    IdentityPairs.learned(record.value()).orElseThrow().getObjectId());
            forward(standIn, record.value(), record.timestamp());
        }
        store.put(record.key(), new IdentityPair(appId, false, tell || pair.getStandInTold()));
        waiting.forEach(fact -> forwardResolved(fact, appId, record.timestamp()));
    }

    /** What is lent to the stand-in, before or after, moves to the App ID once it is told. */
    private void tellStandIn(AppEvent fact, String appId, long timestamp) {
        String objectId = Subjects.unresolvedId(fact).orElseThrow();
        forward(Subject.standIn(fact.getTenantId(), objectId), IdentityPairs.learned(fact, appId, objectId), timestamp);
    }

    @SuppressWarnings("NullAway") // as above
    private void releaseWaiting(long nowMillis) {
        for (String key : store.waitingSince(nowMillis - resolveWithin.toMillis())) {
            store.put(key, new IdentityPair(null, true, false));
            store.release(key).forEach(fact -> forwardStandIn(fact, nowMillis));
        }
    }

    private void forwardResolved(AppEvent event, String appId, long timestamp) {
        forward(Subject.application(event.getTenantId(), appId), Subjects.resolved(event, appId), timestamp);
    }

    private void forwardStandIn(AppEvent event, long timestamp) {
        forward(
                Subject.standIn(
                        event.getTenantId(), Subjects.unresolvedId(event).orElseThrow()),
                event,
                timestamp);
    }

    @SuppressWarnings("NullAway") // as above
    private void forward(Subject subject, AppEvent event, long timestamp) {
        context.forward(new Record<>(subject.key(), new Routed.Fact(event), timestamp));
    }
}

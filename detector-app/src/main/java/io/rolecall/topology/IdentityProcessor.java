package io.rolecall.topology;

import io.rolecall.event.Subject;
import io.rolecall.event.Subjects;
import io.rolecall.identity.IdentityPairs;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.IdentityLearned;
import io.rolecall.schema.state.IdentityPair;
import java.time.Duration;
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

    IdentityProcessor(Duration resolveWithin) {
        this.resolveWithin = resolveWithin;
    }

    @Override
    public void init(ProcessorContext<String, Routed> processorContext) {
        this.context = processorContext;
        this.store = new IdentityStore(processorContext.getStateStore(Names.IDENTITY));
        processorContext.schedule(CHECK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::releaseWaiting);
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka calls init first
    public void process(Record<String, AppEvent> record) {
        AppEvent event = record.value();
        IdentityPair pair = store.pair(record.key());
        if (IdentityPairs.learned(event).isPresent()) {
            learn(record, pair);
        } else if (pair.getAppId().isPresent()) {
            forwardResolved(event, pair.getAppId().orElseThrow(), record.timestamp());
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
        if (pair.getStandInUsed()) {
            IdentityLearned learned = IdentityPairs.learned(record.value()).orElseThrow();
            Subject standIn = Subject.standIn(record.value().getTenantId(), learned.getObjectId());
            context.forward(record.withKey(standIn.key()).withValue(new Routed.Fact(record.value())));
        }
        store.put(
                record.key(),
                IdentityPair.newBuilder(pair).setAppId(appId).setStandInUsed(false).build());
        store.release(record.key()).forEach(fact -> forwardResolved(fact, appId, record.timestamp()));
    }

    @SuppressWarnings("NullAway") // as above
    private void releaseWaiting(long nowMillis) {
        for (String key : store.waitingSince(nowMillis - resolveWithin.toMillis())) {
            store.put(key, IdentityPair.newBuilder().setStandInUsed(true).build());
            store.release(key).forEach(fact -> forwardStandIn(fact, nowMillis));
        }
    }

    private void forwardResolved(AppEvent event, String appId, long timestamp) {
        AppEvent resolved = AppEvent.newBuilder(event)
                .setAppId(appId)
                .setAppIdResolved(true)
                .build();
        forward(Subject.application(event.getTenantId(), appId), resolved, timestamp);
    }

    private void forwardStandIn(AppEvent event, long timestamp) {
        forward(
                Subject.standIn(
                        event.getTenantId(), Subjects.objectId(event).orElseThrow()),
                event,
                timestamp);
    }

    @SuppressWarnings("NullAway") // as above
    private void forward(Subject subject, AppEvent event, long timestamp) {
        context.forward(new Record<>(subject.key(), new Routed.Fact(event), timestamp));
    }
}

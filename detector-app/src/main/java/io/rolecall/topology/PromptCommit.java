package io.rolecall.topology;

import io.rolecall.identity.IdentityPairs;
import io.rolecall.schema.state.SightingBatch;
import io.rolecall.state.RollUps;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Passes on what a step sends, and asks for a commit where an alert may wait for it: exactly-once shows nothing to the next step
 * before a commit, and a commit sends what the producer still holds back. So a fact that has just been logged becomes an alert
 * within some milliseconds, while a backlog, which nobody waits for, is read at the pace of {@code commit.interval.ms}; see {@code
 * docs/decisions/kafka-streams-settings.md}.
 */
final class PromptCommit extends OpenedProcessor<String, Routed, String, Routed, ProcessorContext<String, Routed>> {

    /** What was appended longer ago is part of a backlog. Clocks of brokers and instances may differ by less than this. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** A commit takes some milliseconds, in which nothing is read: many facts, one after the other, share one. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(4);

    /** When a commit that came too soon is asked for after all. */
    private static final Duration LATER = Duration.ofMillis(20);

    /** When the raw record behind a fact was appended; the timestamp of the facts' topic is that of its own appending. */
    private static final MillisHeader APPENDED = new MillisHeader("rolecall.appended");

    private long lastAsked;
    private boolean owed;

    @Override
    ProcessorContext<String, Routed> open(ProcessorContext<String, Routed> context) {
        every(context, LATER, now -> settle(context, now));
        return context;
    }

    @Override
    void process(ProcessorContext<String, Routed> context, Record<String, Routed> record) {
        long appended = appended(record);
        context.forward(labelled(record, appended));
        long now = context.currentSystemTimeMs();
        if (isAwaited(record.value()) && now - appended <= FRESH.toMillis()) {
            owed = true;
            if (now - lastAsked >= SHORTEST_INTERVAL.toMillis()) {
                settle(context, now);
            }
        }
    }

    private void settle(ProcessorContext<String, Routed> context, long now) {
        if (owed) {
            context.commit();
            owed = false;
            lastAsked = now;
        }
    }

    /** Sign-ins and use come in great numbers, and are evaluated later, many at once; a pair of ids comes beside what told it. */
    private static boolean isAwaited(Routed routed) {
        if (routed instanceof Routed.Fact fact) {
            return !RollUps.takes(fact.event());
        }
        if (routed instanceof Routed.Identity identity) {
            return IdentityPairs.learned(identity.event()).isEmpty() && !RollUps.takes(identity.event());
        }
        if (routed instanceof Routed.Actor actor) {
            return !(actor.message() instanceof SightingBatch);
        }
        return !(routed instanceof Routed.Quarantine || routed instanceof Routed.Progress);
    }

    private static long appended(Record<String, Routed> record) {
        return APPENDED.read(record.headers()).orElseGet(() -> IngestTime.of(record.headers())
                .map(Instant::toEpochMilli)
                .orElse(record.timestamp()));
    }

    /** A fact tells the step after the next topic how old it is; an alert's headers came from its fact, and end here. */
    private static Record<String, Routed> labelled(Record<String, Routed> record, long appended) {
        if (record.value() instanceof Routed.Raised || record.value() instanceof Routed.Published) {
            return record.withHeaders(new RecordHeaders());
        }
        boolean told = IngestTime.of(record.headers()).isPresent();
        if (told || !(record.value() instanceof Routed.Fact)) {
            return record;
        }
        return record.withHeaders(APPENDED.with(record.headers(), appended));
    }
}

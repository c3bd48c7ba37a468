package io.rolecall.topology;

import io.rolecall.schema.state.SightingBatch;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what a step sends, and asks for a commit where an alert may wait for it: exactly-once shows nothing to the next step
 * before a commit, and a commit sends what the producer still holds back. So a fact that has just been logged becomes an alert
 * within some milliseconds, while a backlog, which nobody waits for, is read at the pace of {@code commit.interval.ms}; see {@code
 * docs/decisions/kafka-streams-settings.md}.
 */
final class PromptCommit implements Processor<String, Routed, String, Routed> {

    /** What was appended longer ago is part of a backlog. Clocks of brokers and instances may differ by less than this. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** A commit takes some milliseconds, in which nothing is read: many facts, one after the other, share one. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(4);

    private @Nullable ProcessorContext<String, Routed> context;
    private long lastAsked;

    @Override
    public void init(ProcessorContext<String, Routed> processorContext) {
        this.context = processorContext;
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka calls init first
    public void process(Record<String, Routed> record) {
        // An alert's headers are those of the fact that raised it, and are for this step alone.
        context.forward(record.value() instanceof Routed.Raised ? record.withHeaders(new RecordHeaders()) : record);
        long now = context.currentSystemTimeMs();
        if (now - lastAsked >= SHORTEST_INTERVAL.toMillis() && isAwaited(record.value()) && isFresh(record, now)) {
            context.commit();
            lastAsked = now;
        }
    }

    /** Sign-ins and use come in great numbers, and are judged later, many at once. */
    private static boolean isAwaited(Routed routed) {
        if (routed instanceof Routed.Fact fact) {
            return !RollUps.takes(fact.event());
        }
        if (routed instanceof Routed.Actor actor) {
            return !(actor.message() instanceof SightingBatch);
        }
        return !(routed instanceof Routed.Quarantine);
    }

    private static boolean isFresh(Record<String, Routed> record, long now) {
        long appended =
                IngestTime.of(record.headers()).map(Instant::toEpochMilli).orElse(record.timestamp());
        return now - appended <= FRESH.toMillis();
    }
}

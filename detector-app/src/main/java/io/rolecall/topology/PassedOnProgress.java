package io.rolecall.topology;

import io.rolecall.schema.SourceMark;
import io.rolecall.schema.SourceProgress;
import io.rolecall.state.EventDays;
import io.rolecall.state.LowWatermark;
import io.rolecall.state.SourceTopic;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a step between decoding and the history passes on: the low watermark of what it has taken, once nothing waits in it any more
 * that came before. It stands for the partition of the internal topic that the step reads.
 */
final class PassedOnProgress {

    private final String application;
    private final Sources sources;
    private final String topic;
    private final int partition;
    private final Deque<Step> steps = new ArrayDeque<>();
    private Optional<Instant> told = Optional.empty();

    /** Where the watermark stood from when on. */
    private record Step(long sinceMillis, Instant time) {}

    /**
     * Of one task.
     *
     * @param application id of the application
     * @param topic the internal topic that it reads
     */
    PassedOnProgress(String application, Sources sources, String topic, int partition) {
        this.application = application;
        this.sources = sources;
        this.topic = topic;
        this.partition = partition;
    }

    /** Takes notice of where the watermark stands. */
    void stands(LowWatermark watermark, long nowMillis) {
        Instant time = watermark.time();
        if (time.isAfter(Instant.MIN)
                && (steps.isEmpty() || time.isAfter(steps.getLast().time()))) {
            steps.addLast(new Step(nowMillis, time));
        }
    }

    /**
     * What is to be told, if it is more than before.
     *
     * @param waitingSinceMillis since when the first of the facts has waited that still wait; empty when none does
     */
    Optional<SourceProgress> news(OptionalLong waitingSinceMillis) {
        Optional<SourceTopic> known = sources.find(topic);
        Optional<Instant> reached = reached(waitingSinceMillis);
        if (known.isEmpty() || reached.isEmpty() || reached.equals(told)) {
            return Optional.empty();
        }
        told = reached;
        return Optional.of(new SourceProgress(
                application,
                List.of(SourceMark.newBuilder()
                        .setTopic(topic)
                        .setTopicId(known.orElseThrow().id())
                        .setPartition(partition)
                        .setReadUpTo(EventDays.nanos(reached.orElseThrow()))
                        .setHolds(true)
                        .build())));
    }

    private Optional<Instant> reached(OptionalLong waitingSinceMillis) {
        long before = waitingSinceMillis.orElse(Long.MAX_VALUE);
        Optional<Instant> reached = Optional.empty();
        while (!steps.isEmpty() && steps.getFirst().sinceMillis() < before) {
            reached = Optional.of(steps.getFirst().time());
            if (steps.size() == 1) {
                break; // kept, so that what is told next is compared with it
            }
            steps.removeFirst();
        }
        return reached;
    }
}

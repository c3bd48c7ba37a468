package io.rolecall.topology;

import io.rolecall.event.Operations;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SourceMark;
import io.rolecall.schema.SourceProgress;
import io.rolecall.state.EventDays;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * How far a step has read, on its way to the steps behind it: through the topics that the facts take, on every partition and in the
 * same transaction, so that it never overtakes a fact.
 */
final class ProgressRecords {

    private static final String NOBODY = "-";

    private ProgressRecords() {}

    /** Whether a record of the facts' topic tells this, and no fact. */
    static boolean isOne(AppEvent event) {
        return event.getProgress().isPresent();
    }

    static void forward(
            ProcessorContext<String, Routed> context, String step, SourceProgress progress, long nowMillis) {
        String key = "progress:" + step + "/" + context.taskId().partition();
        context.forward(new Record<>(key, new Routed.Progress(progress), nowMillis));
    }

    /** As a record of the facts' topic. Its time is the largest that it tells, or the epoch. */
    static AppEvent event(SourceProgress progress) {
        Instant newest = progress.getMarks().stream()
                .flatMap(mark -> mark.getReadUpTo().stream())
                .max(Long::compare)
                .map(EventDays::ofNanos)
                .orElse(Instant.EPOCH);
        SourceMark first = progress.getMarks().get(0);
        return AppEvent.newBuilder()
                .setEventId(Operations.SOURCE_PROGRESS)
                .setSource(NOBODY)
                .setEnvelope(NOBODY)
                .setOperation(Operations.SOURCE_PROGRESS)
                .setRawOperation(Operations.SOURCE_PROGRESS)
                .setEventTime(newest)
                .setTenantId(NOBODY)
                .setOutcome("success")
                .setActor(Actor.newBuilder().setType("unknown").build())
                .setPosition(first.getTopic() + "/" + first.getPartition())
                .setProgress(progress)
                .build();
    }

    /** To every partition of the facts' topic, or the one of object ids; a fact to the one of its key. */
    static StreamPartitioner<String, AppEvent> ofFacts() {
        return (topic, key, event, partitions) -> isOne(event) ? all(partitions) : Optional.empty();
    }

    /** The same of the topic by actors. */
    static StreamPartitioner<String, SpecificRecord> ofActors() {
        return (topic, key, message, partitions) ->
                message instanceof SourceProgress ? all(partitions) : Optional.empty();
    }

    private static Optional<Set<Integer>> all(int partitions) {
        return Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
    }
}

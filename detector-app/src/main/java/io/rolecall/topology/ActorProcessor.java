package io.rolecall.topology;

import io.rolecall.schema.SourceProgress;
import io.rolecall.schema.state.AddressRequest;
import io.rolecall.schema.state.SightingBatch;
import io.rolecall.state.ActorStore;
import io.rolecall.state.EventDays;
import io.rolecall.state.LowWatermark;
import io.rolecall.state.Names;
import io.rolecall.state.Retention;
import io.rolecall.state.Sighting;
import io.rolecall.state.SightingCodec;
import io.rolecall.state.StoreFormats;
import io.rolecall.state.TaskClock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The actor step, keyed by buckets of actors: where an act carries no usable address, the actor's sightings around it are written
 * to the history that asked, as later facts. Sightings and requests are both kept, so either may come first.
 */
final class ActorProcessor extends OpenedProcessor<String, SpecificRecord, String, Routed, ActorProcessor.Task> {

    /** What one task works with. */
    record Task(
            ProcessorContext<String, Routed> context,
            StoreFormats formats,
            ActorStore store,
            TaskClock clock,
            LowWatermark watermark,
            PassedOnProgress progress) {}

    private final Duration borrowWithin;
    private final Retention retention;
    private final Watermarks watermarks;

    ActorProcessor(Duration borrowWithin, Retention retention, Watermarks watermarks) {
        this.borrowWithin = borrowWithin;
        this.retention = retention;
        this.watermarks = watermarks;
    }

    @Override
    Task open(ProcessorContext<String, Routed> context) {
        LowWatermark watermark = watermarks.ofDecoded(context.getStateStore(Names.ACTORS));
        Task task = new Task(
                context,
                StoreFormats.of(context, Names.ACTORS),
                new ActorStore(context.getStateStore(Names.ACTORS)),
                new TaskClock(watermark, retention),
                watermark,
                watermarks.passedOn(context, Names.ACTOR_REPARTITION));
        task.progress().stands(watermark, context.currentSystemTimeMs());
        if (watermarks.areUsed()) {
            every(context, Watermarks.TELL_EVERY, now -> passOn(task, now));
        }
        return task;
    }

    @Override
    void process(Task task, Record<String, SpecificRecord> record) {
        task.formats().write();
        if (record.value() instanceof SightingBatch batch) {
            for (Sighting sighting : SightingCodec.read(batch)) {
                StepFailures.run(
                        task.context(),
                        "resolve-addresses",
                        sighting::fact,
                        record.timestamp(),
                        () -> sighted(task, sighting, record.timestamp()));
            }
        } else if (record.value() instanceof AddressRequest request) {
            requested(task, request, record.timestamp());
        } else if (record.value() instanceof SourceProgress progress) {
            advance(task, progress);
        }
    }

    private void sighted(Task task, Sighting sighting, long timestamp) {
        task.store().add(sighting).ifPresent(slot -> task.store()
                .requests(slot, borrowWithin)
                .forEach(request -> tell(task, slot, request, timestamp)));
    }

    private void requested(Task task, AddressRequest request, long timestamp) {
        if (task.store().add(request)) {
            Instant from = EventDays.minus(request.getAt(), borrowWithin);
            Instant to = EventDays.plus(request.getAt(), borrowWithin);
            task.store()
                    .sightings(request.getTenantId(), request.getActorKey(), from, to)
                    .forEach(slot -> tell(task, slot, request, timestamp));
        }
    }

    private void tell(Task task, Sighting slot, AddressRequest request, long timestamp) {
        Sighting address = request.getMainKey().isEmpty() ? slot : slot.as(request.getMainKey());
        task.context().forward(new Record<>(request.getSubjectKey(), new Routed.Fact(address.fact()), timestamp));
    }

    /** Expires when a day of event time begins: what the oldest acts of any history may still ask for is kept. */
    private static void advance(Task task, SourceProgress progress) {
        if (task.clock().take(progress)) {
            task.store().expire(task.clock().sightingsFrom());
        }
        task.progress().stands(task.watermark(), task.context().currentSystemTimeMs());
    }

    /** Nothing waits here: what was found has been sent on before. */
    private static void passOn(Task task, long nowMillis) {
        task.progress()
                .news(OptionalLong.empty())
                .ifPresent(
                        progress -> ProgressRecords.forward(task.context(), "resolve-addresses", progress, nowMillis));
    }
}

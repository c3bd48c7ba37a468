package io.rolecall.topology;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.AddressRequest;
import io.rolecall.schema.state.SightingBatch;
import io.rolecall.state.ActorKeys;
import io.rolecall.state.ActorStore;
import io.rolecall.state.EventDays;
import io.rolecall.state.Names;
import io.rolecall.state.Retention;
import io.rolecall.state.Sightings;
import io.rolecall.state.StoreFormats;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The actor step, keyed by buckets of actors: where an act carries no usable address, the actor's sightings around it are written
 * to the history that asked, as later facts. Sightings and requests are both kept, so either may come first.
 */
final class ActorProcessor extends OpenedProcessor<String, SpecificRecord, String, Routed, ActorProcessor.Task> {

    /** What one task works with. */
    record Task(ProcessorContext<String, Routed> context, StoreFormats formats, ActorStore store) {}

    private final Duration borrowWithin;
    private final Retention retention;

    ActorProcessor(Duration borrowWithin, Retention retention) {
        this.borrowWithin = borrowWithin;
        this.retention = retention;
    }

    @Override
    Task open(ProcessorContext<String, Routed> context) {
        return new Task(
                context, StoreFormats.of(context, Names.ACTORS), new ActorStore(context.getStateStore(Names.ACTORS)));
    }

    @Override
    void process(Task task, Record<String, SpecificRecord> record) {
        task.formats().write();
        if (record.value() instanceof SightingBatch batch) {
            for (AppEvent sighting : batch.getSightings()) {
                StepFailures.run(
                        task.context(),
                        "resolve-addresses",
                        sighting,
                        record.timestamp(),
                        () -> sighted(task, sighting, record.timestamp()));
            }
        } else if (record.value() instanceof AddressRequest request) {
            requested(task, request, record.timestamp());
        }
    }

    private void sighted(Task task, AppEvent sighting, long timestamp) {
        advance(task, sighting);
        String actor = ActorKeys.actor(
                sighting.getTenantId(), Sightings.address(sighting).getActorKey());
        task.store().add(actor, sighting).ifPresent(slot -> task.store()
                .requests(actor, Sightings.address(slot), borrowWithin)
                .forEach(request -> tell(task, slot, request, timestamp)));
    }

    private void requested(Task task, AddressRequest request, long timestamp) {
        String actor = ActorKeys.actor(request.getTenantId(), request.getActorKey());
        if (task.store().add(actor, request)) {
            Instant from = EventDays.minus(request.getAt(), borrowWithin);
            Instant to = EventDays.plus(request.getAt(), borrowWithin);
            task.store().sightings(actor, from, to).forEach(slot -> tell(task, slot, request, timestamp));
        }
    }

    private void tell(Task task, AppEvent slot, AddressRequest request, long timestamp) {
        AppEvent address = request.getMainKey().isEmpty() ? slot : Sightings.as(slot, request.getMainKey());
        task.context().forward(new Record<>(request.getSubjectKey(), new Routed.Fact(address), timestamp));
    }

    /** Expires when a day of event time begins: what the oldest acts of any history may still ask for is kept. */
    private void advance(Task task, AppEvent sighting) {
        if (retention.bounded() && task.store().advance(sighting.getEventTime())) {
            task.store().expire(retention.keptFrom(task.store().newest()));
        }
    }
}

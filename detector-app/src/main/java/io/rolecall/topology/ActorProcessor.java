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
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The actor step, keyed by buckets of actors: where an act carries no usable address, the actor's sightings around it are written
 * to the history that asked, as later facts. Sightings and requests are both kept, so either may come first.
 */
final class ActorProcessor implements Processor<String, SpecificRecord, String, Routed> {

    private final Duration borrowWithin;
    private final Retention retention;
    private @Nullable ProcessorContext<String, Routed> context;
    private @Nullable ActorStore store;
    private @Nullable StoreFormats formats;

    ActorProcessor(Duration borrowWithin, Retention retention) {
        this.borrowWithin = borrowWithin;
        this.retention = retention;
    }

    @Override
    public void init(ProcessorContext<String, Routed> processorContext) {
        this.context = processorContext;
        this.formats = StoreFormats.of(processorContext, Names.ACTORS);
        this.store = new ActorStore(processorContext.getStateStore(Names.ACTORS));
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka calls init first
    public void process(Record<String, SpecificRecord> record) {
        formats.write();
        if (record.value() instanceof SightingBatch batch) {
            for (AppEvent sighting : batch.getSightings()) {
                Containment.run(
                        context,
                        "resolve-addresses",
                        sighting,
                        record.timestamp(),
                        () -> sighted(sighting, record.timestamp()));
            }
        } else if (record.value() instanceof AddressRequest request) {
            requested(request, record.timestamp());
        }
    }

    @SuppressWarnings("NullAway") // as above
    private void sighted(AppEvent sighting, long timestamp) {
        advance(sighting);
        String actor = ActorKeys.actor(
                sighting.getTenantId(), Sightings.address(sighting).getActorKey());
        store.add(actor, sighting).ifPresent(slot -> store.requests(actor, Sightings.address(slot), borrowWithin)
                .forEach(request -> tell(slot, request, timestamp)));
    }

    @SuppressWarnings("NullAway") // as above
    private void requested(AddressRequest request, long timestamp) {
        String actor = ActorKeys.actor(request.getTenantId(), request.getActorKey());
        if (store.add(actor, request)) {
            Instant from = EventDays.minus(request.getAt(), borrowWithin);
            Instant to = EventDays.plus(request.getAt(), borrowWithin);
            store.sightings(actor, from, to).forEach(slot -> tell(slot, request, timestamp));
        }
    }

    @SuppressWarnings("NullAway") // as above
    private void tell(AppEvent slot, AddressRequest request, long timestamp) {
        AppEvent address = request.getMainKey().isEmpty() ? slot : Sightings.as(slot, request.getMainKey());
        context.forward(new Record<>(request.getSubjectKey(), new Routed.Fact(address), timestamp));
    }

    /** Expires when a day of event time begins: what the oldest acts of any history may still ask for is kept. */
    @SuppressWarnings("NullAway") // as above
    private void advance(AppEvent sighting) {
        if (retention.bounded() && store.advance(sighting.getEventTime())) {
            store.expire(retention.keptFrom(store.newest()));
        }
    }
}

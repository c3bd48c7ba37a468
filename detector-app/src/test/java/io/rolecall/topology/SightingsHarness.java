package io.rolecall.topology;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Interval;
import io.rolecall.detection.ResolvedAddress;
import io.rolecall.event.Subject;
import io.rolecall.network.AddressTable;
import io.rolecall.network.PrefixAddressTable;
import io.rolecall.policy.Policy;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.UserDay;
import io.rolecall.state.Memories;
import io.rolecall.state.MemoryNeeds;
import io.rolecall.state.Names;
import io.rolecall.state.RecentSightings;
import io.rolecall.state.Retention;
import io.rolecall.state.SubjectStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The way of an address from decoded events to the acts it is resolved for: decode step, actor step and history, without a topology. */
final class SightingsHarness implements AutoCloseable {

    static final Duration WITHIN = Duration.ofHours(1);

    private static final AddressTable NETWORKS = PrefixAddressTable.of(List.of(DetectorHarness.OFFICE));

    private final Policy policy = DetectorHarness.policy();
    private final AddressRequests asking = new AddressRequests(policy.permissionSets());
    private final KeyValueStore<Bytes, byte[]> actorStore = memory(Names.ACTORS);
    private final KeyValueStore<Bytes, byte[]> history = memory(Names.HISTORY);
    private final KeyValueStore<Bytes, byte[]> profiles = memory(Names.PROFILES);
    private final MockProcessorContext<String, Routed> resolved = new MockProcessorContext<>();
    private final SubjectStores stores = new SubjectStores(
            history, profiles, new Memories(MemoryNeeds.NONE, memory(Names.BASELINES), memory(Names.USE_COUNTS)));
    private final ActorProcessor actors = new ActorProcessor(
            WITHIN,
            Retention.of(DetectorConfig.DEFAULT.forFiles(), Catalogue.shipped(), policy),
            new Watermarks(DetectorConfig.DEFAULT.forFiles(), new LogsForTests()));
    private int requests;

    SightingsHarness() {
        resolved.setCurrentSystemTimeMs(0);
        Stream.of(actorStore, history, profiles).forEach(store -> {
            store.init(resolved.getStateStoreContext(), store);
            resolved.addStateStore(store);
        });
        actors.init(resolved);
    }

    /** The events of one record of raw logs. */
    void record(List<AppEvent> events) {
        MockProcessorContext<String, Routed> decoded = new MockProcessorContext<>();
        DecodedBatch batch = new DecodedBatch(
                FactReaders.of(
                        Catalogue.shipped(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        new PeopleFacts(io.rolecall.detection.Probe.only(), policy)),
                new RecentNames(),
                asking,
                new Questions(Catalogue.shipped(), policy),
                DetectorObserver.NONE);
        events.forEach(event -> batch.decoded(List.of(event)));
        batch.forward(decoded, new RecentConsents(), new RecentSightings(), 0);
        for (var forwarded : decoded.forwarded()) {
            Routed routed = forwarded.record().value();
            if (routed instanceof Routed.Fact fact) {
                take(forwarded.record().key(), fact.event());
            } else if (routed instanceof Routed.Actor message) {
                actor(forwarded.record().key(), message.message());
            }
        }
    }

    private void actor(String bucket, SpecificRecord message) {
        requests += message instanceof io.rolecall.schema.state.AddressRequest ? 1 : 0;
        actors.process(new Record<>(bucket, message, 0));
        List<MockProcessorContext.CapturedForward<? extends String, ? extends Routed>> facts =
                List.copyOf(resolved.forwarded());
        resolved.resetForwards();
        facts.forEach(
                fact -> take(fact.record().key(), ((Routed.Fact) fact.record().value()).event()));
    }

    private void take(String key, AppEvent fact) {
        Subject subject = Subject.ofKey(key, fact.getTenantId());
        FactIntake.take(stores, subject, stores.profiles().get(subject), fact, policy.permissionSets());
    }

    /** The acts of an application as its history holds them. */
    List<AppEvent> acts(Subject application) {
        ApplicationHistory view = (ApplicationHistory) stores.view(application).orElseThrow();
        List<AppEvent> acts = new ArrayList<>(view.acts());
        for (UserDay day : view.userDays(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"), Integer.MAX_VALUE)) {
            acts.addAll(day.getActs());
        }
        return acts;
    }

    ResolvedAddress addressOf(Subject application, AppEvent act) {
        return new DetectionInput(
                        stores.view(application).orElseThrow(),
                        policy.settings("single-tenant-app-abuse"),
                        policy,
                        NETWORKS,
                        WITHIN,
                        Interval.ALL)
                .addressOf(act);
    }

    SubjectStores stores() {
        return stores;
    }

    /** Messages to the actor step that asked for an address. */
    int requests() {
        return requests;
    }

    /** Bytes in the actor step's store. */
    long bytesOfActors() {
        long bytes = 0;
        try (var all = actorStore.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                bytes += entry.key.get().length + entry.value.length;
            }
        }
        return bytes;
    }

    @Override
    public void close() {
        Stream.of(actorStore, history, profiles).forEach(KeyValueStore::close);
    }

    private static KeyValueStore<Bytes, byte[]> memory(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
    }
}

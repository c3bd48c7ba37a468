package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.policy.Policy;
import io.rolecall.schema.state.SightingBatch;
import io.rolecall.source.LogDecoder;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.NeededOperations;
import io.rolecall.state.Names;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Kafka Streams closes a task whose transaction it aborts, and begins it anew on the records of that transaction. What the task sent
 * before is gone then, and has to be sent again.
 */
class ReopenedDecodeTest {

    private static final String IP = "198.51.100.7";

    private final MockProcessorContext<String, Routed> context = new MockProcessorContext<>();
    private final KeyValueStore<String, Long> counts = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(Names.DECODE_COUNTS), Serdes.String(), Serdes.Long())
            .withLoggingDisabled()
            .build();
    private final DecodeProcessor decode = processor();

    private static DecodeProcessor processor() {
        Policy policy = DetectorHarness.policy();
        DetectorConfig config = DetectorConfig.DEFAULT;
        return new DecodeProcessor(
                new LogDecoder(
                        DecodeSettings.DEFAULT,
                        NeededOperations.of(Catalogue.shipped().operations())),
                FactReaders.of(
                        Catalogue.shipped(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        new PeopleFacts(Catalogue.shipped(), policy)),
                new AddressRequests(policy.permissionSets()),
                new Questions(Catalogue.shipped(), policy),
                DetectorObserver.NONE,
                new Watermarks(config, new LogsForTests()),
                Optional.empty());
    }

    @BeforeEach
    void begin() {
        context.setCurrentSystemTimeMs(0);
        counts.init(context.getStateStoreContext(), counts);
        context.addStateStore(counts);
        decode.init(context);
    }

    @AfterEach
    void end() {
        decode.close();
        counts.close();
    }

    private long sightingsOf(String time) {
        String signIn = RawEvents.signIn(RawEvents.ADMIN_ID, RawEvents.ADMIN, time, IP);
        context.resetForwards();
        context.setRecordMetadata("logs", 0, 0);
        decode.process(new Record<>(new byte[0], signIn.getBytes(StandardCharsets.UTF_8), 1_800_000_000_000L));
        return context.forwarded().stream()
                .map(forwarded -> forwarded.record().value())
                .filter(routed -> routed instanceof Routed.Actor actor && actor.message() instanceof SightingBatch)
                .count();
    }

    @Test
    void only_what_widens_a_slot_is_sent_again() {
        // Given
        long first = sightingsOf("2026-01-05T09:02:00Z");

        // When
        long again = sightingsOf("2026-01-05T09:02:00Z");
        long later = sightingsOf("2026-01-05T09:05:00Z");
        long within = sightingsOf("2026-01-05T09:03:00Z");
        long earlier = sightingsOf("2026-01-05T09:01:00Z");

        // Then
        assertThat(first).isPositive();
        assertThat(again).isZero();
        assertThat(later).isEqualTo(first);
        assertThat(within).isZero();
        assertThat(earlier).isEqualTo(first);
    }

    @Test
    void a_task_that_begins_again_sends_what_an_aborted_transaction_sent() {
        // Given
        long before = sightingsOf("2026-01-05T09:02:00Z");
        decode.close();

        // When
        decode.init(context);

        // Then
        assertThat(sightingsOf("2026-01-05T09:02:00Z")).isPositive().isEqualTo(before);
    }
}

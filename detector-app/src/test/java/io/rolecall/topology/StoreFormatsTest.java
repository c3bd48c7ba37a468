package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolecall.inprocess.HeapFirstStore;
import io.rolecall.state.Names;
import io.rolecall.state.StoreFormatException;
import io.rolecall.state.StoreFormats;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreFormatsTest {

    private final MockProcessorContext<String, Routed> context = new MockProcessorContext<>();
    private final HeapFirstStore history = new HeapFirstStore(Names.HISTORY, Long.MAX_VALUE);
    private final KeyValueStore<String, Long> counts = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(Names.HISTORY_COUNTS), Serdes.String(), Serdes.Long())
            .withLoggingDisabled()
            .withCachingDisabled()
            .build();

    @BeforeEach
    void openStores() {
        counts.init(context.getStateStoreContext(), counts);
        context.addStateStore(history);
    }

    private StoreFormats compare() {
        return StoreFormats.compare(context, List.of(Names.HISTORY), List.of(Names.HISTORY_COUNTS));
    }

    @Test
    void new_stores_get_their_number_with_the_first_record_and_not_before() {
        // Given
        StoreFormats formats = compare();
        assertThat(history.get(StoreFormats.KEY)).isNull();

        // When
        formats.write();
        formats.write();

        // Then
        assertThat(ByteBuffer.wrap(history.get(StoreFormats.KEY)).getInt()).isEqualTo(5);
        assertThat(counts.get(StoreFormats.COUNTER)).isEqualTo(3);
    }

    @Test
    void stores_of_this_format_are_used_again() {
        // Given
        compare().write();
        history.put(entry(), new byte[] {1});
        counts.put("new", 3L);

        // When
        compare().write();

        // Then
        assertThat(history.get(entry())).isEqualTo(new byte[] {1});
        assertThat(counts.get("new")).isEqualTo(3);
    }

    @Test
    void a_store_of_another_format_is_refused_with_both_numbers() {
        // Given
        history.put(
                StoreFormats.KEY, ByteBuffer.allocate(Integer.BYTES).putInt(6).array());

        // When, Then
        assertThatExceptionOfType(StoreFormatException.class)
                .isThrownBy(this::compare)
                .withMessageContaining("'history'")
                .withMessageContaining("has format 6")
                .withMessageContaining("reads format 5");
    }

    @Test
    void entries_without_a_number_are_refused() {
        // Given
        history.put(entry(), new byte[] {1});

        // When, Then
        assertThatExceptionOfType(StoreFormatException.class)
                .isThrownBy(this::compare)
                .withMessageContaining("'history'")
                .withMessageContaining("no format number");
    }

    @Test
    void counters_without_a_number_are_refused() {
        // Given
        counts.put("new", 3L);

        // When, Then
        assertThatExceptionOfType(StoreFormatException.class)
                .isThrownBy(this::compare)
                .withMessageContaining("'history-counts'");
    }

    @Test
    void every_store_carries_its_number_before_all_other_entries() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // When
            detector.feed(
                            RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", "198.51.100.7"),
                            RawEvents.addDelegatedGrant("crm", "Mail.Read", "2026-03-02T10:00:00Z", ""),
                            RawEvents.signIn(
                                    RawEvents.ADMIN_ID, RawEvents.ADMIN, "2026-03-02T09:50:00Z", "198.51.100.7"))
                    .alerts();

            // Then
            for (String name :
                    List.of(Names.HISTORY, Names.PROFILES, Names.ALERTS, Names.PENDING, Names.IDENTITY, Names.ACTORS)) {
                KeyValueStore<Bytes, byte[]> store =
                        detector.detector().driver().getKeyValueStore(name);
                try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
                    assertThat(all.next().key).as(name).isEqualTo(StoreFormats.KEY);
                }
            }
            for (String name : List.of(Names.DECODE_COUNTS, Names.HISTORY_COUNTS)) {
                KeyValueStore<String, Long> store = detector.detector().driver().getKeyValueStore(name);
                assertThat(store.get(StoreFormats.COUNTER)).as(name).isEqualTo(3);
            }
        }
    }

    private static Bytes entry() {
        return Bytes.wrap(new byte[] {'a', 1});
    }
}

package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.rolecall.inprocess.HeapFirstStore;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;

class GenerationTest {

    private static final long NOW = 1_780_000_000_000L;

    private final HeapFirstStore alerts = new HeapFirstStore(Names.ALERTS, Long.MAX_VALUE);

    @Test
    void a_state_that_has_not_begun_has_no_generation() {
        // Given
        Generation generation = new Generation(alerts);

        // When, Then
        assertThat(generation.hasBegun()).isFalse();
        assertThatIllegalStateException().isThrownBy(generation::millis);
    }

    @Test
    void a_generation_is_the_time_at_which_it_began_and_no_later_time() {
        // Given
        Generation generation = new Generation(alerts);

        // When
        generation.begin(NOW);
        generation.begin(NOW + 1);

        // Then
        assertThat(generation.millis()).isEqualTo(NOW);
    }

    @Test
    void a_task_that_takes_the_state_over_goes_on_with_its_generation() {
        // Given
        new Generation(alerts).begin(NOW);
        Generation after = new Generation(alerts);

        // When
        after.begin(NOW + 60_000);

        // Then
        assertThat(after.millis()).isEqualTo(NOW);
    }

    @Test
    void it_lies_before_every_alert_and_beside_the_number_of_the_format() {
        // Given
        alerts.put(StoreFormats.KEY, new byte[] {4});
        alerts.put(Bytes.wrap(StoreKeys.firstSubject()), new byte[] {1});

        // When
        new Generation(alerts).begin(NOW);

        // Then
        try (KeyValueIterator<Bytes, byte[]> all = alerts.all()) {
            assertThat(all.next().key).isEqualTo(StoreFormats.KEY);
            assertThat(all.next().key).isEqualTo(Generation.KEY);
            assertThat(all.next().key.get()).isEqualTo(StoreKeys.firstSubject());
        }
    }
}

package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EventDaysTest {

    @Property
    void every_number_of_nanoseconds_is_a_time_that_gives_it_back(@ForAll long nanos) {
        // When
        Instant time = EventDays.ofNanos(nanos);

        // Then
        assertThat(EventDays.nanos(time)).isEqualTo(nanos);
    }

    @Test
    void times_beyond_are_the_first_and_the_last() {
        // When, Then
        assertThat(EventDays.nanos(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
        assertThat(EventDays.nanos(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    }
}

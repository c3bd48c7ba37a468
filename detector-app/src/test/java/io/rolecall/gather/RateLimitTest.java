package io.rolecall.gather;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(7 * SECOND);

    @Test
    void readers_together_wait_until_all_that_they_read_fits_the_rate() {
        // Given
        RateLimit limit = new RateLimit(1_000, now::get);

        // When
        long first = limit.reserve(500);
        long second = limit.reserve(1_500);
        now.set(20 * SECOND);
        long afterARest = limit.reserve(1_000);

        // Then
        assertThat(first).isEqualTo(7 * SECOND + SECOND / 2);
        assertThat(second).isEqualTo(9 * SECOND);
        assertThat(afterARest).isEqualTo(21 * SECOND);
    }

    @Test
    void without_a_limit_nobody_waits() {
        // Given
        RateLimit limit = new RateLimit(0, now::get);

        // When
        limit.took(Long.MAX_VALUE);

        // Then
        assertThat(now).hasValue(7 * SECOND);
    }
}

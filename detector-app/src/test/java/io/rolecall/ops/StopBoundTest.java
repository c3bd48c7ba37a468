package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StopBoundTest {

    private static final StopBound.Step STREAMS = step("the streams", "their work is done again");
    private static final StopBound.Step BROKER = step("the broker", "its data are repaired");
    private static final StopBound.Step HTTP = step("the HTTP server", "");

    private final CountDownLatch never = new CountDownLatch(1);

    private static StopBound.Step step(String name, String otherwise) {
        return new StopBound.Step(name, otherwise, Duration.ZERO);
    }

    @AfterEach
    void release() {
        never.countDown();
    }

    /** Ends with the test. */
    private void hang() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void steps_that_end_leave_nothing_to_say() {
        // Given
        StopBound bound = new StopBound();
        AtomicBoolean done = new AtomicBoolean();

        // When
        bound.run(STREAMS, () -> done.set(true));

        // Then
        assertThat(done).isTrue();
        assertThat(bound.complaint()).isEmpty();
    }

    @Test
    void what_does_not_end_is_left_behind_and_named_with_what_follows() {
        // Given
        StopBound bound = new StopBound(Duration.ofSeconds(1));

        // When
        bound.run(STREAMS, this::hang);

        // Then
        assertThat(bound.complaint())
                .contains("did not stop cleanly within 1 s: the streams had not ended; their work is done again");
    }

    @Test
    void the_steps_share_one_bound_and_each_is_begun() throws InterruptedException {
        // Given
        StopBound bound = new StopBound(Duration.ofMillis(100));
        CountDownLatch begun = new CountDownLatch(3);
        Runnable hanging = () -> {
            begun.countDown();
            hang();
        };

        // When
        bound.run(STREAMS, hanging);
        bound.run(HTTP, hanging);
        bound.run(BROKER, hanging);

        // Then
        assertThat(bound.left(Duration.ZERO)).isEqualTo(Duration.ZERO);
        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(bound.complaint().orElseThrow())
                .endsWith(
                        ": the streams had not ended, the HTTP server had not ended, the broker had not ended; their work"
                                + " is done again; its data are repaired");
    }

    @Test
    void a_stop_that_has_begun_does_not_begin_anew() {
        // Given
        StopBound bound = new StopBound(Duration.ofMillis(100));
        bound.run(STREAMS, this::hang);

        // When
        bound.begin();

        // Then
        assertThat(bound.left(Duration.ZERO)).isEqualTo(Duration.ZERO);
    }

    @Test
    void what_is_reserved_for_later_steps_is_left_when_an_earlier_one_hangs() {
        // Given
        StopBound bound = new StopBound(Duration.ofMinutes(10));
        Duration almostAll = Duration.ofMinutes(10).minusMillis(50);
        AtomicBoolean done = new AtomicBoolean();

        // When
        bound.run(new StopBound.Step("the streams", "", almostAll), this::hang);
        bound.run(HTTP, () -> done.set(true));

        // Then
        assertThat(done).isTrue();
        assertThat(bound.complaint().orElseThrow()).endsWith(": the streams had not ended");
    }

    @Test
    void a_step_that_fails_has_not_ended_in_order_and_the_next_is_done() {
        // Given
        StopBound bound = new StopBound();
        AtomicBoolean done = new AtomicBoolean();

        // When
        bound.run(BROKER, () -> {
            throw new IllegalStateException("a defect");
        });
        bound.run(HTTP, () -> done.set(true));

        // Then
        assertThat(done).isTrue();
        assertThat(bound.complaint().orElseThrow()).endsWith(": the broker could not be closed; its data are repaired");
    }

    @Test
    void a_step_that_says_it_has_not_ended_counts_as_unfinished() {
        // Given
        StopBound bound = new StopBound();

        // When
        bound.call(STREAMS, () -> false);

        // Then
        assertThat(bound.complaint().orElseThrow()).contains("the streams");
    }

    @Test
    void an_interruption_does_not_cut_a_stop_short_and_is_handed_on() {
        // Given
        StopBound bound = new StopBound();
        AtomicBoolean done = new AtomicBoolean();
        Thread.currentThread().interrupt();

        // When
        bound.run(STREAMS, () -> done.set(true));

        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(done).isTrue();
        assertThat(bound.complaint()).isEmpty();
    }
}

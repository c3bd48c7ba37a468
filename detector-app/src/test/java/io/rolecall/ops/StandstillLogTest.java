package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StandstillLogTest {

    private final HandClock clock = new HandClock();
    private final WorkProgress progress = new WorkProgress(clock, Duration.ofMillis(200));
    private final AtomicLong restoring = new AtomicLong();
    private final StandstillLog log =
            new StandstillLog(progress, restoring::get, () -> List.of("a transaction does not end"));

    @RegisterExtension
    private final CapturedLog said = CapturedLog.of(StandstillLog.class.getName());

    private void silent(int seconds) {
        for (int passed = 0; passed < seconds; passed += 5) {
            clock.passSeconds(5);
            log.tell();
        }
    }

    @Test
    void a_standstill_is_told_once_with_what_is_behind_it_and_its_end_once() {
        // When
        silent(300);
        progress.assigned(List.of(new WorkProgress.Task("0_0", true)), true);
        progress.heard(Optional.of(true), Map.of());
        log.tell();
        log.tell();

        // Then
        assertThat(said.said()).hasSize(2);
        assertThat(said.said().get(0).getKeyValuePairs().toString())
                .contains("the broker has not answered for 60 seconds", "a transaction does not end");
        assertThat(said.said().get(1).getFormattedMessage()).isEqualTo("The work goes on");
    }

    @Test
    void state_that_is_being_rebuilt_is_no_standstill_to_warn_of() {
        // Given
        restoring.set(1_000);

        // When
        silent(300);

        // Then
        assertThat(said.said()).isEmpty();
    }
}

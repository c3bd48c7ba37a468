package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StandstillLogTest {

    private final HandClock clock = new HandClock();
    private final WorkProgress progress = new WorkProgress(clock, Duration.ofMillis(200));
    private final AtomicLong restoring = new AtomicLong();
    private final StandstillLog log =
            new StandstillLog(progress, restoring::get, () -> List.of("a transaction does not end"));
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(StandstillLog.class);
    }

    @BeforeEach
    void listen() {
        said.start();
        logger().addAppender(said);
    }

    @AfterEach
    void listen_no_more() {
        logger().detachAppender(said);
    }

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
        assertThat(said.list).hasSize(2);
        assertThat(said.list.get(0).getKeyValuePairs().toString())
                .contains("the broker has not answered for 60 seconds", "a transaction does not end");
        assertThat(said.list.get(1).getFormattedMessage()).isEqualTo("The work goes on");
    }

    @Test
    void state_that_is_being_rebuilt_is_no_standstill_to_warn_of() {
        // Given
        restoring.set(1_000);

        // When
        silent(300);

        // Then
        assertThat(said.list).isEmpty();
    }
}

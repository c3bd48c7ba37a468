package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T10:00:00Z"), ZoneOffset.UTC);

    private final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
    private final Health health = new Health(CLOCK, trouble::get, () -> Map.of("networks", 3));

    @Test
    void a_process_that_checks_its_topics_is_alive_and_not_ready() {
        // When
        Page live = health.liveness();

        // Then
        assertThat(live)
                .isEqualTo(new Page(
                        200,
                        "application/json",
                        "{\"status\":\"alive\",\"state\":\"STARTING\",\"since\":\"2026-06-01T10:00:00Z\"}\n"));
        assertThat(health.readiness().status()).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({
        "CREATED, 0, 200, 503",
        "REBALANCING, 0, 200, 503",
        "REBALANCING, 2, 200, 200",
        "RUNNING, 0, 200, 200",
        "PENDING_SHUTDOWN, 2, 200, 503",
        "PENDING_ERROR, 2, 503, 503",
        "ERROR, 0, 503, 503",
        "NOT_RUNNING, 0, 503, 503"
    })
    void liveness_and_readiness_follow_the_state(State state, int activeTasks, int live, int ready) {
        // Given
        health.watch(State.CREATED, () -> activeTasks);

        // When
        health.onChange(state, State.CREATED);

        // Then
        assertThat(health.liveness().status()).isEqualTo(live);
        assertThat(health.readiness().status()).isEqualTo(ready);
    }

    @ParameterizedTest
    @CsvSource({"RUNNING, 2", "RUNNING, 0", "REBALANCING, 2"})
    void work_that_stands_still_is_not_ready_and_alive(State state, int activeTasks) {
        // Given
        trouble.set(Optional.of("9 records wait for 1 of 2 assigned tasks (0_0)"));
        health.watch(state, () -> activeTasks);

        // When
        Page ready = health.readiness();

        // Then
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.body())
                .contains("\"status\":\"not-ready\"", "\"reason\":\"9 records wait for 1 of 2 assigned tasks (0_0)\"");
        assertThat(health.liveness().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "CREATED, the networks are being read",
        "REBALANCING, no task of this instance is open yet",
        "PENDING_SHUTDOWN, it is being stopped",
        "NOT_RUNNING, it has ended"
    })
    void whoever_is_not_ready_says_why(State state, String reason) {
        // Given
        health.watch(state, () -> 0);

        // When
        Page ready = health.readiness();

        // Then
        assertThat(ready.body()).contains("\"reason\":\"" + reason);
        assertThat(health.liveness().body()).doesNotContain("reason");
    }

    @Test
    void the_reason_of_a_failure_stays_through_the_states_that_follow() {
        // Given
        health.watch(State.RUNNING, () -> 1);
        health.failed("the broker refuses to let this service write to rolecall.alerts");

        // When
        health.onChange(State.ERROR, State.PENDING_ERROR);

        // Then
        assertThat(health.liveness().body())
                .contains("\"status\":\"dead\"", "\"state\":\"ERROR\"", "\"reason\":\"the broker refuses");
    }

    @Test
    void readiness_tells_the_details() {
        // When
        Page page = health.readiness();

        // Then
        assertThat(page.body()).contains("\"status\":\"not-ready\"", "\"networks\":3");
    }
}

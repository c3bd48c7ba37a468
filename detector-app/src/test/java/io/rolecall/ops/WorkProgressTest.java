package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.ops.WorkProgress.Input;
import io.rolecall.ops.WorkProgress.Task;
import io.rolecall.ops.WorkProgress.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkProgressTest {

    private static final Duration SOMETIMES = Duration.ofMillis(200);

    private final HandClock clock = new HandClock();
    private final WorkProgress progress = new WorkProgress(clock, SOMETIMES);

    /** Looks every five seconds, for so long, and finds this each time. */
    private void look(int seconds, List<Task> tasks, Map<String, Input> inputs) {
        for (int passed = 0; passed < seconds; passed += 5) {
            clock.passSeconds(5);
            progress.assigned(tasks, true);
            progress.heard(Optional.of(false), inputs);
        }
    }

    private String reason() {
        return progress.trouble().map(Trouble::reason).orElse("");
    }

    @Test
    void nothing_is_wrong_where_nothing_waits() {
        // When
        look(600, List.of(new Task("0_0", true)), Map.of("0_0", new Input(17, 0)));

        // Then
        assertThat(reason()).isEmpty();
        assertThat(progress.lasting()).isZero();
        assertThat(progress.atWork()).isEqualTo(1);
    }

    @Test
    void what_waits_for_less_than_a_minute_is_nothing_to_speak_of() {
        // Given
        look(5, List.of(new Task("0_0", true)), Map.of("0_0", new Input(17, 0)));

        // When
        look(55, List.of(new Task("0_0", true)), Map.of("0_0", new Input(17, 4)));

        // Then
        assertThat(reason()).isEmpty();
    }

    @Test
    void records_that_wait_for_a_minute_while_none_is_processed_are_a_standstill() {
        // Given
        look(5, List.of(new Task("0_0", true), new Task("0_1", true)), Map.of("0_0", new Input(17, 0)));

        // When
        look(70, List.of(new Task("0_0", true), new Task("0_1", true)), Map.of("0_0", new Input(17, 4)));

        // Then
        assertThat(reason())
                .isEqualTo(
                        "4 records wait for 1 of 2 assigned tasks (0_0), and none of them has been processed for 70 seconds");
        assertThat(progress.lasting()).isEqualTo(Duration.ofSeconds(70));
    }

    @Test
    void a_backlog_that_is_worked_on_is_no_standstill_however_long_it_grows() {
        // When
        for (int round = 1; round <= 100; round++) {
            look(50, List.of(new Task("0_0", true)), Map.of("0_0", new Input(round, 1_000L * round)));
        }

        // Then
        assertThat(reason()).isEmpty();
    }

    @Test
    void one_task_that_stands_still_is_not_hidden_by_others_that_go_on() {
        // When
        for (int round = 1; round <= 3; round++) {
            look(
                    30,
                    List.of(new Task("0_0", true), new Task("1_0", true)),
                    Map.of("0_0", new Input(round, 5), "1_0", new Input(9, 5)));
        }

        // Then
        assertThat(reason()).contains("5 records wait for 1 of 2 assigned tasks (1_0)");
    }

    @Test
    void it_is_over_as_soon_as_something_is_processed() {
        // Given
        look(120, List.of(new Task("0_0", true)), Map.of("0_0", new Input(17, 4)));

        // When
        look(5, List.of(new Task("0_0", true)), Map.of("0_0", new Input(18, 3)));

        // Then
        assertThat(reason()).isEmpty();
    }

    @Test
    void a_task_that_cannot_be_asked_passes_for_a_minute_as_in_a_rebalance_and_no_longer() {
        // Given
        look(5, List.of(new Task("0_0", true), new Task("1_0", true)), Map.of());
        look(55, List.of(new Task("0_0", true), new Task("1_0", false)), Map.of());
        String withinAMinute = reason();

        // When
        look(5, List.of(new Task("0_0", true), new Task("1_0", false)), Map.of());

        // Then
        assertThat(withinAMinute).isEmpty();
        assertThat(reason()).startsWith("1 of 2 assigned tasks (1_0) could not be asked for 60 seconds");
        assertThat(progress.atWork()).isEqualTo(1);
    }

    @Test
    void a_task_that_was_taken_away_is_no_longer_looked_at() {
        // Given
        look(70, List.of(new Task("0_0", true), new Task("1_0", false)), Map.of());

        // When
        look(5, List.of(new Task("0_0", true)), Map.of());

        // Then
        assertThat(reason()).isEmpty();
    }

    @Test
    void a_broker_that_does_not_answer_for_a_minute_is_trouble_though_nobody_knows_what_waits() {
        // Given
        look(5, List.of(new Task("0_0", true)), Map.of("0_0", new Input(17, 0)));

        // When
        clock.passSeconds(60);
        progress.assigned(List.of(new Task("0_0", true)), true);

        // Then
        assertThat(reason())
                .isEqualTo("the broker has not answered for 60 seconds, and nothing can be processed without it");
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 55, 600, 86_400})
    void what_came_while_the_broker_was_away_has_its_time_from_the_return(int away) {
        // Given
        look(5, List.of(new Task("0_0", true)), Map.of("0_0", new Input(17, 0)));
        clock.passSeconds(away);

        // When
        look(50, List.of(new Task("0_0", true)), Map.of("0_0", new Input(17, 4)));
        String withinAMinute = reason();
        look(10, List.of(new Task("0_0", true)), Map.of("0_0", new Input(17, 4)));

        // Then
        assertThat(withinAMinute).isEmpty();
        assertThat(reason()).startsWith("4 records wait");
    }

    @Test
    void nothing_assigned_is_fine_while_others_have_the_tasks_and_not_when_nobody_has() {
        // Given
        progress.assigned(List.of(), true);
        progress.heard(Optional.of(true), Map.of());
        String others = reason();
        progress.heard(Optional.empty(), Map.of());
        String settling = reason();

        // When
        progress.heard(Optional.of(false), Map.of());

        // Then
        assertThat(others).isEmpty();
        assertThat(settling).isEmpty();
        assertThat(reason()).startsWith("no task is assigned to this instance");
    }

    @Test
    void a_site_that_commits_every_five_minutes_is_given_two_of_its_intervals() {
        // Given
        WorkProgress patient = new WorkProgress(clock, Duration.ofMinutes(5));
        patient.assigned(List.of(new Task("0_0", true)), true);
        patient.heard(Optional.of(false), Map.of("0_0", new Input(17, 4)));

        // When
        clock.passSeconds(599);
        patient.heard(Optional.of(false), Map.of("0_0", new Input(17, 4)));
        boolean within = patient.trouble().isPresent();
        clock.passSeconds(1);
        patient.heard(Optional.of(false), Map.of("0_0", new Input(17, 4)));

        // Then
        assertThat(within).isFalse();
        assertThat(patient.lasting()).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void a_start_in_which_no_task_begins_for_a_minute_is_trouble() {
        // Given
        progress.waitForBeginning();

        // When
        for (int passed = 0; passed < 65; passed += 5) {
            clock.passSeconds(5);
            progress.assigned(List.of(), false);
            progress.heard(Optional.empty(), Map.of());
        }

        // Then
        assertThat(reason()).startsWith("no task of this instance has been open for 65 seconds");
        assertThat(progress.lasting()).isEqualTo(Duration.ofSeconds(65));
    }

    @Test
    void of_many_tasks_some_are_named() {
        // Given
        List<Task> tasks = IntStream.range(0, 8)
                .mapToObj(number -> new Task("0_" + number, false))
                .toList();

        // When
        look(65, tasks, Map.of());

        // Then
        assertThat(reason()).startsWith("8 of 8 assigned tasks (0_0, 0_1, 0_2, 0_3, 0_4, ...) could not be asked");
    }
}

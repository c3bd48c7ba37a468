package io.rolecall.ops;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.state.Names;
import io.rolecall.topology.LocalTasks.LocalTask;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LatestCountsTest {

    private static final LocalTask FIRST = decode(0);
    private static final LocalTask SECOND = decode(1);

    private final LatestCounts counts = new LatestCounts();

    private static LocalTask decode(int number) {
        return new LocalTask(
                "0_" + number,
                number,
                Optional.of(Names.DECODE_COUNTS),
                Set.of(new TopicPartition("entra.audit-logs", number)));
    }

    private static Optional<Map<String, Long>> in(long elements) {
        return Optional.of(Map.of("in entra.audit-logs", elements));
    }

    private long in() {
        return requireNonNull(counts.get().orElseThrow().byTopic().get("entra.audit-logs"))
                .in();
    }

    @Test
    void the_first_counters_are_those_of_all_tasks_so_that_a_start_is_no_increase() {
        // When
        counts.refresh(Map.of(FIRST, in(10)), false, Set.of());
        boolean beginning = counts.get().isPresent();
        counts.refresh(Map.of(FIRST, in(10), SECOND, Optional.empty()), true, Set.of());
        boolean half = counts.get().isPresent();
        counts.refresh(Map.of(FIRST, in(10), SECOND, in(5)), true, Set.of());

        // Then
        assertThat(beginning).isFalse();
        assertThat(half).isFalse();
        assertThat(in()).isEqualTo(15);
    }

    @Test
    void a_task_that_cannot_be_asked_keeps_its_last_counters_and_the_others_go_on() {
        // Given
        counts.refresh(Map.of(FIRST, in(10), SECOND, in(5)), true, Set.of());

        // When
        counts.refresh(Map.of(FIRST, in(12), SECOND, Optional.empty()), false, Set.of());

        // Then
        assertThat(in()).isEqualTo(17);
    }

    @Test
    void counters_stay_while_no_task_is_known_any_more_and_nobody_else_has_them() {
        // Given
        counts.refresh(Map.of(FIRST, in(10), SECOND, in(5)), true, Set.of());

        // When
        counts.refresh(Map.of(), false, Set.of());

        // Then
        assertThat(in()).isEqualTo(15);
    }

    @Test
    void a_task_that_another_member_reads_is_counted_there_and_no_longer_here() {
        // Given
        counts.refresh(Map.of(FIRST, in(10), SECOND, in(5)), true, Set.of());

        // When
        counts.refresh(
                Map.of(FIRST, Optional.empty(), SECOND, Optional.empty()),
                false,
                Set.of(new TopicPartition("entra.audit-logs", 1)));

        // Then
        assertThat(in()).isEqualTo(10);
    }

    @Test
    void when_all_threads_run_again_only_what_is_assigned_counts() {
        // Given
        counts.refresh(Map.of(FIRST, in(10), SECOND, in(5)), true, Set.of());

        // When
        counts.refresh(Map.of(SECOND, in(6)), true, Set.of());

        // Then
        assertThat(in()).isEqualTo(6);
    }

    @Test
    void an_instance_without_a_task_counts_nothing_and_says_so() {
        // When
        counts.refresh(Map.of(), true, Set.of());

        // Then
        assertThat(counts.get().orElseThrow().byTopic()).isEmpty();
    }
}

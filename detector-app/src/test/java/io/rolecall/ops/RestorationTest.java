package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.ops.Restoration.Progress;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestorationTest {

    private static final TopicPartition FIRST = new TopicPartition("rolecall-history-changelog", 0);
    private static final TopicPartition SECOND = new TopicPartition("rolecall-history-changelog", 1);

    private final Restoration restoration = new Restoration();

    @Test
    void the_partitions_of_a_store_are_added_up() {
        // Given
        restoration.onRestoreStart(FIRST, "history", 100, 300);
        restoration.onRestoreStart(SECOND, "history", 0, 50);

        // When
        restoration.onBatchRestored(FIRST, "history", 180, 80);

        // Then
        assertThat(restoration.byStore())
                .containsOnlyKeys("history")
                .containsEntry("history", new Progress(2, 80, 250));
        assertThat(restoration.remaining()).isEqualTo(170);
    }

    @Test
    void a_partition_that_is_there_or_was_given_up_no_longer_counts() {
        // Given
        restoration.onRestoreStart(FIRST, "history", 0, 10);
        restoration.onRestoreStart(SECOND, "history", 0, 20);
        restoration.onRestoreEnd(FIRST, "history", 10);

        // When
        restoration.onRestoreSuspended(SECOND, "history", 7);

        // Then
        assertThat(restoration.byStore()).isEmpty();
        assertThat(restoration.remaining()).isZero();
    }
}

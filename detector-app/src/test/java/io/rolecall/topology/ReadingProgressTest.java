package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.SourceMark;
import io.rolecall.schema.SourceProgress;
import io.rolecall.state.Counts;
import io.rolecall.state.EventDays;
import io.rolecall.state.SourceTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a decode task tells of how far it has read. */
class ReadingProgressTest {

    private static final Duration IDLE_AFTER = Duration.ofHours(6);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final SourceTopic AUDIT = SourceTopic.ofLogs("audit", "a1", 2);
    private static final SourceTopic SIGN_INS = SourceTopic.ofLogs("sign-ins", "s1", 1);

    private final LogsForTests logs = new LogsForTests();
    private final KeyValueStore<String, Long> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("counts"), Serdes.String(), Serdes.Long())
            .withLoggingDisabled()
            .build();
    private long now = Duration.ofHours(1).toMillis();

    @BeforeEach
    void openTheStore() {
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
        logs.rawLogs(AUDIT, SIGN_INS);
    }

    private ReadingProgress task(int partition) {
        return new ReadingProgress("rolecall", logs, new Counts(store), IDLE_AFTER, partition, now);
    }

    private void passes(Duration time) {
        now += time.toMillis();
    }

    private Optional<SourceProgress> news(ReadingProgress task) {
        return task.news(now);
    }

    private static String text(SourceMark mark) {
        return mark.getTopic() + "/" + mark.getPartition() + " "
                + mark.getReadUpTo()
                        .map(EventDays::ofNanos)
                        .map(Instant::toString)
                        .orElse("-") + (mark.getHolds() ? " holds" : "");
    }

    @Test
    void it_tells_of_every_partition_that_it_reads_also_of_empty_ones() {
        // When
        Optional<SourceProgress> first = news(task(0));
        Optional<SourceProgress> second = news(task(1));

        // Then
        assertThat(first.orElseThrow().getMarks())
                .map(ReadingProgressTest::text)
                .containsExactly("audit/0 - holds", "sign-ins/0 - holds");
        assertThat(second.orElseThrow().getMarks())
                .map(ReadingProgressTest::text)
                .containsExactly("audit/1 - holds");
    }

    @Test
    void it_tells_nothing_twice() {
        // Given
        ReadingProgress task = task(0);
        task.read("audit", 0, Optional.of(NOON), now);
        news(task);

        // When
        task.read("audit", 1, Optional.of(NOON.minusSeconds(60)), now);
        task.read("audit", 2, Optional.empty(), now);

        // Then
        assertThat(news(task)).isEmpty();
    }

    @Test
    void what_has_not_changed_is_told_again_after_a_while() {
        // Given
        ReadingProgress task = task(0);
        Optional<SourceProgress> first = news(task);

        // When
        passes(Duration.ofMinutes(10));

        // Then
        assertThat(news(task)).isEqualTo(first);
        assertThat(news(task)).isEmpty();
    }

    @Test
    void a_task_without_partitions_tells_nothing() {
        // Given
        logs.rawLogs(SIGN_INS);

        // Then
        assertThat(news(task(1))).isEmpty();
    }

    @Test
    void the_newest_event_is_kept_over_a_restart() {
        // Given
        ReadingProgress before = task(0);
        before.read("audit", 0, Optional.of(NOON), now);
        before.read("audit", 1, Optional.of(NOON.minusSeconds(60)), now);

        // When
        Optional<SourceProgress> news = news(task(0));

        // Then
        assertThat(news.orElseThrow().getMarks().get(0).getReadUpTo().map(EventDays::ofNanos))
                .hasValue(NOON);
    }

    @Test
    void a_topic_that_was_made_anew_begins_anew() {
        // Given
        task(0).read("audit", 0, Optional.of(NOON), now);

        // When
        logs.rawLogs(SourceTopic.ofLogs("audit", "a2", 1));

        // Then
        assertThat(news(task(0)).orElseThrow().getMarks().get(0).getReadUpTo()).isEmpty();
    }

    @Test
    void a_partition_at_its_end_holds_until_it_has_been_quiet_long_enough() {
        // Given
        ReadingProgress task = task(1);
        task.read("audit", 0, Optional.of(NOON), now);
        passes(IDLE_AFTER.minusMillis(1));
        boolean before = news(task).orElseThrow().getMarks().get(0).getHolds();

        // When
        passes(Duration.ofMillis(1));

        // Then
        assertThat(before).isTrue();
        assertThat(news(task).orElseThrow().getMarks().get(0).getHolds()).isFalse();
    }

    @Test
    void a_partition_with_a_backlog_holds_however_long_nothing_comes_of_it() {
        // Given
        logs.end(AUDIT, 1, 7);
        ReadingProgress task = task(1);
        task.read("audit", 5, Optional.of(NOON), now);

        // When
        passes(IDLE_AFTER.multipliedBy(10));

        // Then
        assertThat(news(task).orElseThrow().getMarks().get(0).getHolds()).isTrue();
    }

    @Test
    void one_that_is_written_to_without_anything_to_decode_is_quiet() {
        // Given
        ReadingProgress task = task(1);
        task.read("audit", 0, Optional.of(NOON), now);
        passes(IDLE_AFTER.minusSeconds(30));
        news(task);
        logs.end(AUDIT, 1, 9);
        task.read("audit", 8, Optional.empty(), now);

        // When
        passes(Duration.ofSeconds(30));

        // Then
        assertThat(news(task).orElseThrow().getMarks())
                .extracting(SourceMark::getHolds)
                .isEqualTo(List.of(false));
    }
}

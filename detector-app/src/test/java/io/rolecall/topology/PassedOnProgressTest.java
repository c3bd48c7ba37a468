package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.inprocess.HeapFirstStore;
import io.rolecall.schema.SourceProgress;
import io.rolecall.state.EntryStore;
import io.rolecall.state.EventDays;
import io.rolecall.state.LowWatermark;
import io.rolecall.state.Marks;
import io.rolecall.state.SourceTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a step in between tells of what came in, while facts wait in it. */
class PassedOnProgressTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final SourceTopic AUDIT = SourceTopic.ofLogs("audit", "a1", 1);
    private static final OptionalLong NOTHING_WAITS = OptionalLong.empty();

    private final LogsForTests logs = new LogsForTests();
    private final String topic = logs.all().get(logs.rawLogs().size()).name();
    private final EntryStore store = new EntryStore(new HeapFirstStore("marks", Long.MAX_VALUE));
    private final LowWatermark watermark = new LowWatermark(store, () -> List.of(AUDIT), Duration.ofDays(120));
    private final PassedOnProgress progress = new PassedOnProgress("rolecall", logs, topic, 3);

    private void comesIn(Instant time, long atMillis) {
        watermark.take(Marks.progress(AUDIT, 0, time, true));
        progress.stands(watermark, atMillis);
    }

    private static Optional<Instant> told(Optional<SourceProgress> news) {
        return news.flatMap(known -> known.getMarks().get(0).getReadUpTo()).map(EventDays::ofNanos);
    }

    @Test
    void it_tells_what_came_in_as_of_its_own_partition() {
        // Given
        comesIn(NOON, 1_000);

        // When
        Optional<SourceProgress> news = progress.news(NOTHING_WAITS);

        // Then
        assertThat(news.orElseThrow())
                .isEqualTo(Marks.progress(SourceTopic.ofLogs(topic, topic + "-id", 4), 3, NOON, true));
        assertThat(progress.news(NOTHING_WAITS)).isEmpty();
    }

    @Test
    void it_tells_nothing_that_came_after_a_fact_which_still_waits() {
        // Given
        comesIn(NOON, 1_000);
        comesIn(NOON.plusSeconds(60), 3_000);

        // When
        Optional<SourceProgress> whileOneWaits = progress.news(OptionalLong.of(2_000));
        Optional<SourceProgress> afterIt = progress.news(NOTHING_WAITS);

        // Then
        assertThat(told(whileOneWaits)).hasValue(NOON);
        assertThat(told(afterIt)).hasValue(NOON.plusSeconds(60));
    }

    @Test
    void a_fact_that_came_in_the_same_millisecond_may_have_come_before() {
        // When
        comesIn(NOON, 1_000);

        // Then
        assertThat(progress.news(OptionalLong.of(1_000))).isEmpty();
        assertThat(told(progress.news(OptionalLong.of(1_001)))).hasValue(NOON);
    }

    @Test
    void after_a_restart_it_is_told_again_what_may_not_have_been_told() {
        // Given
        comesIn(NOON, 1_000);
        PassedOnProgress after = new PassedOnProgress("rolecall", logs, topic, 3);

        // When
        after.stands(new LowWatermark(store, () -> List.of(AUDIT), Duration.ofDays(120)), 5_000);

        // Then
        assertThat(told(after.news(NOTHING_WAITS))).hasValue(NOON);
    }
}

package io.rolecall.gather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolecall.replay.Counted;
import io.rolecall.replay.PartWriter;
import io.rolecall.replay.PlannedPartition;
import io.rolecall.replay.SourceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatherWorkerTest {

    private static final TopicPartition LOG = new TopicPartition("entra.audit-logs", 0);
    private static final PlannedPartition PLANNED =
            new PlannedPartition(LOG.topic(), SourceKind.RAW, 0, 0, 0, 10, 10, null, null);

    @TempDir
    private Path directory;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final AtomicLong now = new AtomicLong();

    @Test
    void a_partition_whose_last_offsets_are_no_records_is_at_its_end_after_an_empty_poll() throws IOException {
        // Given
        consumer.schedulePollTask(() -> record(0));
        consumer.schedulePollTask(() -> consumer.seek(LOG, 10));

        // When
        PartWriter written = run();

        // Then
        assertThat(written.next()).isEqualTo(10);
        assertThat(written.tally().get(Counted.RECORDS)).isEqualTo(1);
    }

    @Test
    void what_was_deleted_is_counted_and_reading_goes_on_at_the_first_kept_offset() throws IOException {
        // Given
        consumer.updateBeginningOffsets(Map.of(LOG, 7L));
        consumer.schedulePollTask(() -> consumer.setPollException(new OffsetOutOfRangeException(Map.of(LOG, 0L))));
        consumer.schedulePollTask(() -> List.of(7L, 8L, 9L).forEach(this::record));

        // When
        PartWriter written = run();

        // Then
        assertThat(written.tally().get(Counted.NOT_RETAINED)).isEqualTo(7);
        assertThat(written.tally().get(Counted.RECORDS)).isEqualTo(3);
    }

    @Test
    void what_lies_at_the_end_of_the_plan_or_behind_it_is_not_looked_at() throws IOException {
        // Given
        consumer.schedulePollTask(() -> List.of(8L, 9L, 10L, 11L).forEach(this::record));

        // When
        PartWriter written = run();

        // Then
        assertThat(written.tally().get(Counted.RECORDS)).isEqualTo(2);
    }

    @Test
    void a_topic_of_which_nothing_comes_any_more_is_not_waited_for_for_ever() {
        // Given
        consumer.schedulePollTask(() -> now.addAndGet(Duration.ofMinutes(4).toNanos()));

        // When
        var running = assertThatThrownBy(this::run);

        // Then
        running.isInstanceOf(TimeoutException.class).hasMessageContaining(LOG.toString());
    }

    private void record(long offset) {
        consumer.addRecord(new ConsumerRecord<>(
                LOG.topic(), 0, offset, new byte[0], "{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
    }

    /** Reads the partition, and opens what was written. */
    private PartWriter run() throws IOException {
        GatherWorker worker = new GatherWorker(
                consumer,
                List.of(new OpenPartition(
                        PLANNED, PartWriter.open(directory, PLANNED), (record, out) -> {}, new GatherProgress(10, 0))),
                new RateLimit(0, now::get),
                now::get,
                () -> false);
        worker.run();
        worker.close();
        return PartWriter.open(directory, PLANNED);
    }
}

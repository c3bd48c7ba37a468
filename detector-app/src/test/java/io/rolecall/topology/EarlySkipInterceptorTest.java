package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

class EarlySkipInterceptorTest {

    private static final String TOPIC = "entra.audit-logs";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final byte[] NEEDED = RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", "198.51.100.7")
            .getBytes(StandardCharsets.UTF_8);
    private static final byte[] UNNEEDED = new String(NEEDED, StandardCharsets.UTF_8)
            .replace("Add application", "Update device")
            .getBytes(StandardCharsets.UTF_8);

    /**
     * Plays what Kafka Streams does with a partition: polls a batch, queues it, processes records one by one, and now and then commits
     * the offset of the next record in the queue, or the position when it is empty. A crash loses what came after the commit.
     */
    @Property(tries = 500)
    void every_record_is_counted_once_whatever_is_committed_and_when_it_crashes(
            @ForAll @Size(min = 1, max = 60) List<Boolean> needed,
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 12) Integer> polls,
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 9) Integer> steps) {
        // Given
        Partition partition = new Partition(needed, polls, steps);

        // When
        partition.runToTheEnd();

        // Then
        assertThat(partition.committedCount).isEqualTo(needed.size());
        assertThat(partition.committedNeeded)
                .isEqualTo(needed.stream().filter(is -> is).count());
    }

    private static final class Partition {

        private final List<Boolean> needed;
        private final List<Integer> polls;
        private final List<Integer> steps;
        private final EarlySkipInterceptor interceptor = interceptor();
        private final Deque<ConsumerRecord<byte[], byte[]>> queue = new ArrayDeque<>();
        private int polled;
        private int stepped;
        private int crashes;
        private long position;
        private long committedOffset;
        private long committedCount;
        private long committedNeeded;
        private long count;
        private long neededSeen;

        Partition(List<Boolean> needed, List<Integer> polls, List<Integer> steps) {
            this.needed = needed;
            this.polls = polls;
            this.steps = steps;
        }

        void runToTheEnd() {
            while (committedOffset < needed.size()) {
                if (queue.isEmpty()) {
                    poll();
                } else {
                    process(queue.remove());
                }
                int step = steps.get(stepped++ % steps.size());
                if (step < 4 || (queue.isEmpty() && position == needed.size())) {
                    commit();
                } else if (step == 9 && crashes++ < 20) {
                    crash();
                }
            }
        }

        private void poll() {
            int size = Math.min(polls.get(polled++ % polls.size()), (int) (needed.size() - position));
            List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
            for (int i = 0; i < size; i++, position++) {
                byte[] value = needed.get((int) position) ? NEEDED : UNNEEDED;
                batch.add(new ConsumerRecord<>(TOPIC, 0, position, new byte[0], value));
            }
            if (!batch.isEmpty()) {
                queue.addAll(interceptor
                        .onConsume(new ConsumerRecords<>(
                                Map.of(PARTITION, batch), Map.of(PARTITION, new OffsetAndMetadata(position))))
                        .records(PARTITION));
            }
        }

        private void process(ConsumerRecord<byte[], byte[]> record) {
            count += 1L + SkippedRecords.read(record.headers());
            neededSeen += needed.get((int) record.offset()) ? 1 : 0;
        }

        private void commit() {
            committedOffset = queue.isEmpty() ? position : queue.element().offset();
            committedCount = count;
            committedNeeded = neededSeen;
        }

        private void crash() {
            queue.clear();
            position = committedOffset;
            count = committedCount;
            neededSeen = committedNeeded;
        }

        private static EarlySkipInterceptor interceptor() {
            EarlySkipInterceptor interceptor = new EarlySkipInterceptor();
            interceptor.configure(Map.of(EarlySkipInterceptor.TOPICS, TOPIC));
            return interceptor;
        }
    }
}

package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.ops.GroupInput.Waiting;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetsGoneBackTest {

    private static final TopicPartition PARTITION = new TopicPartition("entra.audit-logs", 3);

    private final OffsetsGoneBack offsets = new OffsetsGoneBack();

    private List<String> see(long read) {
        return offsets.in(Map.of(PARTITION, new Waiting(read, 5)));
    }

    @Test
    void offsets_that_stay_or_grow_are_nothing_to_speak_of() {
        // Given
        see(0);
        see(17);

        // When
        List<String> back = see(17);

        // Then
        assertThat(back).isEmpty();
    }

    @Test
    void an_older_offset_is_told_once() {
        // Given
        see(17);

        // When
        List<String> first = see(4);
        List<String> second = see(4);

        // Then
        assertThat(first).containsExactly("entra.audit-logs-3 from 17 to 4");
        assertThat(second).isEmpty();
    }
}

package io.rolecall.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventOrderTest {

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 20_000, 1_000_000})
    void elements_come_in_the_order_of_their_events_however_few_fit_into_memory(long bytes) throws IOException {
        // Given
        List<GatheredElement> ordered = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ordered.add(new GatheredElement(
                    Instant.ofEpochSecond(i / 4), "topic", i % 4 / 2, i, i % 2, 7, new byte[] {(byte) i}));
        }
        List<GatheredElement> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(bytes));
        List<String> read = new ArrayList<>();

        // When
        try (EventOrder order = new EventOrder(scratch, bytes)) {
            for (GatheredElement element : shuffled) {
                order.add(element);
            }
            order.forEach(element -> read.add(element.position() + " " + element.events()[0]));
        }

        // Then
        assertThat(read)
                .isEqualTo(ordered.stream()
                        .map(element -> element.position() + " " + element.events()[0])
                        .toList());
        try (Stream<Path> left = Files.list(scratch)) {
            assertThat(left).isEmpty();
        }
    }
}

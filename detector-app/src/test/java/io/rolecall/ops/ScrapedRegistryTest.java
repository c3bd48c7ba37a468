package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScrapedRegistryTest {

    private final ScrapedRegistry registry = new ScrapedRegistry();

    @Test
    void meters_that_are_made_anew_all_the_time_disturb_no_scrape() {
        // Given
        Gauge.builder("stays", () -> 1).register(registry);
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> tasksThatComeAndGo = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                tasks().forEach(registry::remove);
            }
        });

        // When
        List<String> scrapes = new ArrayList<>();
        try {
            IntStream.range(0, 200).forEach(i -> scrapes.add(registry.scrape()));
        } finally {
            stop.set(true);
            tasksThatComeAndGo.join();
        }

        // Then
        assertThat(scrapes).allSatisfy(scrape -> assertThat(scrape).contains("stays 1"));
    }

    private List<Meter> tasks() {
        return IntStream.range(0, 200)
                .<Meter>mapToObj(i -> Gauge.builder("kafka.stream.g" + i % 50, () -> 1)
                        .tag("task", "t" + i)
                        .register(registry))
                .toList();
    }
}

package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** What a task does not read again because it knows that nothing changes, is nothing that would have changed. */
class SettledMemoryPropertiesTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Subject APPLICATION = MemoryBench.application();
    private static final Duration SPAN = Duration.ofDays(80);

    /** Mostly in order, as logs deliver. */
    private static List<AppEvent> signIns(Random random) {
        List<AppEvent> events = new ArrayList<>();
        int size = 20 + random.nextInt(200);
        for (int i = 0; i < size; i++) {
            Instant time = START.plusSeconds(random.nextInt((int) SPAN.toSeconds()));
            String country = random.nextInt(3) == 0 ? "C" + random.nextInt(90) : "DE";
            events.add(MemoryEvents.signIn("id-" + random.nextInt(size), time, country));
        }
        int late = random.nextInt(20);
        events.sort(Comparator.comparing(AppEvent::getEventTime));
        for (int i = 0; i < late; i++) {
            events.add(random.nextInt(events.size()), events.remove(random.nextInt(events.size())));
        }
        return events;
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void a_task_that_knows_what_is_settled_stores_what_one_stores_that_knows_nothing(
            @ForAll long seed, @ForAll boolean expires) {
        // Given
        List<AppEvent> events = signIns(new Random(seed));
        Retention retention = expires ? MemoryBench.LIVE : MemoryBench.ENDLESS;
        try (MemoryBench knowing = new MemoryBench(Needs.SIGN_INS, retention);
                MemoryBench forgetful = new MemoryBench(Needs.SIGN_INS, retention)) {

            // When
            events.forEach(event -> {
                knowing.take(APPLICATION, event);
                forgetful.beginAnew();
                forgetful.take(APPLICATION, event);
            });

            // Then
            assertThat(knowing.entries()).isEqualTo(forgetful.entries());
        }
    }

    @Test
    void a_sign_in_like_an_earlier_one_of_its_day_reads_no_baseline() {
        // Given: a baseline that five sign-ins on three days have decided
        try (MemoryBench bench = new MemoryBench(Needs.SIGN_INS, MemoryBench.ENDLESS)) {
            for (int i = 0; i < 10; i++) {
                bench.take(APPLICATION, MemoryEvents.signIn("id-" + i, START.plus(Duration.ofHours(12L * i)), "DE"));
            }
            Instant next = START.plus(Duration.ofDays(5));
            bench.take(APPLICATION, MemoryEvents.signIn("first", next, "DE"));
            long first = reads(bench, MemoryEvents.signIn("second", next.plusSeconds(1), "FR"));

            // When
            long like = reads(bench, MemoryEvents.signIn("third", next.plusSeconds(2), "DE"));

            // Then: of the two entries of the baseline none
            assertThat(first - like).isEqualTo(2);
        }
    }

    private static long reads(MemoryBench bench, AppEvent event) {
        long before = bench.stores().memories().reads();
        bench.take(APPLICATION, event);
        return bench.stores().memories().reads() - before;
    }
}

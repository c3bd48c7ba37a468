package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.Baseline;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.memory.FirstUse;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.detection.memory.HourCount;
import io.rolecall.detection.memory.Memory;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** What is remembered expires by event time: counts after 45 days and lateness, everything else 400 days after the last fact. */
class MemoryExpiryTest {

    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
    private static final ActivitySource SIGN_INS = ActivitySource.SERVICE_PRINCIPAL_SIGN_INS;
    private static final Subject APPLICATION = MemoryBench.application();
    private static final Subject OTHER = Subject.application(MemoryEvents.TENANT, "other");

    private static AppEvent signIn(int day) {
        return MemoryEvents.signIn("day-" + day, START.plus(Duration.ofDays(day)), "DE");
    }

    private static List<LocalDate> days(int... days) {
        return IntStream.of(days)
                .mapToObj(day -> FirstUses.day(START).plusDays(day))
                .toList();
    }

    @Test
    void counts_and_days_of_values_are_kept_for_forty_five_days_and_lateness() {
        try (MemoryBench bench = new MemoryBench(Needs.SIGN_INS, MemoryBench.LIVE)) {
            // When
            bench.takeAll(APPLICATION, List.of(signIn(0), signIn(1), signIn(2), signIn(54)));

            // Then: 45 and 7 days before day 54
            Memory memory = bench.memory(APPLICATION);
            assertThat(memory.hours(SIGN_INS, START, START.plus(Duration.ofDays(60))))
                    .extracting(HourCount::hour)
                    .containsExactly(START.plus(Duration.ofDays(2)), START.plus(Duration.ofDays(54)));
            FirstUse germany =
                    memory.firstUses(SIGN_INS, Dimension.COUNTRY).of("DE").orElseThrow();
            assertThat(germany.days()).containsExactlyElementsOf(days(2, 54));
            assertThat(germany.at()).isEqualTo(START);
            assertThat(memory.baseline(SIGN_INS).first()).contains(START);
        }
    }

    @Test
    void a_subject_without_a_fact_for_four_hundred_days_is_forgotten() {
        try (MemoryBench bench = new MemoryBench(Needs.SIGN_INS, MemoryBench.LIVE)) {
            // Given
            bench.takeAll(APPLICATION, List.of(signIn(0), signIn(3)));

            // When
            bench.take(OTHER, signIn(403));
            Baseline kept = bench.memory(APPLICATION).baseline(SIGN_INS);
            bench.take(OTHER, signIn(404));

            // Then
            assertThat(kept.first()).contains(START);
            assertThat(bench.memory(APPLICATION).baseline(SIGN_INS)).isEqualTo(Baseline.NONE);
            assertThat(bench.memory(APPLICATION).firstUses(SIGN_INS, Dimension.COUNTRY))
                    .isEqualTo(FirstUses.NONE);
        }
    }

    @Test
    void active_days_are_kept_for_four_hundred_days_of_a_subject_that_lives_on() {
        try (MemoryBench bench = new MemoryBench(Needs.SIGN_INS, MemoryBench.LIVE)) {
            // When
            bench.takeAll(APPLICATION, List.of(signIn(0), signIn(1), signIn(200), signIn(401)));

            // Then
            Memory memory = bench.memory(APPLICATION);
            LocalDate day = FirstUses.day(START);
            assertThat(memory.activeDays(Set.of(SIGN_INS), day, day.plusDays(500)))
                    .containsExactlyElementsOf(days(1, 200, 401));
            assertThat(memory.baseline(SIGN_INS).first()).contains(START);
        }
    }

    @Test
    void files_are_read_without_a_bound_so_nothing_expires() {
        try (MemoryBench bench = new MemoryBench(Needs.SIGN_INS, MemoryBench.ENDLESS)) {
            // When
            bench.takeAll(APPLICATION, List.of(signIn(900), signIn(0)));

            // Then
            Memory memory = bench.memory(APPLICATION);
            assertThat(memory.hours(SIGN_INS, START, START.plus(Duration.ofDays(1_000))))
                    .hasSize(2);
            assertThat(memory.firstUses(SIGN_INS, Dimension.COUNTRY)
                            .uses()
                            .get(0)
                            .days())
                    .containsExactlyElementsOf(days(0, 900));
        }
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void what_comes_within_lateness_leaves_the_same_as_what_comes_in_time(@ForAll long seed) {
        // Given: sign-ins of 150 days, each up to three days late
        Random random = new Random(seed);
        List<AppEvent> events = IntStream.range(0, 250)
                .mapToObj(i -> MemoryEvents.signIn(
                        "event-" + i,
                        START.plusSeconds(random.nextInt(150 * 86_400)),
                        "C" + random.nextInt(90),
                        random.nextInt(5) > 0 ? "success" : "failure"))
                .sorted(Comparator.comparing(AppEvent::getEventTime))
                .toList();
        record Delivered(AppEvent event, Instant at) {}
        List<Delivered> late = new ArrayList<>();
        events.forEach(event -> {
            late.add(new Delivered(event, event.getEventTime().plusSeconds(random.nextInt(3 * 86_400))));
            if (random.nextInt(4) == 0) {
                late.add(new Delivered(event, event.getEventTime().plusSeconds(random.nextInt(3 * 86_400))));
            }
        });
        late.sort(Comparator.comparing(Delivered::at));
        // Ends with the same day in both orders.
        AppEvent last = signIn(160);
        try (MemoryBench one = new MemoryBench(Needs.SIGN_INS, MemoryBench.LIVE);
                MemoryBench other = new MemoryBench(Needs.SIGN_INS, MemoryBench.LIVE)) {

            // When
            one.takeAll(APPLICATION, events).take(APPLICATION, last);
            other.takeAll(APPLICATION, late.stream().map(Delivered::event).toList())
                    .take(APPLICATION, last);

            // Then
            Memory expected = one.memory(APPLICATION);
            Memory memory = other.memory(APPLICATION);
            Instant end = START.plus(Duration.ofDays(200));
            assertThat(memory.baseline(SIGN_INS)).isEqualTo(expected.baseline(SIGN_INS));
            assertThat(memory.firstUses(SIGN_INS, Dimension.COUNTRY))
                    .isEqualTo(expected.firstUses(SIGN_INS, Dimension.COUNTRY));
            assertThat(memory.hours(SIGN_INS, START, end)).isEqualTo(expected.hours(SIGN_INS, START, end));
            LocalDate from = FirstUses.day(START);
            assertThat(memory.activeDays(Set.of(SIGN_INS), from, from.plusDays(400)))
                    .isEqualTo(expected.activeDays(Set.of(SIGN_INS), from, from.plusDays(400)));
        }
    }
}

package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.Baseline;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.memory.FirstUse;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.detection.memory.HourCount;
import io.rolecall.detection.memory.MailMinutes;
import io.rolecall.detection.memory.MailSlot;
import io.rolecall.detection.memory.Memory;
import io.rolecall.detection.memory.MemoryAnswer;
import io.rolecall.event.Acts;
import io.rolecall.event.Hashes;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailboxUse;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** What is remembered is what the definitions say of the set of events, in any order and with any duplicates. */
class MemoryPropertiesTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final ActivitySource SIGN_INS = ActivitySource.SERVICE_PRINCIPAL_SIGN_INS;
    private static final Subject APPLICATION = MemoryBench.application();

    /** In another order, some of them twice. */
    private static List<AppEvent> shuffled(List<AppEvent> events, Random random) {
        List<AppEvent> delivered = new ArrayList<>(events);
        delivered.addAll(events.subList(0, random.nextInt(events.size() + 1)));
        Collections.shuffle(delivered, random);
        return delivered;
    }

    private static Instant within(Random random, Duration span) {
        return START.plusSeconds(random.nextInt((int) span.toSeconds()));
    }

    private static Memory memory(MemoryBench bench, Collection<AppEvent> events) {
        return bench.takeAll(APPLICATION, events).memory(APPLICATION);
    }

    private static LocalDate day(AppEvent event) {
        return FirstUses.day(event.getEventTime());
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void a_baseline_is_the_fifth_act_the_third_day_and_fourteen_days(@ForAll long seed) {
        // Given: acts, some told by two logs, of which one has whole seconds
        Random random = new Random(seed);
        List<AppEvent> events = new ArrayList<>();
        for (int i = 0; i < random.nextInt(12); i++) {
            Instant time =
                    within(random, Duration.ofDays(1 + random.nextInt(30))).plusMillis(random.nextInt(1_000));
            events.add(MemoryEvents.act("entra-audit", "correlation-" + i, time));
            if (random.nextBoolean()) {
                events.add(MemoryEvents.act("m365-audit", "correlation-" + i, time.truncatedTo(ChronoUnit.SECONDS)));
            }
        }
        try (MemoryBench bench = new MemoryBench(Needs.OTHER_ACTS, MemoryBench.ENDLESS)) {

            // When
            Memory memory = memory(bench, shuffled(events, random));

            // Then
            assertThat(memory.baseline(ActivitySource.OTHER_ACTS)).isEqualTo(defined(events));
            assertThat(memory.activeDays(
                            Set.of(ActivitySource.OTHER_ACTS), FirstUses.day(START), LocalDate.parse("2026-12-31")))
                    .isEqualTo(events.stream()
                            .map(MemoryPropertiesTest::day)
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    private static Baseline defined(List<AppEvent> events) {
        Map<String, Instant> acts = new TreeMap<>();
        Map<LocalDate, Instant> days = new TreeMap<>();
        for (AppEvent event : events) {
            acts.merge(Acts.id(event), event.getEventTime(), EventDays::earlier);
            days.merge(day(event), event.getEventTime(), EventDays::earlier);
        }
        Optional<AppEvent> first =
                events.stream().min(Comparator.comparing(AppEvent::getEventTime).thenComparing(AppEvent::getEventId));
        return new Baseline(
                first.map(AppEvent::getEventTime),
                first.map(AppEvent::getEventId),
                acts.values().stream().sorted().skip(4).findFirst(),
                days.values().stream().skip(2).findFirst());
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void the_sixty_four_values_used_first_are_remembered(@ForAll long seed) {
        // Given: fewer and more values than are kept, many of them at one time
        Random random = new Random(seed);
        int values = 1 + random.nextInt(120);
        List<AppEvent> events = IntStream.range(0, 40 + random.nextInt(300))
                .mapToObj(i -> MemoryEvents.signIn(
                        "event-" + i,
                        within(random, Duration.ofDays(3)).truncatedTo(ChronoUnit.HOURS),
                        "C" + random.nextInt(values)))
                .toList();
        try (MemoryBench bench = new MemoryBench(Needs.SIGN_INS, MemoryBench.ENDLESS)) {

            // When
            FirstUses known = memory(bench, shuffled(events, random)).firstUses(SIGN_INS, Dimension.COUNTRY);

            // Then
            assertThat(known).isEqualTo(definedUses(events));
        }
    }

    private static FirstUses definedUses(List<AppEvent> events) {
        Map<String, List<AppEvent>> byValue = events.stream()
                .collect(Collectors.groupingBy(
                        event -> Dimension.COUNTRY.of(event).iterator().next()));
        List<FirstUse> all = byValue.entrySet().stream()
                .map(entry -> {
                    AppEvent first = entry.getValue().stream()
                            .min(Comparator.comparing(AppEvent::getEventTime).thenComparing(AppEvent::getEventId))
                            .orElseThrow();
                    SortedSet<LocalDate> days = entry.getValue().stream()
                            .map(MemoryPropertiesTest::day)
                            .collect(Collectors.toCollection(TreeSet::new));
                    return new FirstUse(entry.getKey(), first.getEventTime(), first.getEventId(), days);
                })
                .sorted(FirstUse.ORDER)
                .toList();
        if (all.size() <= 64) {
            return new FirstUses(all, false);
        }
        LocalDate dark = FirstUses.day(all.get(63).at());
        return new FirstUses(
                all.subList(0, 64).stream()
                        .map(use -> FirstUses.before(use, dark))
                        .toList(),
                true);
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void hours_count_every_sign_in_once(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> events = IntStream.range(0, 200)
                .mapToObj(i -> MemoryEvents.signIn(
                        "event-" + i,
                        within(random, Duration.ofDays(3)),
                        "DE",
                        random.nextInt(3) > 0 ? "success" : "failure"))
                .toList();
        Instant from = within(random, Duration.ofDays(2));
        Instant to = within(random, Duration.ofDays(3));
        try (MemoryBench bench = new MemoryBench(Needs.SIGN_INS, MemoryBench.ENDLESS)) {

            // When
            List<HourCount> hours = memory(bench, shuffled(events, random)).hours(SIGN_INS, from, to);

            // Then
            TreeMap<Instant, HourCount> expected = new TreeMap<>();
            for (AppEvent event : events) {
                Instant hour = event.getEventTime().truncatedTo(ChronoUnit.HOURS);
                boolean asked = !hour.isBefore(from.truncatedTo(ChronoUnit.HOURS)) && hour.isBefore(to);
                long success = event.getOutcome().equals("success") ? 1 : 0;
                if (asked) {
                    expected.merge(
                            hour,
                            new HourCount(hour, success, 1 - success),
                            (one, other) -> new HourCount(
                                    hour, one.successes() + other.successes(), one.failures() + other.failures()));
                }
            }
            assertThat(hours).containsExactlyElementsOf(expected.values());
        }
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void ten_busiest_minutes_are_found_across_hours(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        int mailboxes = 1 + random.nextInt(40);
        List<AppEvent> events = IntStream.range(0, 150)
                .mapToObj(i -> MemoryEvents.mail(
                        "event-" + i,
                        within(random, Duration.ofHours(4)),
                        random.nextBoolean() ? "read" : "send",
                        "user" + random.nextInt(mailboxes) + "@contoso.com"))
                .toList();
        Instant from = START.plus(Duration.ofMinutes(random.nextInt(60)));
        Instant to = START.plus(Duration.ofMinutes(60 + random.nextInt(180)));
        try (MemoryBench bench = new MemoryBench(Needs.MAIL, MemoryBench.ENDLESS)) {

            // When
            MailMinutes minutes = memory(bench, shuffled(events, random)).mailMinutes(from, to);

            // Then
            int most = 0;
            for (Instant start = from; start.isBefore(to); start = start.plus(Duration.ofMinutes(1))) {
                most = Math.max(
                        most, distinct(events, start, EventDays.earlier(to, start.plus(Duration.ofMinutes(10)))));
            }
            assertThat(minutes.busiest(10).map(MailMinutes.Busiest::mailboxes).orElse(0))
                    .isEqualTo(most);
            assertThat(minutes.slots()).isEqualTo(definedSlots(events, from, to));
        }
    }

    private static int distinct(List<AppEvent> events, Instant from, Instant to) {
        return (int) events.stream()
                .filter(event -> !event.getEventTime().isBefore(from)
                        && event.getEventTime().isBefore(to))
                .map(event -> ((MailboxUse) event.getDetails().orElseThrow())
                        .getMailbox()
                        .orElseThrow())
                .distinct()
                .count();
    }

    private static List<MailSlot> definedSlots(List<AppEvent> events, Instant from, Instant to) {
        TreeMap<Instant, List<AppEvent>> slots = new TreeMap<>();
        events.forEach(event -> slots.computeIfAbsent(EventDays.slot(event.getEventTime()), any -> new ArrayList<>())
                .add(event));
        List<MailSlot> expected = new ArrayList<>();
        slots.forEach((start, uses) -> {
            if (!start.isBefore(from) && start.isBefore(to)) {
                Set<String> senders = new HashSet<>();
                int sends = 0;
                for (AppEvent event : uses) {
                    MailboxUse use = (MailboxUse) event.getDetails().orElseThrow();
                    if (use.getAction().equals("send")) {
                        sends++;
                        senders.add(use.getMailbox().orElseThrow());
                    }
                }
                int reads = uses.size() - sends;
                List<Long> hashes = senders.stream()
                        .map(sender -> new BigInteger(Hashes.sha256(sender).substring(0, 16), 16).longValue())
                        .sorted()
                        .toList();
                expected.add(new MailSlot(start, reads, 2L * reads, sends, hashes, false));
            }
        });
        return expected;
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void the_store_itself_is_a_function_of_the_events(@ForAll long seed) {
        // Given: too many values, mailboxes and senders
        Random random = new Random(seed);
        List<AppEvent> events = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            events.add(MemoryEvents.mail(
                    "mail-" + i, within(random, Duration.ofMinutes(50)), "send", "user" + i + "@contoso.com"));
        }
        try (MemoryBench one = new MemoryBench(Needs.MAIL, MemoryBench.ENDLESS);
                MemoryBench other = new MemoryBench(Needs.MAIL, MemoryBench.ENDLESS)) {

            // When
            MailMinutes minutes = memory(one, events).mailMinutes(START, START.plus(Duration.ofHours(1)));
            memory(other, shuffled(events, random));

            // Then
            assertThat(other.entries()).isEqualTo(one.entries());
            assertThat(minutes.busiest(10).orElseThrow().atLeast()).isTrue();
            assertThat(minutes.slots())
                    .allSatisfy(slot -> assertThat(slot.senders()).hasSizeLessThanOrEqualTo(32));
        }
    }

    @Test
    void an_event_that_comes_late_takes_newness_from_a_later_one() {
        // Given
        AppEvent later = MemoryEvents.signIn("later", START.plus(Duration.ofDays(20)), "BR");
        AppEvent earlier = MemoryEvents.signIn("earlier", START.plus(Duration.ofDays(3)), "BR");
        try (MemoryBench bench = new MemoryBench(Needs.SIGN_INS, MemoryBench.ENDLESS)) {
            MemoryAnswer before = memory(bench, List.of(later)).isNew(SIGN_INS, Dimension.COUNTRY, later);

            // When
            Memory after = memory(bench, List.of(earlier));

            // Then
            assertThat(before.state()).isEqualTo(MemoryAnswer.State.YES);
            assertThat(after.isNew(SIGN_INS, Dimension.COUNTRY, later).state()).isEqualTo(MemoryAnswer.State.NO);
            assertThat(after.isNew(SIGN_INS, Dimension.COUNTRY, earlier).state())
                    .isEqualTo(MemoryAnswer.State.YES);
        }
    }

    @Test
    void of_the_sixty_fifth_value_nothing_is_known_and_the_sixty_fourth_may_become_it() {
        // Given
        List<AppEvent> values = IntStream.range(0, 65)
                .mapToObj(i -> MemoryEvents.signIn("event-" + i, START.plus(Duration.ofHours(i)), "C" + i))
                .toList();
        AppEvent early = MemoryEvents.signIn("early", START.minus(Duration.ofDays(1)), "ZZ");
        try (MemoryBench bench = new MemoryBench(Needs.SIGN_INS, MemoryBench.ENDLESS)) {
            Memory known = memory(bench, values);
            MemoryAnswer last = known.isNew(SIGN_INS, Dimension.COUNTRY, values.get(63));
            MemoryAnswer beyond = known.isNew(SIGN_INS, Dimension.COUNTRY, values.get(64));

            // When
            Memory after = memory(bench, List.of(early));

            // Then
            assertThat(last.state()).isEqualTo(MemoryAnswer.State.YES);
            assertThat(beyond)
                    .isEqualTo(new MemoryAnswer(
                            MemoryAnswer.State.UNKNOWN, "C64 was used later than the 64 values that are remembered"));
            assertThat(after.isNew(SIGN_INS, Dimension.COUNTRY, values.get(63)).state())
                    .isEqualTo(MemoryAnswer.State.UNKNOWN);
            assertThat(after.isNew(SIGN_INS, Dimension.COUNTRY, early).state()).isEqualTo(MemoryAnswer.State.YES);
        }
    }

    @Test
    void what_no_detection_declares_is_refused_and_not_answered() {
        try (MemoryBench bench = new MemoryBench(Needs.MAIL, MemoryBench.ENDLESS)) {
            // Given
            Memory memory = bench.memory(APPLICATION);

            // When / Then
            assertThatThrownBy(() -> memory.firstUses(SIGN_INS, Dimension.COUNTRY))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("SERVICE_PRINCIPAL_SIGN_INS");
            assertThatThrownBy(() -> memory.firstUses(ActivitySource.MAIL_USE, Dimension.COUNTRY))
                    .hasMessageContaining("COUNTRY of MAIL_USE");
        }
    }

    @Test
    void an_unresolved_application_is_not_remembered() {
        try (MemoryBench bench = new MemoryBench(Needs.SIGN_INS, MemoryBench.ENDLESS)) {
            // When
            bench.take(
                    Subject.unresolved(MemoryEvents.TENANT, MemoryEvents.APP), MemoryEvents.signIn("one", START, "DE"));

            // Then
            assertThat(bench.entries()).isEmpty();
        }
    }

    @Test
    void a_person_is_remembered_as_an_application_is_and_only_what_is_declared_of_persons() {
        // Given
        AppEvent first = MemoryEvents.userSignIn("one", START);
        AppEvent second = MemoryEvents.userSignIn("two", START.plus(Duration.ofDays(1)));
        Subject person = Subject.actor(MemoryEvents.TENANT, "alice@contoso.com");
        try (MemoryBench bench = new MemoryBench(Needs.OF_PERSONS, MemoryBench.ENDLESS)) {

            // When
            bench.takeAll(person, List.of(second, first)).takeAll(APPLICATION, List.of(first));

            // Then
            Memory memory = bench.memory(person);
            assertThat(memory.firstUses(ActivitySource.USER_SIGN_INS, Dimension.APPLICATION)
                            .uses())
                    .extracting(FirstUse::value, FirstUse::eventId)
                    .containsExactly(tuple(MemoryEvents.APP, "one"));
            assertThat(memory.isNew(ActivitySource.USER_SIGN_INS, Dimension.NETWORK, second)
                            .state())
                    .isEqualTo(MemoryAnswer.State.NO);
            assertThat(bench.entries()).hasSize(3);
        }
    }

    @Test
    void a_sign_in_that_fails_is_counted_and_makes_nothing_known() {
        // Given
        AppEvent failed = MemoryEvents.signIn("failed", START, "BR", "failure");
        try (MemoryBench bench = new MemoryBench(Needs.SIGN_INS, MemoryBench.ENDLESS)) {

            // When
            Memory memory = memory(bench, List.of(failed));

            // Then
            assertThat(memory.firstUses(SIGN_INS, Dimension.COUNTRY)).isEqualTo(FirstUses.NONE);
            assertThat(memory.baseline(SIGN_INS)).isEqualTo(Baseline.NONE);
            assertThat(memory.hours(SIGN_INS, START, START.plusSeconds(1))).containsExactly(new HourCount(START, 0, 1));
        }
    }
}

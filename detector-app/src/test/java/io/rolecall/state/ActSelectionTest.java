package io.rolecall.state;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.ActMerge;
import io.rolecall.event.Subject;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OwnerChange;
import io.rolecall.schema.RedirectChange;
import io.rolecall.topology.DetectorHarness;
import io.rolecall.topology.RawEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Which acts are shown of very many is a function of the acts, however they came, and costs the same however many there are. */
class ActSelectionTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final PermissionSets SETS = new PermissionSets(Map.of());

    private static AppEvent act(int number, boolean owner, int object) {
        AppEvent.Builder act = AppEvent.newBuilder()
                .setEventId("event-" + number)
                .setSource("entra-audit")
                .setEnvelope("diagnostic")
                .setOperation(owner ? "add-owner-to-application" : "update-application")
                .setRawOperation("as logged")
                .setEventTime(START.plusSeconds(number))
                .setTenantId(RawEvents.TENANT)
                .setCorrelationId(RawEvents.id("correlation " + number))
                .setOutcome("success")
                .setActor(Actor.newBuilder()
                        .setType("user")
                        .setName("a@contoso.com")
                        .build())
                .setPosition("test/0/" + number + "/0");
        return owner
                ? act.setDetails(OwnerChange.newBuilder()
                                .setOwnerId("owner-" + object)
                                .build())
                        .build()
                : act.setDetails(RedirectChange.newBuilder()
                                .setAdded(List.of("https://" + object + ".example.com"))
                                .build())
                        .build();
    }

    private static Subject subject(Random random) {
        return Subject.application(RawEvents.TENANT, RawEvents.id("subject " + random.nextLong()));
    }

    private static void add(SubjectStores stores, Subject subject, Collection<AppEvent> acts) {
        acts.forEach(act -> stores.history().add(subject, act, SETS));
    }

    /** What should be shown, worked out from all acts at once. */
    private static List<AppEvent> expected(List<AppEvent> acts) {
        Map<ActFamily, List<AppEvent>> families = acts.stream()
                .collect(Collectors.groupingBy(act -> ActGroup.of(act, SETS).family()));
        return families.entrySet().stream()
                .flatMap(family -> expected(family.getKey(), family.getValue()).stream())
                .sorted(ActMerge.byTimeThenAct())
                .toList();
    }

    private static List<AppEvent> expected(ActFamily family, List<AppEvent> acts) {
        if (acts.size() <= family.most()) {
            return acts;
        }
        Map<String, List<AppEvent>> groups = acts.stream()
                .sorted(comparing(AppEvent::getEventTime))
                .collect(Collectors.groupingBy(act -> ActGroup.of(act, SETS).key()));
        List<AppEvent> shown = new ArrayList<>();
        for (List<AppEvent> group : groups.values().stream()
                .sorted(comparing((List<AppEvent> group) -> group.get(0).getEventTime()))
                .toList()) {
            int size = group.size();
            Set<AppEvent> ends = Stream.concat(
                            group.subList(0, Math.min(4, size)).stream(),
                            group.subList(Math.max(0, size - 4), size).stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (shown.size() + ends.size() > family.most()) {
                break;
            }
            shown.addAll(ends);
        }
        return shown;
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void what_is_shown_is_a_function_of_the_acts(@ForAll long seed) {
        // Given: below and above what is read at once, with few and with many acts of one object
        Random random = new Random(seed);
        int number = 1 + random.nextInt(900);
        int objects = 1 + random.nextInt(number);
        List<AppEvent> acts = IntStream.range(0, number)
                .mapToObj(i -> act(i, random.nextBoolean(), random.nextInt(objects)))
                .toList();
        List<AppEvent> shuffled = new ArrayList<>(acts);
        Collections.shuffle(shuffled, random);
        try (DetectorHarness harness = DetectorHarness.ofFiles()) {
            SubjectStores stores = harness.detector().stores();
            Subject subject = subject(random);

            // When
            add(stores, subject, shuffled);

            // Then
            List<AppEvent> expected = expected(acts);
            HistoryStore.Shown shown = stores.history().acts(subject);
            assertThat(shown.acts()).containsExactlyElementsOf(expected);
            assertThat(shown.cut()).isEqualTo(expected.size() < number);
        }
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void what_expires_is_as_if_it_had_never_been(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        int number = 300 + random.nextInt(600);
        List<AppEvent> acts = IntStream.range(0, number)
                .mapToObj(i -> act(i, random.nextBoolean(), random.nextInt(number)))
                .toList();
        Instant horizon = START.plusSeconds(random.nextInt(number));
        List<AppEvent> kept = acts.stream()
                .filter(act -> !act.getEventTime().isBefore(horizon))
                .toList();
        try (DetectorHarness harness = DetectorHarness.ofFiles()) {
            SubjectStores stores = harness.detector().stores();
            Subject subject = subject(random);
            add(stores, subject, acts);

            // When
            stores.history().expire(subject, horizon);

            // Then
            assertThat(stores.history().acts(subject).acts()).containsExactlyElementsOf(expected(kept));
        }
    }

    @Test
    void reading_costs_the_same_however_many_acts_there_are() {
        try (DetectorHarness harness = DetectorHarness.ofFiles()) {
            // Given
            SubjectStores stores = harness.detector().stores();
            Subject subject = subject(new Random(1));
            add(
                    stores,
                    subject,
                    IntStream.range(0, 1_000).mapToObj(i -> act(i, true, i)).toList());
            long before = stores.reads();
            stores.history().acts(subject);
            long ofOneThousand = stores.reads() - before;
            add(
                    stores,
                    subject,
                    IntStream.range(1_000, 3_000).mapToObj(i -> act(i, true, i)).toList());
            before = stores.reads();

            // When
            stores.history().acts(subject);

            // Then
            assertThat(stores.reads() - before).isEqualTo(ofOneThousand);
        }
    }
}

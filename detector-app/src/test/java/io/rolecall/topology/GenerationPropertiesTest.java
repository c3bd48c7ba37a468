package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.alert.AlertRevisions;
import io.rolecall.event.Subject;
import io.rolecall.inprocess.HeapFirstStore;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import io.rolecall.schema.state.AlertState;
import io.rolecall.state.Names;
import io.rolecall.state.StoreFormats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The consumers' rule holds whatever happens to the state: what was emitted later has the larger pair of generation and revision. */
class GenerationPropertiesTest {

    private static final int ALERTS = 3;
    private static final long START = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();
    private static final Alert ALERT = alert();
    private static final Subject SUBJECT =
            Subject.application(ALERT.getTenantId(), ALERT.getSubject().getId());

    private enum Kind {
        /** An alert has other content. */
        CHANGE,
        /** Revisions that were held back may be due. */
        TICK,
        /** Another process takes the state over. */
        RESTART,
        /** The process dies on the way: what it wrote since the last commit has never been, alerts included. */
        CRASH,
        /** The state is given up. */
        RESET
    }

    /** @param passes milliseconds before it happens */
    private record Happening(Kind kind, int alert, int content, long passes) {}

    /** What a task keeps, as the changelog has it. */
    private record Stored(Map<Bytes, byte[]> alerts, Map<Bytes, byte[]> pending) {

        private static final Stored NOTHING = new Stored(Map.of(), Map.of());
    }

    /** An alert as readers of committed records saw it, and the state that it came from, counted from 0. */
    private record Seen(Alert alert, int state) {}

    private static final class Task {

        private final List<Seen> seen = new ArrayList<>();
        private HeapFirstStore alerts;
        private HeapFirstStore pending;
        private StoreFormats formats;
        private AlertBook book;
        private Stored committed;
        private long now = START;
        private int state;

        Task() {
            open(Stored.NOTHING);
        }

        void happens(Happening happening) {
            now += happening.passes();
            switch (happening.kind()) {
                case CHANGE -> commit(change(happening));
                case TICK -> commit(tick());
                case RESTART -> open(committed);
                case CRASH -> {
                    change(happening);
                    open(committed);
                }
                case RESET -> {
                    now++;
                    state++;
                    open(Stored.NOTHING);
                }
            }
        }

        private List<Alert> change(Happening happening) {
            formats.write();
            Alert content = Alert.newBuilder(ALERT)
                    .setAlertId("rc-" + happening.alert())
                    .setTitle("content " + happening.content())
                    .build();
            Optional<AlertState> known = Optional.ofNullable(book.of(SUBJECT).get(content.getAlertId()));
            return book.update(SUBJECT, known, content, Instant.EPOCH, Instant.MIN, now).stream()
                    .map(Routed.Raised::alert)
                    .toList();
        }

        private List<Alert> tick() {
            formats.write();
            return book.emitDue(now).stream().map(Routed.Raised::alert).toList();
        }

        private void commit(List<Alert> emitted) {
            emitted.forEach(alert -> seen.add(new Seen(alert, state)));
            committed = new Stored(entries(alerts), entries(pending));
        }

        private void open(Stored restored) {
            alerts = store(Names.ALERTS, restored.alerts());
            pending = store(Names.PENDING, restored.pending());
            committed = restored;
            MockProcessorContext<String, Routed> context = new MockProcessorContext<>();
            context.addStateStore(alerts);
            context.addStateStore(pending);
            formats = StoreFormats.compare(context, List.of(Names.ALERTS, Names.PENDING), List.of());
            book = new AlertBook(alerts, pending, Duration.ofSeconds(30), Duration.ofMinutes(1), Severity.LOW);
            book.beginWith(formats, () -> now);
        }
    }

    @Property(tries = 300)
    void what_comes_later_of_an_alert_has_the_larger_pair(
            @ForAll @Size(min = 1, max = 40) List<@From("happenings") Happening> happenings) {
        // Given
        Task task = new Task();

        // When
        happenings.forEach(task::happens);

        // Then
        Map<String, Alert> newest = new HashMap<>();
        for (Seen seen : task.seen) {
            Alert before = newest.put(seen.alert().getAlertId(), seen.alert());
            if (before != null) {
                assertThat(seen.alert()).usingComparator(AlertRevisions.BY_AGE).isGreaterThan(before);
            }
        }
    }

    @Property(tries = 300)
    void a_state_keeps_its_generation_and_another_has_a_later_one(
            @ForAll @Size(min = 1, max = 40) List<@From("happenings") Happening> happenings) {
        // Given
        Task task = new Task();

        // When
        happenings.forEach(task::happens);

        // Then
        TreeMap<Integer, Long> generations = new TreeMap<>();
        for (Seen seen : task.seen) {
            long generation = seen.alert().getGeneration();
            assertThat(generations.computeIfAbsent(seen.state(), state -> generation))
                    .isEqualTo(generation);
        }
        assertThat(List.copyOf(generations.values())).isSorted().doesNotHaveDuplicates();
    }

    @Provide
    Arbitrary<Happening> happenings() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(8, Kind.CHANGE),
                Tuple.of(4, Kind.TICK),
                Tuple.of(2, Kind.RESTART),
                Tuple.of(2, Kind.CRASH),
                Tuple.of(1, Kind.RESET));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(1, ALERTS),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.longs().between(0, 40_000))
                .as(Happening::new);
    }

    private static HeapFirstStore store(String name, Map<Bytes, byte[]> entries) {
        HeapFirstStore store = new HeapFirstStore(name, Long.MAX_VALUE);
        entries.forEach(store::put);
        return store;
    }

    private static Map<Bytes, byte[]> entries(HeapFirstStore store) {
        Map<Bytes, byte[]> entries = new TreeMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> entries.put(entry.key, entry.value));
        }
        return entries;
    }

    private static Alert alert() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            return detector.feed(
                            RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", "198.51.100.7"),
                            RawEvents.addAppRole(
                                    "crm",
                                    RawEvents.MAIL_READ_WRITE,
                                    "Mail.ReadWrite",
                                    "2026-03-02T10:00:00Z",
                                    "198.51.100.7"))
                    .alert("single-tenant-app-abuse")
                    .orElseThrow();
        }
    }
}

package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.Subject;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.utils.Bytes;

/** After the walk every subject was evaluated with the newest network table, whatever happened on the way. */
class SubjectWalkPropertiesTest {

    private static final int SUBJECTS = 12;

    /** What a task does; each is a transaction. */
    private enum Kind {
        /** The network table becomes another, or what it was. */
        CHANGE,
        /** A fact comes, and its subject is evaluated. */
        FACT,
        /** A second passes. */
        TICK,
        /** A second passes, and on the way the table changes. */
        TICK_AND_CHANGE,
        /** The process dies on the way. */
        CRASH
    }

    private record Happening(Kind kind, int subject, int table, int after) {}

    /** A task of the correlate step, with its stores and what is in its alerts. */
    private static final class Task {

        private final BoundedReads pending = new BoundedReads(4);
        private final BoundedReads profileEntries = new BoundedReads(4);
        private final Map<Subject, String> evaluated = new HashMap<>();
        private final int slice;

        private SubjectWalk walk = open();
        private String table = "table 0";
        private Map<Bytes, byte[]> committedPending = Map.of();
        private Map<Bytes, byte[]> committedProfiles = Map.of();
        private Map<Subject, String> committedEvaluated = Map.of();

        Task(int slice) {
            this.slice = slice;
        }

        void happens(Happening happening) {
            switch (happening.kind()) {
                case CHANGE -> table = "table " + happening.table();
                case FACT -> fact(happening.subject());
                case TICK -> tick(visited -> {});
                case TICK_AND_CHANGE ->
                    tick(visited -> {
                        if (visited == happening.after()) {
                            table = "table " + happening.table();
                        }
                    });
                case CRASH -> crash(happening.after());
            }
        }

        private void fact(int number) {
            Subject subject = subject(number);
            ProfileStore profiles = profiles();
            Optional<SubjectProfile> known = profiles.get(subject);
            if (known.isEmpty()) {
                profiles.put(subject, known, profile());
            }
            evaluate(subject);
            commit();
        }

        private void evaluate(Subject subject) {
            walk.follow(table);
            evaluated.put(subject, table);
        }

        private void tick(IntConsumer onTheWay) {
            walk.follow(table);
            int[] visited = {0};
            walk.step(slice, subject -> {
                onTheWay.accept(visited[0]++);
                evaluate(subject);
            });
            commit();
        }

        private void crash(int after) {
            try {
                tick(visited -> {
                    if (visited == after) {
                        throw new IllegalStateException("the process dies");
                    }
                });
            } catch (IllegalStateException e) {
                pending.restore(committedPending);
                profileEntries.restore(committedProfiles);
                evaluated.clear();
                evaluated.putAll(committedEvaluated);
            }
            walk = open();
        }

        private void commit() {
            committedPending = pending.copy();
            committedProfiles = profileEntries.copy();
            committedEvaluated = Map.copyOf(evaluated);
        }

        private SubjectWalk open() {
            return new SubjectWalk(pending, profiles());
        }

        private ProfileStore profiles() {
            return new ProfileStore(new EntryStore(profileEntries));
        }

        private static SubjectProfile profile() {
            return SubjectProfile.newBuilder()
                    .setFirstSeen(Instant.EPOCH)
                    .setLastSeen(Instant.EPOCH)
                    .build();
        }
    }

    private static Subject subject(int number) {
        String id = "00000000-0000-0000-0000-0000000000" + (10 + number);
        return number % 3 == 0 ? Subject.unresolved("tenant", id) : Subject.application("tenant", id);
    }

    @Provide
    Arbitrary<Happening> happenings() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, SUBJECTS - 1),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 4))
                .as(Happening::new);
    }

    @Property
    void after_the_walk_every_subject_was_evaluated_with_the_newest_table(
            @ForAll @Size(max = 60) List<@From("happenings") Happening> happenings,
            @ForAll @IntRange(min = 1, max = 5) int slice) {
        // Given
        Task task = new Task(slice);
        happenings.forEach(task::happens);

        // When
        int ticks = 0;
        do {
            task.happens(new Happening(Kind.TICK, 0, 0, 0));
            ticks++;
        } while (task.walk.isOn());

        // Then
        assertThat(task.evaluated.values()).allMatch(task.table::equals);
        assertThat(ticks).isLessThanOrEqualTo(SUBJECTS / slice + 1);
    }
}

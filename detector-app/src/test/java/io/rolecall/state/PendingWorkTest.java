package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Interval;
import io.rolecall.event.Subject;
import io.rolecall.inprocess.HeapFirstStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PendingWorkTest {

    private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");

    private final PendingWork pending = new PendingWork(new HeapFirstStore("pending", Long.MAX_VALUE));

    private static Subject application(int number) {
        return Subject.application("75243ab2-44f8-435c-a7a6-b479385df6d4", "application-" + number);
    }

    private static Interval second(int number) {
        return new Interval(AT.plusSeconds(number), AT.plusSeconds(number));
    }

    @Test
    void what_is_put_off_of_one_subject_is_taken_once_with_all_that_changed() {
        // Given
        pending.putOff(application(1), PutOff.after("sign-in", second(5)));
        pending.putOff(application(1), PutOff.after("send", second(2)));
        pending.putOff(application(1), PutOff.after("sign-in", second(9)));

        // When
        Map<Subject, PutOff> taken = pending.take(10);

        // Then
        assertThat(taken)
                .containsExactly(Map.entry(
                        application(1),
                        new PutOff(
                                new Interval(AT.plusSeconds(2), AT.plusSeconds(9)),
                                Optional.of(Set.of("send", "sign-in")))));
        assertThat(pending.isWaiting()).isFalse();
    }

    @Test
    void where_anything_may_have_changed_one_operation_more_says_nothing() {
        // Given
        pending.putOff(application(1), PutOff.after("sign-in", second(5)));
        pending.putOff(application(1), PutOff.ofAll(second(7)));
        pending.putOff(application(1), PutOff.after("send", second(8)));

        // When
        Map<Subject, PutOff> taken = pending.take(10);

        // Then
        assertThat(taken.values()).extracting(PutOff::operations).containsExactly(Optional.empty());
    }

    @Test
    void very_many_operations_are_all() {
        // Given
        IntStream.range(0, 40).forEach(i -> pending.putOff(application(1), PutOff.after("file-" + i, second(i))));

        // When
        Map<Subject, PutOff> taken = pending.take(10);

        // Then
        assertThat(taken.values()).containsExactly(PutOff.ofAll(second(0).union(second(39))));
    }

    @Test
    void subjects_that_change_all_the_time_do_not_keep_the_others_waiting() {
        // Given
        List<Subject> taken = new ArrayList<>();
        IntStream.range(0, 9).forEach(i -> pending.putOff(application(i), PutOff.after("sign-in", second(i))));

        // When
        for (int i = 0; i < 3; i++) {
            pending.take(3).keySet().forEach(subject -> {
                taken.add(subject);
                pending.putOff(subject, PutOff.after("sign-in", second(1)));
            });
        }

        // Then
        assertThat(taken)
                .containsExactlyElementsOf(IntStream.range(0, 9)
                        .mapToObj(PendingWorkTest::application)
                        .toList());
    }
}

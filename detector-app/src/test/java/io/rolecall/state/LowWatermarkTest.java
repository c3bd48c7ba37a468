package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.inprocess.HeapFirstStore;
import io.rolecall.schema.SourceProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The event time up to which everything has come. */
class LowWatermarkTest {

    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration HOLD_AT_MOST = Duration.ofDays(120);
    private static final SourceTopic AUDIT = SourceTopic.ofLogs("audit", "a1", 1);
    private static final SourceTopic SIGN_INS = SourceTopic.ofLogs("sign-ins", "s1", 2);

    private EntryStore store = emptyStore();
    private List<SourceTopic> listed = List.of(AUDIT, SIGN_INS);
    private LowWatermark watermark = reopened();

    private static EntryStore emptyStore() {
        return new EntryStore(new HeapFirstStore("marks", Long.MAX_VALUE));
    }

    /** A property tries many times. */
    private void beginAnew() {
        store = emptyStore();
        watermark = reopened();
    }

    private LowWatermark reopened() {
        return new LowWatermark(store, () -> listed, HOLD_AT_MOST);
    }

    private static Instant day(int day) {
        return MARCH.plus(Duration.ofDays(day));
    }

    private void read(SourceTopic topic, int partition, int day) {
        watermark.take(Marks.progress(topic, partition, day(day), true));
    }

    private void quiet(SourceTopic topic, int partition, int day) {
        watermark.take(Marks.progress(topic, partition, day(day), false));
    }

    @Test
    void a_partition_without_a_mark_holds_it_as_long_as_it_may() {
        // When
        read(AUDIT, 0, 30);
        read(SIGN_INS, 0, 30);

        // Then
        assertThat(watermark.time()).isEqualTo(day(30 - 120));
        assertThat(watermark.standing().forced()).isFalse();
        assertThat(watermark.standing().slowest()).map(String::valueOf).hasValue("sign-ins/1");
    }

    @Test
    void a_partition_that_is_empty_holds_it_as_long_as_it_may() {
        // Given
        read(AUDIT, 0, 30);
        read(SIGN_INS, 0, 30);

        // When
        watermark.take(Marks.progress(SIGN_INS, 1, null, true));

        // Then
        assertThat(watermark.time()).isEqualTo(day(30 - 120));
    }

    @Test
    void it_is_the_least_that_any_partition_has_been_read_up_to() {
        // When
        read(AUDIT, 0, 30);
        read(SIGN_INS, 0, 12);
        read(SIGN_INS, 1, 20);

        // Then
        assertThat(watermark.time()).isEqualTo(day(12));
        assertThat(watermark.standing().newest()).hasValue(day(30));
        assertThat(watermark.standing().slowest()).map(String::valueOf).hasValue("sign-ins/0");
    }

    @Test
    void a_quiet_partition_does_not_hold_it() {
        // Given
        read(AUDIT, 0, 30);
        read(SIGN_INS, 0, 25);

        // When
        quiet(SIGN_INS, 1, 2);

        // Then
        assertThat(watermark.time()).isEqualTo(day(25));
    }

    @Test
    void when_all_are_quiet_it_is_the_newest_event() {
        // When
        quiet(AUDIT, 0, 3);
        quiet(SIGN_INS, 0, 30);
        quiet(SIGN_INS, 1, 20);

        // Then
        assertThat(watermark.time()).isEqualTo(day(30));
        assertThat(watermark.standing().slowest()).isEmpty();
    }

    @Test
    void it_does_not_go_back_when_a_quiet_partition_has_a_backlog_after_all() {
        // Given
        read(AUDIT, 0, 30);
        quiet(SIGN_INS, 0, 1);
        quiet(SIGN_INS, 1, 1);

        // When
        read(SIGN_INS, 0, 2);

        // Then
        assertThat(watermark.time()).isEqualTo(day(30));
    }

    @Test
    void a_partition_holds_it_no_further_behind_the_newest_event_than_it_may() {
        // Given
        read(SIGN_INS, 1, 2);
        read(AUDIT, 0, 5);
        read(SIGN_INS, 0, 130);
        boolean before = watermark.standing().forced();

        // When
        read(AUDIT, 0, 131);

        // Then
        assertThat(before).isTrue();
        assertThat(watermark.time()).isEqualTo(day(11));
        assertThat(watermark.standing().forced()).isTrue();
        assertThat(watermark.standing().slowest()).map(String::valueOf).hasValue("sign-ins/1");
    }

    @Test
    void a_topic_that_is_deleted_leaves_it() {
        // Given
        read(AUDIT, 0, 30);
        read(SIGN_INS, 0, 5);

        // When
        listed = List.of(AUDIT);
        boolean moved = watermark.refresh();

        // Then
        assertThat(moved).isTrue();
        assertThat(watermark.time()).isEqualTo(day(30));
    }

    @Test
    void a_topic_that_is_made_anew_holds_it_until_its_own_mark_comes() {
        // Given
        read(AUDIT, 0, 30);
        read(SIGN_INS, 0, 20);
        read(SIGN_INS, 1, 20);
        SourceTopic anew = SourceTopic.ofLogs("sign-ins", "s2", 1);
        listed = List.of(AUDIT, anew);
        read(AUDIT, 0, 60);
        Instant before = watermark.time();

        // When
        read(anew, 0, 50);

        // Then
        assertThat(before).isEqualTo(day(20));
        assertThat(watermark.time()).isEqualTo(day(50));
    }

    @Test
    void partitions_that_are_added_hold_it() {
        // Given
        listed = List.of(AUDIT);
        read(AUDIT, 0, 10);

        // When
        listed = List.of(SourceTopic.ofLogs("audit", "a1", 2));
        read(AUDIT, 0, 40);

        // Then
        assertThat(watermark.time()).isEqualTo(day(10));
    }

    @Test
    void nothing_moves_while_the_brokers_have_not_been_asked() {
        // Given
        listed = List.of();

        // When
        read(AUDIT, 0, 10);

        // Then
        assertThat(watermark.time()).isEqualTo(Instant.MIN);
    }

    @Test
    void all_of_it_is_kept() {
        // Given
        read(AUDIT, 0, 30);
        read(SIGN_INS, 0, 12);
        quiet(SIGN_INS, 1, 20);

        // When
        watermark = reopened();
        Instant kept = watermark.time();
        read(SIGN_INS, 0, 25);

        // Then
        assertThat(kept).isEqualTo(day(12));
        assertThat(watermark.time()).isEqualTo(day(20));
    }

    @Test
    void what_was_quiet_holds_it_after_a_restart_until_it_is_told_again_that_it_does_not() {
        // Given
        quiet(AUDIT, 0, 3);
        quiet(SIGN_INS, 0, 3);
        quiet(SIGN_INS, 1, 3);
        watermark = reopened();

        // When
        read(AUDIT, 0, 90);
        Instant before = watermark.time();
        quiet(SIGN_INS, 0, 3);
        quiet(SIGN_INS, 1, 3);

        // Then
        assertThat(before).isEqualTo(day(3));
        assertThat(watermark.time()).isEqualTo(day(90));
    }

    @Test
    void a_partition_that_has_been_read_some_way_is_named_at_once_when_it_is_left_out() {
        // When
        read(AUDIT, 0, 200);
        read(SIGN_INS, 0, 200);
        read(SIGN_INS, 1, 2);

        // Then
        assertThat(watermark.standing().forced()).isTrue();
        assertThat(watermark.standing().slowest()).map(String::valueOf).hasValue("sign-ins/1");
    }

    /** What decode tasks may tell, in any order that keeps that of each partition. */
    @Property(tries = 200)
    void it_never_goes_back_nor_beyond_what_holds_it(@ForAll("tellings") List<Telling> tellings) {
        beginAnew();
        Instant before = watermark.time();
        for (Telling telling : tellings) {
            // When
            watermark.take(telling.progress());

            // Then
            LowWatermark.Standing standing = watermark.standing();
            assertThat(watermark.time()).isAfterOrEqualTo(before);
            assertThat(watermark.time())
                    .isAfterOrEqualTo(standing.newest().orElseThrow().minus(HOLD_AT_MOST));
            assertThat(reopened().time()).isEqualTo(watermark.time());
            before = watermark.time();
        }
    }

    /** As long as every partition holds it and none is held too long, it is the least of them. */
    @Property(tries = 200)
    void without_quiet_partitions_it_is_the_least_of_the_last_marks(@ForAll("growing") List<Integer> days) {
        beginAnew();
        List<Integer> reached = new ArrayList<>(List.of(-1, -1, -1));
        for (int i = 0; i < days.size(); i++) {
            // When
            int partition = i % 3;
            int day = Math.max(reached.get(partition), days.get(i));
            reached.set(partition, day);
            read(partition == 0 ? AUDIT : SIGN_INS, partition == 2 ? 1 : 0, day);

            // Then
            int least = reached.stream().min(Integer::compareTo).orElseThrow();
            int newest = reached.stream().max(Integer::compareTo).orElseThrow();
            assertThat(watermark.time()).isEqualTo(day(least < 0 ? newest - 120 : least));
        }
    }

    /** What one decode task tells. */
    record Telling(int partition, int day, boolean holds) {
        SourceProgress progress() {
            return Marks.progress(
                    partition == 0 ? AUDIT : SIGN_INS, partition == 2 ? 1 : 0, LowWatermarkTest.day(day), holds);
        }
    }

    @Provide
    Arbitrary<List<Telling>> tellings() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 400),
                        Arbitraries.of(true, false))
                .as(Telling::new)
                .list()
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<Integer>> growing() {
        return Arbitraries.integers().between(0, 100).list().ofMaxSize(30);
    }
}

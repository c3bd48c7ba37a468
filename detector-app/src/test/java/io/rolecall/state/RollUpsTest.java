package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.inprocess.HeapFirstStore;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.UseHour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;

/** What is rolled up counts every event once, and keeps the first of every roll-up. */
class RollUpsTest {

    private static final Instant START = RollUpEvents.START;
    private static final Instant END = START.plus(Duration.ofHours(6));
    private static final int ALL = Integer.MAX_VALUE;

    private final HeapFirstStore entries = store();
    private final RollUps rollUps = new RollUps(new EntryStore(entries));

    private static HeapFirstStore store() {
        return new HeapFirstStore("roll-ups", Long.MAX_VALUE);
    }

    private static RollUps of(HeapFirstStore store, List<AppEvent> copies) {
        RollUps rollUps = new RollUps(new EntryStore(store));
        copies.forEach(copy -> rollUps.add(RollUpEvents.APPLICATION, copy));
        return rollUps;
    }

    private static Map<String, String> content(HeapFirstStore store) {
        Map<String, String> content = new TreeMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> content.put(
                    HexFormat.of().formatHex(entry.key.get()), HexFormat.of().formatHex(entry.value)));
        }
        return content;
    }

    private List<SignInHour> signIns() {
        return rollUps.signIns(RollUpEvents.APPLICATION, START, END, ALL);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void any_order_of_all_copies_with_any_duplicates_stores_the_same(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> copies = RollUpEvents.random(random);
        List<AppEvent> delivered = new ArrayList<>(copies);
        delivered.addAll(copies.subList(0, random.nextInt(copies.size())));
        Collections.shuffle(delivered, random);
        HeapFirstStore one = store();
        HeapFirstStore other = store();

        // When
        of(one, copies);
        of(other, delivered);

        // Then
        assertThat(content(other)).isEqualTo(content(one));
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void every_event_counts_once_and_the_first_of_every_roll_up_is_the_earliest_in_it(@ForAll long seed) {
        // Given
        List<AppEvent> copies = RollUpEvents.random(new Random(seed));

        // When
        RollUps filled = of(store(), copies);

        // Then
        List<SignInHour> signIns = filled.signIns(RollUpEvents.APPLICATION, START, END, ALL);
        List<UseHour> uses = filled.uses(RollUpEvents.APPLICATION, START, END, ALL);
        List<AzureSlot> azure = filled.azureActivity(RollUpEvents.APPLICATION, START, END, ALL);
        long counted = signIns.stream()
                        .mapToLong(hour -> hour.getSuccesses()
                                + hour.getInterrupted()
                                + hour.getFailures().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum())
                        .sum()
                + uses.stream().mapToLong(UseHour::getEvents).sum()
                + azure.stream().mapToLong(AzureSlot::getEvents).sum();
        assertThat(counted)
                .isEqualTo(copies.stream().map(AppEvent::getEventId).distinct().count());
        assertThat(signIns).allSatisfy(hour -> {
            AppEvent first = hour.getFirstEvent().orElseThrow();
            assertThat(first)
                    .isEqualTo(earliest(
                            copies,
                            copy -> copy.getDetails().orElseThrow() instanceof SignIn signIn
                                    && EventDays.hour(copy.getEventTime()).equals(hour.getHour())
                                    && copy.getActor().getIp().equals(hour.getIp())
                                    && signIn.getCredentialKeyId().equals(hour.getCredentialKeyId())
                                    && copy.getOutcome().equals("success") == hour.getSuccesses() > 0));
            assertThat(hour.getFirst()).isEqualTo(first.getEventTime());
        });
        assertThat(uses)
                .filteredOn(hour -> hour.getAction().equals("mail-read"))
                .allSatisfy(hour -> assertThat(hour.getFirstEvent().orElseThrow())
                        .isEqualTo(earliest(
                                copies,
                                copy -> copy.getDetails().orElseThrow() instanceof MailboxUse use
                                        && EventDays.hour(copy.getEventTime()).equals(hour.getHour())
                                        && copy.getActor().getIp().equals(hour.getIp())
                                        && use.getMailbox().equals(hour.getMailbox()))));
    }

    private static AppEvent earliest(List<AppEvent> copies, java.util.function.Predicate<AppEvent> in) {
        return copies.stream()
                .filter(in)
                .min(Comparator.comparing(AppEvent::getEventTime)
                        .thenComparing(AppEvent::getEventId)
                        .thenComparing(copy -> copy, Comparator.naturalOrder()))
                .orElseThrow();
    }

    @Test
    void an_earlier_sign_in_that_comes_late_becomes_the_evidence() {
        // Given
        AppEvent second = RollUpEvents.signIn("a", START.plusSeconds(20), 0, "198.51.100.7", "key");
        AppEvent first = RollUpEvents.signIn("b", START.plusSeconds(10), 0, "198.51.100.7", "key");

        // When
        rollUps.add(RollUpEvents.APPLICATION, second);
        rollUps.add(RollUpEvents.APPLICATION, first);

        // Then
        assertThat(signIns()).singleElement().satisfies(hour -> {
            assertThat(hour.getFirstEvent()).contains(first);
            assertThat(hour.getSuccesses()).isEqualTo(2);
        });
    }

    @Test
    void a_refused_use_of_a_mailbox_never_stands_for_one_that_succeeded() {
        // Given
        AppEvent refused = RollUpEvents.mailRead("a", START, "box", "198.51.100.7", 1);
        refused.setOutcome("failure");
        AppEvent read = RollUpEvents.mailRead("b", START.plusSeconds(10), "box", "198.51.100.7", 1);

        // When
        rollUps.add(RollUpEvents.APPLICATION, refused);
        rollUps.add(RollUpEvents.APPLICATION, read);

        // Then
        assertThat(rollUps.uses(RollUpEvents.APPLICATION, START, END, ALL))
                .extracting(hour -> hour.getFirstEvent().orElseThrow())
                .containsExactlyInAnyOrder(refused, read);
    }

    @Test
    void an_act_in_azure_that_was_only_started_is_told_apart_from_one_that_succeeded() {
        // Given
        AppEvent started = RollUpEvents.deletion("a", START, "disk", "198.51.100.7");
        started.setOutcomeReason("Start");
        AppEvent deleted = RollUpEvents.deletion("b", START.plusSeconds(10), "disk", "198.51.100.7");

        // When
        rollUps.add(RollUpEvents.APPLICATION, started);
        rollUps.add(RollUpEvents.APPLICATION, deleted);

        // Then
        assertThat(rollUps.azureActivity(RollUpEvents.APPLICATION, START, END, ALL))
                .extracting(AzureSlot::getFirst)
                .containsExactlyInAnyOrder(started, deleted);
    }

    @Test
    void of_two_sign_ins_at_one_time_the_smaller_id_is_the_evidence() {
        // Given
        AppEvent larger = RollUpEvents.signIn("b", START, 0, "198.51.100.7", "key");
        AppEvent smaller = RollUpEvents.signIn("a", START, 0, "198.51.100.7", "key");

        // When
        rollUps.add(RollUpEvents.APPLICATION, larger);
        rollUps.add(RollUpEvents.APPLICATION, smaller);

        // Then
        assertThat(signIns()).singleElement().satisfies(hour -> assertThat(hour.getFirstEvent())
                .contains(smaller));
    }

    @Test
    void a_copy_that_states_the_credential_takes_the_sign_in_out_of_where_it_was_counted_without() {
        // Given
        AppEvent without = RollUpEvents.signIn("a", START, 7000215, "198.51.100.7", null);
        AppEvent with = RollUpEvents.signIn("a", START.plusMillis(300), 7000215, "198.51.100.7", "key");

        // When
        RollUps.Added first = rollUps.add(RollUpEvents.APPLICATION, without);
        RollUps.Added second = rollUps.add(RollUpEvents.APPLICATION, with);

        // Then
        assertThat(first.isNew()).isTrue();
        assertThat(second.isNew()).isFalse();
        assertThat(second.changed()).isPresent();
        assertThat(signIns()).singleElement().satisfies(hour -> {
            assertThat(hour.getCredentialKeyId()).contains("key");
            assertThat(hour.getFailures()).isEqualTo(Map.of("7000215", 1L));
            assertThat(hour.getFirstEvent()).contains(with);
        });
    }

    @Test
    void a_roll_up_in_which_nothing_is_counted_any_more_takes_no_place_among_those_that_are_read() {
        // Given
        for (int i = 0; i < 5; i++) {
            rollUps.add(RollUpEvents.APPLICATION, RollUpEvents.signIn("a" + i, START, 0, null, "key" + i));
            rollUps.add(RollUpEvents.APPLICATION, RollUpEvents.signIn("a" + i, START, 0, "198.51.100.7", "key" + i));
        }
        rollUps.add(RollUpEvents.APPLICATION, RollUpEvents.signIn("b", START.plusSeconds(7_200), 0, null, "key"));

        // When
        List<SignInHour> read = rollUps.signIns(RollUpEvents.APPLICATION, START, END, 6);

        // Then
        assertThat(read).hasSize(6);
        assertThat(read).last().satisfies(hour -> assertThat(
                        hour.getFirstEvent().map(AppEvent::getEventId))
                .contains("b"));
    }

    @Test
    void the_same_copy_again_changes_nothing() {
        // Given
        AppEvent read = RollUpEvents.mailRead("a", START, "finance@contoso.com", "198.51.100.7", 12);
        rollUps.add(RollUpEvents.APPLICATION, read);

        // When
        RollUps.Added again = rollUps.add(RollUpEvents.APPLICATION, read);

        // Then
        assertThat(again.isNew()).isFalse();
        assertThat(again.changed()).isEmpty();
        assertThat(rollUps.uses(RollUpEvents.APPLICATION, START, END, ALL))
                .singleElement()
                .satisfies(hour -> assertThat(hour.getItems()).isEqualTo(12));
    }

    @Test
    void an_expired_history_leaves_nothing_behind() {
        // Given
        List<AppEvent> copies = RollUpEvents.random(new Random(1));
        copies.forEach(copy -> rollUps.add(RollUpEvents.APPLICATION, copy));

        // When
        rollUps.expire(RollUpEvents.APPLICATION, Instant.parse("2026-03-03T00:00:00Z"));

        // Then
        assertThat(Stream.of(content(entries)).filter(Map::isEmpty)).hasSize(1);
    }
}

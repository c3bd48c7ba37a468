package io.rolecall.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertSubject;
import io.rolecall.schema.Evidence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveBehindTest {

    private static final PlannedPartition LOG =
            GivenParts.partition("log", 0, 3).withLiveFrom(3);
    private static final PlannedPartition FACTS =
            new PlannedPartition("facts", SourceKind.FACTS, 0, 0, 0, 0, 0, null, 0L);
    private static final String LONG_AGO = "log/0/0/0";
    private static final String JUST_COME = "log/0/1/0";
    private static final Duration RESOLVE_WITHIN = Duration.ofMinutes(2);
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @BeforeEach
    void gather() throws IOException {
        PlanFile.write(GivenParts.plan(Shard.WHOLE, LOG, FACTS), folder);
        try (PartWriter writer = PartWriter.open(folder, LOG)) {
            for (Duration before : List.of(Duration.ofHours(1), Duration.ofSeconds(100), Duration.ZERO)) {
                long millis = GivenParts.TAKEN.minus(before).toEpochMilli();
                writer.keep(new Kept(Kept.What.EVENTS, writer.next(), 0, millis, new byte[0]));
                writer.readTo(writer.next() + 1);
            }
            writer.sync();
        }
    }

    @Test
    void an_act_whose_fact_live_lacks_is_held_back_only_while_it_may_be_under_way() throws IOException {
        // Given
        LiveDifference difference = new LiveDifference(
                "rc-1", Optional.of(alert(LONG_AGO, JUST_COME).build()), Optional.empty(), List.of());

        // When
        LiveBehind behind = behind(difference);

        // Then
        assertThat(behind.held()).containsExactly(JUST_COME);
        assertThat(behind.told("it")).isEqualTo("live still waited with it");
    }

    @Test
    void an_act_that_live_does_not_cite_is_held_back_only_until_the_next_revision_is_due() throws IOException {
        // Given
        Optional<Alert> replayed = Optional.of(alert(LONG_AGO, "log/0/9/0").build());
        Instant due = GivenParts.TAKEN.minus(INTERVAL);
        LiveDifference waiting = new LiveDifference(
                "rc-1",
                replayed,
                Optional.of(alert(LONG_AGO).setEmittedAt(due.plusMillis(1)).build()),
                List.of());
        LiveDifference told = new LiveDifference(
                "rc-1", replayed, Optional.of(alert(LONG_AGO).setEmittedAt(due).build()), List.of());

        // When
        LiveBehind held = behind(waiting);
        LiveBehind none = behind(told);

        // Then
        assertThat(held.held()).containsExactly("log/0/9/0");
        assertThat(none.isPresent()).isFalse();
    }

    @Test
    void an_act_that_live_has_not_read_is_not_waited_with_besides() throws IOException {
        // Given
        LiveDifference difference =
                new LiveDifference("rc-1", Optional.of(alert(JUST_COME).build()), Optional.empty(), List.of());
        GatheredHistory history = GatheredHistory.open(List.of(folder), GivenParts.DECODING);
        Plan plan = GivenParts.plan(Shard.WHOLE, LOG.withLiveFrom(1), FACTS);

        // When
        LiveBehind behind = new LiveBehind(
                plan,
                LiveFacts.of(history, Set.of(), Set.of(JUST_COME)),
                RESOLVE_WITHIN,
                INTERVAL,
                List.of(difference));

        // Then
        assertThat(behind.told("it")).isEqualTo("live had not committed beyond {log/0=1}");
    }

    private LiveBehind behind(LiveDifference difference) throws IOException {
        GatheredHistory history = GatheredHistory.open(List.of(folder), GivenParts.DECODING);
        LiveFacts facts = LiveFacts.of(history, Set.of(), Set.of(LONG_AGO, JUST_COME));
        return new LiveBehind(history.plan(), facts, RESOLVE_WITHIN, INTERVAL, List.of(difference));
    }

    private static Alert.Builder alert(String... positions) {
        return DifferenceReasonsTest.alert("rc-1", "high")
                .setSubject(new AlertSubject("application", "app"))
                .setEvidence(Stream.of(positions).map(LiveBehindTest::evidence).toList());
    }

    private static Evidence evidence(String position) {
        return Evidence.newBuilder()
                .setEventId(position)
                .setSource("entra-audit")
                .setOperation("add-application")
                .setEventTime(GivenParts.FROM)
                .setSummary("summary")
                .setPosition(position)
                .build();
    }
}

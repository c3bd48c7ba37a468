package io.rolecall.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolecall.schema.OrgNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatheredHistoryTest {

    private static final PlannedPartition FIRST = GivenParts.partition("entra.audit-logs", 0, 7);
    private static final PlannedPartition SECOND = GivenParts.partition("entra.audit-logs", 1, 9);
    private static final PlannedPartition THIRD = GivenParts.partition("m365.audit-logs", 0, 4);

    @TempDir
    private Path folder;

    @Test
    void a_plan_reads_back_as_it_was_written_and_is_not_overwritten() throws IOException {
        // Given
        PlannedPartition cold = new PlannedPartition(
                "entra.sign-in-logs", SourceKind.RAW, 3, 5, 6, 100, 120, GivenParts.FROM.plusNanos(1_000_000), 90L);
        Plan plan = GivenParts.plan(new Shard(2, 3), cold, FIRST);

        // When
        PlanFile.write(plan, folder);

        // Then
        assertThat(PlanFile.read(folder)).isEqualTo(plan);
        assertThat(cold.isHeldBack()).isTrue();
        assertThat(cold.isCold(GivenParts.FROM)).isTrue();
        assertThatThrownBy(() -> PlanFile.write(plan, folder)).hasMessageContaining("--resume");
    }

    @Test
    void a_plan_of_another_format_is_refused_by_its_number() throws IOException {
        // Given
        PlanFile.write(GivenParts.plan(Shard.WHOLE, FIRST), folder);
        Path file = folder.resolve(PlanFile.NAME);
        Files.writeString(file, Files.readString(file).replace("\"format\" : 1", "\"format\" : 2"));

        // When
        var reading = assertThatThrownBy(() -> PlanFile.read(folder));

        // Then
        reading.hasMessageContaining("format 2").hasMessageContaining("gather the range again");
    }

    @Test
    void the_shares_of_a_plan_hold_each_partition_once_and_make_the_whole() throws IOException {
        // Given
        List<Path> shares = List.of(share(2, 2), share(1, 2));

        // When
        GatheredHistory history = GatheredHistory.open(shares, GivenParts.DECODING);

        // Then
        assertThat(history.plan().partitions()).containsExactly(FIRST, SECOND, THIRD);
        assertThat(history.tally().get(Counted.RECORDS)).isEqualTo(20);
    }

    @Test
    void of_shares_that_saw_different_ends_each_partition_is_as_its_own_share_saw_it_in_any_order() throws IOException {
        // Given
        PlannedPartition networks = networks(2);
        Path first = planned(
                new Shard(1, 2), GivenParts.TAKEN, FIRST, GivenParts.partition("entra.audit-logs", 1, 3), networks);
        Path second = planned(
                new Shard(2, 2),
                GivenParts.TAKEN.plusSeconds(60),
                GivenParts.partition("entra.audit-logs", 0, 100),
                SECOND,
                networks(9));
        GivenParts.gather(first, FIRST);
        GivenParts.networks(first, networks, "office", "branch");
        GivenParts.gather(second, SECOND);

        // When
        GatheredHistory history = GatheredHistory.open(List.of(first, second), GivenParts.DECODING);
        GatheredHistory turned = GatheredHistory.open(List.of(second, first), GivenParts.DECODING);

        // Then
        assertThat(history.plan()).isEqualTo(turned.plan());
        assertThat(history.plan().partitions()).containsExactly(FIRST, SECOND, networks);
        assertThat(history.networks())
                .extracting(OrgNetwork::getLabel)
                .containsExactlyInAnyOrder("office", "branch")
                .containsExactlyElementsOf(
                        turned.networks().stream().map(OrgNetwork::getLabel).toList());
        assertThat(history.notes())
                .isEqualTo(turned.notes())
                .singleElement()
                .asString()
                .contains("from 2026-07-02T00:00:00Z to 2026-07-02T00:01:00Z");
    }

    @Test
    void what_live_says_is_in_the_first_share_and_how_far_it_had_come_is_as_that_one_saw_it() throws IOException {
        // Given
        PlannedPartition alerts = new PlannedPartition("alerts", SourceKind.ALERTS, 0, 0, 0, 0, 0, null, null);
        PlannedPartition seenFirst = FIRST.withLiveFrom(5);
        PlannedPartition secondSeenFirst = SECOND.withLiveFrom(2);
        Path first = planned(new Shard(1, 2), GivenParts.TAKEN, seenFirst, secondSeenFirst, alerts);
        Path second = planned(new Shard(2, 2), GivenParts.TAKEN, FIRST.withLiveFrom(7), SECOND.withLiveFrom(9), alerts);
        GivenParts.gather(first, FIRST);
        GivenParts.gather(second, SECOND);

        // When
        Plan merged = GatheredHistory.open(List.of(second, first), GivenParts.DECODING)
                .plan();

        // Then
        assertThat(PlanFile.read(first).share()).containsExactly(seenFirst, alerts);
        assertThat(PlanFile.read(second).share()).containsExactly(SECOND.withLiveFrom(9));
        assertThat(merged.partitions()).containsExactly(seenFirst, secondSeenFirst, alerts);
    }

    @Test
    void a_share_that_is_missing_or_there_twice_is_named() throws IOException {
        // Given
        Path first = share(1, 3);
        Path third = share(3, 3);

        // When
        var missing = assertThatThrownBy(() -> GatheredHistory.open(List.of(first, third), GivenParts.DECODING));
        var twice = assertThatThrownBy(() -> GatheredHistory.open(List.of(first, first), GivenParts.DECODING));

        // Then
        missing.hasMessageContaining("share 2/3 is missing");
        twice.hasMessageContaining("both hold share 1/3");
    }

    @Test
    void history_that_is_not_read_to_its_end_is_no_answer() throws IOException {
        // Given
        PlanFile.write(GivenParts.plan(Shard.WHOLE, FIRST, SECOND), folder);
        GivenParts.gather(folder, FIRST);
        GivenParts.gather(folder, GivenParts.partition("entra.audit-logs", 1, 6));

        // When
        var opening = assertThatThrownBy(() -> GatheredHistory.open(List.of(folder), GivenParts.DECODING));

        // Then
        opening.hasMessageContaining("entra.audit-logs/1 is read to offset 6 of 9")
                .hasMessageContaining("--resume");
        assertThat(GatheredHistory.unread(folder, PlanFile.read(folder))).isEqualTo(3);
    }

    @Test
    void a_program_that_needs_more_or_decodes_otherwise_says_what_and_which_range_to_gather_again() throws IOException {
        // Given
        Plan plan = GivenParts.plan(Shard.WHOLE, FIRST);
        Decoding now = GivenParts.DECODING;
        Decoding more = new Decoding(
                now.version(), now.schema(), now.tenantId(), now.maxFuture(), List.of("add-application", "consent"));
        Decoding newer = new Decoding(2, now.schema(), now.tenantId(), now.maxFuture(), now.operations());
        Decoding elsewhere = new Decoding(1, now.schema(), "contoso", now.maxFuture(), now.operations());
        Decoding less = new Decoding(1, now.schema(), now.tenantId(), now.maxFuture(), List.of());

        // When
        GatheredHistory.requireDecodable(plan, less);

        // Then
        assertThatThrownBy(() -> GatheredHistory.requireDecodable(plan, more))
                .hasMessageContaining("left out: consent")
                .hasMessageContaining("--from 2026-06-01T00:00:00Z");
        assertThatThrownBy(() -> GatheredHistory.requireDecodable(plan, newer)).hasMessageContaining("decoder 2");
        assertThatThrownBy(() -> GatheredHistory.requireDecodable(plan, elsewhere))
                .hasMessageContaining("contoso");
    }

    @Test
    void a_share_is_written_as_two_numbers_of_which_the_first_is_no_larger() {
        // When
        Shard shard = Shard.parse("2/3");

        // Then
        assertThat(shard).isEqualTo(new Shard(2, 3)).hasToString("2/3");
        assertThatThrownBy(() -> Shard.parse("4/3")).hasMessageContaining("i/n");
        assertThatThrownBy(() -> Shard.parse("0/3")).hasMessageContaining("i/n");
        assertThatThrownBy(() -> Shard.parse("x")).hasMessageContaining("i/n");
    }

    private static PlannedPartition networks(long end) {
        return new PlannedPartition("org.networks", SourceKind.NETWORKS, 0, 0, 0, end, end, null, null);
    }

    private Path planned(Shard shard, Instant taken, PlannedPartition... partitions) throws IOException {
        Path directory = Files.createDirectories(folder.resolve("planned-" + shard.index()));
        PlanFile.write(GivenParts.plan(shard, taken, partitions), directory);
        return directory;
    }

    private Path share(int index, int count) throws IOException {
        Plan plan = GivenParts.plan(new Shard(index, count), FIRST, SECOND, THIRD);
        Path directory = Files.createDirectories(folder.resolve("share-" + index));
        PlanFile.write(plan, directory);
        for (PlannedPartition partition : plan.share()) {
            GivenParts.gather(directory, partition);
        }
        return directory;
    }
}

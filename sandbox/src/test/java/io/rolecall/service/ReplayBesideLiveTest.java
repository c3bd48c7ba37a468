package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.acts.Role;
import io.rolecall.deployment.AbuseEvents;
import io.rolecall.deployment.CommandLineRun;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.KafkaClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What live had not come to, held back, or has read since then, is no fault. */
class ReplayBesideLiveTest {

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    @Test
    void an_act_that_waits_for_its_app_id_is_held_back_by_live() throws Exception {
        // Given
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "beside-waiting")
                .with("resolve-within: 1h")
                .create()) {
            Replays.live(site, 0, AbuseEvents.delegatedGrant());
            assertThat(site.client().committed(site.topics().alerts())).isEmpty();

            // When
            Map<String, String> reasons = reasons(site, Replays.range(folder.resolve("gathered")));

            // Then
            assertThat(reasons).isNotEmpty().allSatisfy((id, reason) -> assertThat(reason)
                    .isEqualTo("live-behind"));
            assertThat(because())
                    .contains("live still waited with " + site.topics().entraAudit() + "/0/0/0");
        }
    }

    @Test
    void an_act_that_a_revision_is_to_tell_of_is_held_back_by_live() throws Exception {
        // Given
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "beside-revision")
                .with("revision-interval: 1h")
                .create()) {
            try (DetectorService service = site.start("a")) {
                site.client().produce(site.topics().entraAudit(), AbuseEvents.registration(), AbuseEvents.grant());
                site.awaitAlerts(1);
                site.awaitRead();
                site.client().produce(site.topics().entraAudit(), AbuseEvents.grant(Role.FILES_READ, 4));
                site.awaitRead();
                assertThat(service.streams().state().isRunningOrRebalancing()).isTrue();
            }

            // When
            Map<String, String> reasons = reasons(site, Replays.range(folder.resolve("gathered")));

            // Then
            assertThat(reasons).isNotEmpty().allSatisfy((id, reason) -> assertThat(reason)
                    .isEqualTo("live-behind"));
            assertThat(because())
                    .contains("live still waited with " + site.topics().entraAudit() + "/0/2/0");
        }
    }

    @Test
    void a_fact_that_live_had_not_committed_is_not_missed() throws Exception {
        // Given
        try (Site site = site("beside-uncommitted")) {
            Replays.live(site, 0, AbuseEvents.registration(), AbuseEvents.grant());
            forgetAlerts(site);
            TopicPartition facts = new TopicPartition(site.topics().appEvents(), 0);
            KafkaClient.await(
                    site.client()
                            .admin()
                            .alterConsumerGroupOffsets(site.id(), Map.of(facts, new OffsetAndMetadata(0)))
                            .all(),
                    "offset");

            // When
            Map<String, String> reasons = reasons(site, Replays.range(folder.resolve("gathered")));

            // Then
            assertThat(reasons).isNotEmpty().allSatisfy((id, reason) -> assertThat(reason)
                    .isEqualTo("live-behind"));
            assertThat(because()).contains("live still waited with");
        }
    }

    /** What live says is in the first share, the audit log in the second. */
    @Test
    void shares_that_were_planned_apart_make_no_difference_unexplained_whichever_came_first() throws Exception {
        // Given
        try (Site site = site("beside-shares")) {
            Replays.live(site, 0, AbuseEvents.registration(), AbuseEvents.grant());
            String first = share(site, "1/2", "first");
            String second = share(site, "2/2", "second");
            Replays.live(site, 0, AbuseEvents.grant(Role.FILES_READ, 4));
            String firstLater = share(site, "1/2", "first-later");
            String secondLater = share(site, "2/2", "second-later");

            // When
            Map<String, String> logsLater = reasons(site, "--resume", first + "," + secondLater);
            Map<String, String> turned = reasons(site, "--resume", secondLater + "," + first);
            CommandLineRun logsEarlier =
                    Replays.command(site, "--resume", firstLater + "," + second, "--against", "live", "--fail-on-diff");
            CommandLineRun together = Replays.command(
                    site, "--resume", firstLater + "," + secondLater, "--against", "live", "--fail-on-diff");

            // Then
            assertThat(logsLater).isNotEmpty().isEqualTo(turned).allSatisfy((id, reason) -> assertThat(reason)
                    .isEqualTo("live-behind"));
            assertThat(logsEarlier.exitCode()).as(logsEarlier.err()).isZero();
            assertThat(logsEarlier.err())
                    .contains("changed 0 · new 0 · missing 0")
                    .contains("with what live has read since");
            assertThat(together.err()).contains("changed 0 · new 0 · missing 0").doesNotContain("read since");
        }
    }

    private Site site(String name) {
        return new Site.Draft(BROKER.bootstrapServers(), folder, name)
                .with("revision-interval: 0s")
                .create();
    }

    private static void forgetAlerts(Site site) {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        site.client()
                .committed(site.topics().alerts())
                .forEach(alert -> all.put(
                        new TopicPartition(alert.topic(), alert.partition()), RecordsToDelete.beforeOffset(-1)));
        assertThat(all).isNotEmpty();
        KafkaClient.await(site.client().admin().deleteRecords(all).all(), "deletion");
    }

    private String share(Site site, String share, String name) {
        String directory = folder.resolve(name).toString();
        CommandLineRun run = Replays.replay(site, "--dir", directory, "--shard", share, "--against", "live");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return directory;
    }

    private Path differences() {
        return folder.resolve("differences.ndjson");
    }

    private Map<String, String> reasons(Site site, String... arguments) throws IOException {
        return Replays.reasons(site, differences(), arguments);
    }

    private String because() throws IOException {
        List<String> lines = Files.readAllLines(differences());
        return lines.stream().collect(Collectors.joining("\n"));
    }
}

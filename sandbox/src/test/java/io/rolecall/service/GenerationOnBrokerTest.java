package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.acts.Role;
import io.rolecall.alert.AlertRevisions;
import io.rolecall.deployment.AbuseEvents;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.schema.Alert;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who keeps the record with the larger pair of generation and revision is right across restarts and resets. */
class GenerationOnBrokerTest {

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    @Test
    void a_restart_keeps_the_generation_and_another_application_id_begins_a_newer_one() throws Exception {
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "generation")
                .with("revision-interval: 0s")
                .create()) {
            // Given
            try (DetectorService first = site.start("a")) {
                site.client().produce(site.topics().entraAudit(), AbuseEvents.registration(), AbuseEvents.grant());
                awaitRevision(site, 1);
                site.client().produce(site.topics().entraAudit(), AbuseEvents.grant(Role.FILES_READ, 4));
                awaitRevision(site, 2);
                assertThat(first.streams().state().isRunningOrRebalancing()).isTrue();
            }

            // When
            try (DetectorService restored = site.start("b")) {
                site.client().produce(site.topics().entraAudit(), AbuseEvents.grant(Role.MAIL_READ_WRITE, 5));
                awaitRevision(site, 3);
                assertThat(restored.streams().state().isRunningOrRebalancing()).isTrue();
            }
            List<Alert> before = revisions(site);
            try (DetectorService anew = site.startAs("generation-anew", "c")) {
                await("the new state has found the same").atMost(Site.PATIENCE).until(() -> after(site, before).stream()
                        .anyMatch(alert -> AlertRevisions.sameContent(alert, before.get(2))));
                assertThat(anew.streams().state().isRunningOrRebalancing()).isTrue();
            }

            // Then
            List<Alert> all = revisions(site);
            List<Alert> after = after(site, before);
            assertThat(before).extracting(Alert::getRevision).containsExactly(1, 2, 3);
            assertThat(before)
                    .extracting(Alert::getGeneration)
                    .containsOnly(before.get(0).getGeneration());
            assertThat(after.get(0).getRevision()).isEqualTo(1);
            assertThat(after.get(0)).usingComparator(AlertRevisions.BY_AGE).isGreaterThan(before.get(2));
            assertThat(all).isSortedAccordingTo(AlertRevisions.BY_AGE).doesNotHaveDuplicates();
        }
    }

    private static void awaitRevision(Site site, int revision) {
        await("revision " + revision).atMost(Site.PATIENCE).until(() -> revisions(site).stream()
                .anyMatch(alert -> alert.getRevision() == revision));
    }

    private static List<Alert> after(Site site, List<Alert> before) {
        List<Alert> all = revisions(site);
        return all.subList(before.size(), all.size());
    }

    /** Of the one alert that the grants make, in the order in which they were written. */
    private static List<Alert> revisions(Site site) {
        return site.alerts().stream()
                .filter(alert -> alert.getDetection().equals("single-tenant-app-abuse"))
                .toList();
    }
}

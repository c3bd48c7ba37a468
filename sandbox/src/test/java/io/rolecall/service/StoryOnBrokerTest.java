package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.alert.OcsfFinding;
import io.rolecall.policy.Severity;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.Alert;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service on a real broker finds what {@code scan} finds: three partitions, two threads, exactly-once. */
class StoryOnBrokerTest {

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "of the whole catalogue: {0}")
    @ValueSource(booleans = {false, true})
    void the_alerts_of_the_story_equal_those_of_scan_on_both_topics(boolean all) throws Exception {
        // Given
        Story story =
                Story.generate(StoryOptions.defaults().withNoisePerDay(100).withAll(all));
        Verdicts verdicts = Verdicts.of(story);
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, all ? "catalogue" : "story")
                .partitions(3)
                .policyOf(story)
                .create()) {
            site.networks(story);
            StoryRecords records = StoryRecords.of(story, site.topics(), site.partitions());

            // When
            try (DetectorService service = site.start("a")) {
                site.client().produce(records.records());
                verdicts.awaitIn(site, Site.PATIENCE);
                assertThat(service.streams().state().isRunningOrRebalancing()).isTrue();
            }

            // Then
            List<Alert> alerts = site.alerts();
            Verdicts.requireEveryRevisionOnce(alerts);
            assertThat(ocsf(site)).containsExactlyInAnyOrderElementsOf(asOcsf(alerts));
            site.sums().requireExact(records.elements());
        }
    }

    private static List<String> ocsf(Site site) {
        return site.client().committed(site.topics().alertsOcsf()).stream()
                .map(record -> new String(record.key(), StandardCharsets.UTF_8) + " "
                        + new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** Every revision from the first standing one on that reaches the policy's least severity. */
    private static List<String> asOcsf(List<Alert> alerts) {
        Set<String> heardOf = new HashSet<>();
        List<String> findings = new ArrayList<>();
        for (Alert alert : alerts) {
            boolean first = !heardOf.contains(alert.getAlertId());
            boolean severe = Severity.ofLabel(alert.getSeverity()).compareTo(Severity.LOW) >= 0;
            if (!first || (severe && !alert.getStatus().equals("withdrawn"))) {
                heardOf.add(alert.getAlertId());
                findings.add(alert.getAlertId() + " " + OcsfFinding.of(alert, first));
            }
        }
        return findings;
    }
}

package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.deployment.AbuseEvents;
import io.rolecall.sandbox.BrokerUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an alert waits for is committed at once, however long the interval of the other commits is. */
class PromptAlertTest {

    private static final Duration COMMIT_INTERVAL = Duration.ofMinutes(10);

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    @Test
    void an_alert_does_not_wait_for_the_commit_interval() throws Exception {
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "prompt")
                .with("streams: { num.stream.threads: 1, commit.interval.ms: " + COMMIT_INTERVAL.toMillis()
                        + ", producer.transaction.timeout.ms: "
                        + COMMIT_INTERVAL.plusMinutes(1).toMillis() + " }")
                .create()) {
            try (DetectorService service = site.start("a")) {
                // Given
                String alerts = site.topics().alerts();
                String findings = site.topics().alertsOcsf();

                // When
                site.client().produce(site.topics().entraAudit(), AbuseEvents.registration(), AbuseEvents.grant());

                // Then
                await("the alert on both topics")
                        .atMost(Site.PATIENCE)
                        .until(() -> !site.client().committed(findings).isEmpty());
                List<ConsumerRecord<byte[], byte[]>> records = site.client().committed(alerts);
                assertThat(records).isNotEmpty();
                assertThat(records)
                        .allSatisfy(record -> assertThat(record.headers()).isEmpty());
                assertThat(service.streams().state().isRunningOrRebalancing()).isTrue();
            }
        }
    }
}

package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolecall.config.ConfigurationException;
import io.rolecall.deployment.MissingTopics;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.KafkaClient;
import io.rolecall.sandbox.ServiceProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Topics that are deleted under a service, and a directory that another holds: each is said by its name, with what mends it. */
class LostTopicsTest {

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    private Site site(String id) {
        return new Site.Draft(BROKER.bootstrapServers(), folder, id)
                .with("streams: { num.stream.threads: 1 }")
                // A send to a topic that is gone waits for it to come back, a minute unless told otherwise.
                .with("producer: { max.block.ms: 5000 }")
                .create();
    }

    @Test
    void a_source_topic_that_is_deleted_ends_the_service_with_its_name() throws Exception {
        // Given
        try (Site site = site("no-source");
                DetectorService service = site.start("a")) {
            String topic = site.topics().entraSignIn();

            // When
            delete(site, topic);

            // Then
            assertThatThrownBy(service::awaitEnd)
                    .isInstanceOf(ServiceFailedException.class)
                    .hasMessageStartingWith("the topic was deleted while the service ran: " + topic + ";")
                    .hasMessageContaining("rolecall topics create");
        }
    }

    @Test
    void before_a_start_internal_topics_that_are_gone_are_named_and_those_that_never_were_are_not() throws Exception {
        // Given
        Set<String> internal = Set.of("half-gone-profiles-changelog", "half-gone-history-changelog");
        try (Site site = site("half-gone")) {
            MissingTopics atFirst = MissingTopics.ask(site.configuration("a"), internal);
            site.start("a").close();
            MissingTopics later = MissingTopics.ask(site.configuration("a"), internal);

            // When
            delete(site, "half-gone-history-changelog");
            MissingTopics then = MissingTopics.ask(site.configuration("a"), internal);

            // Then
            assertThat(atFirst.beforeStart()).isEmpty();
            assertThat(later.beforeStart()).isEmpty();
            assertThat(then.beforeStart().orElseThrow())
                    .contains("an internal topic is missing: half-gone-history-changelog,")
                    .doesNotContain("profiles-changelog");
        }
    }

    @Test
    void a_state_directory_that_another_process_holds_is_said_to_be_in_use() {
        // Given
        try (Site site = site("shared");
                ServiceProcess holds = site.startProcess("a").awaitRunning()) {
            // When, Then
            assertThatThrownBy(() -> site.start("a"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("state-dir: the state directory is in use by another process")
                    .hasMessageContaining(folder.resolve("state-a").toString())
                    .hasMessageContaining("a state-dir of its own");
            assertThat(holds.isAlive()).isTrue();
        }
    }

    private static void delete(Site site, String topic) {
        KafkaClient.await(site.client().admin().deleteTopics(List.of(topic)).all(), "deletion of " + topic);
    }
}

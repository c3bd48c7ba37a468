package io.rolecall.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker that takes connections and never answers, as one that is frozen does. */
class TopicCheckTest {

    private ServerSocket silent;
    private Configuration configuration;
    private Admin admin;

    @BeforeEach
    void listen() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        configuration = ConfigFile.read(Map.of(
                "ROLECALL_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + silent.getLocalPort(),
                "ROLECALL_KAFKA_REQUEST_TIMEOUT_MS", "200",
                "ROLECALL_KAFKA_DEFAULT_API_TIMEOUT_MS", "400"));
        admin = Admin.create(ClientProperties.admin(configuration));
    }

    @AfterEach
    void close() throws IOException {
        admin.close();
        silent.close();
    }

    @Test
    void before_the_start_a_broker_that_does_not_answer_is_what_is_wrong() {
        // When
        var findings = TopicCheck.check(admin, configuration);

        // Then
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.isError()).isTrue();
            assertThat(finding.message()).contains("no Kafka broker answers in time");
        });
    }

    @Test
    void once_the_service_runs_a_broker_that_does_not_answer_says_nothing_about_rights() {
        // When, Then
        assertThatThrownBy(() -> TopicCheck.checkInternalTopics(admin, configuration))
                .as("an outage, which the service outlives, and no right that is missing")
                .isInstanceOf(TimeoutException.class);
    }
}

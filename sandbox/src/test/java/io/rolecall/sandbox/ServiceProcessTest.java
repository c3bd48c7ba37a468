package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolecall.cli.ExitCode;
import io.rolecall.config.ClientProperties;
import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import io.rolecall.deployment.DeploymentPlan;
import io.rolecall.deployment.TopicCreation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {

    @RegisterExtension
    static final BrokerUnderTest BROKER = new BrokerUnderTest();

    private static final int KILLED = 137;

    @TempDir
    private Path directory;

    @Test
    void it_is_seen_ready_and_can_be_killed_and_stopped() throws IOException {
        // Given
        int port = ServiceProcess.freePort();
        Path config = config(port);
        createTopics(config);
        Path output = directory.resolve("service.log");
        try (ServiceProcess killed = ServiceProcess.start(output, config, port).awaitRunning()) {

            // When
            killed.kill();

            // Then
            assertThat(killed.exitCode()).isEqualTo(KILLED);
            assertThat(killed.timeToRunning()).isPositive();
        }
        try (ServiceProcess stopped = ServiceProcess.start(directory.resolve("again.log"), config, port)
                .awaitRunning()) {
            assertThat(stopped.stop()).as(stopped.output()).isEqualTo(ExitCode.DONE);
            assertThat(stopped.output()).contains("No network of the organisation is known");
        }
    }

    @Test
    void requests_that_do_not_come_to_their_end_are_closed_without_any_flag_of_the_jvm() throws Exception {
        // Given
        int port = ServiceProcess.freePort();
        Path config = config(port);
        createTopics(config);
        try (ServiceProcess service = ServiceProcess.start(directory.resolve("service.log"), config, port)
                        .awaitRunning();
                HalfSentRequests halfSent = HalfSentRequests.to(port, 8)) {
            // When
            int health = service.get("/healthz").statusCode();

            // Then
            assertThat(health).isEqualTo(200);
            assertThat(halfSent.awaitClosed()).isEqualTo(8);
        }
    }

    @Test
    void a_first_start_warns_of_nothing_that_nobody_can_act_on_and_says_ready_last() throws IOException {
        // Given
        int port = ServiceProcess.freePort();
        Path config = config(port);
        createTopics(config);

        // When
        try (ServiceProcess service = ServiceProcess.start(directory.resolve("service.log"), config, port)) {
            service.awaitOutput("Ready");

            // Then
            List<JsonNode> lines = new ArrayList<>();
            for (String line : service.output().lines().toList()) {
                lines.add(new ObjectMapper().readTree(line));
            }
            assertThat(lines)
                    .allSatisfy(line -> assertThat(line.path("timestamp").asText())
                            .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
            assertThat(lines.stream()
                            .filter(line -> !line.path("level").asText().equals("INFO"))
                            .map(line -> line.path("loggerName").asText())
                            // That the state lies among the temporary files, as in a test alone, is worth a warning.
                            .filter(logger -> !logger.endsWith(".StateDirectory")))
                    .containsExactly("io.rolecall.service.DetectorService");
            assertThat(lines.get(lines.size() - 1).path("formattedMessage").asText())
                    .isEqualTo(
                            "Ready, and reading entra.audit-logs, entra.sign-in-logs, azure.activity-logs, m365.audit-logs;"
                                    + " a first record: rolecall story --out story && kafka-console-producer.sh"
                                    + " --bootstrap-server " + BROKER.bootstrapServers()
                                    + " --topic entra.audit-logs < story/entra-audit.diagnostic.ndjson");
        }
    }

    @Test
    void what_it_lacks_ends_it_with_a_message() throws IOException {
        // Given
        int port = ServiceProcess.freePort();
        Path config = directory.resolve("rolecall.yaml");
        Files.writeString(config, "kafka: { bootstrap.server: '%s' }%n".formatted(BROKER.bootstrapServers()));

        // When
        try (ServiceProcess service = ServiceProcess.start(directory.resolve("service.log"), config, port)) {

            // Then
            assertThat(service.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
            assertThat(service.output()).contains("kafka.bootstrap.servers");
        }
    }

    @Test
    void settings_that_do_not_fit_together_are_a_wrong_configuration() throws IOException {
        // Given
        int port = ServiceProcess.freePort();
        Path config = config(port);
        createTopics(config);
        Files.writeString(config, "streams: { commit.interval.ms: 600000 }\n", StandardOpenOption.APPEND);

        // When
        try (ServiceProcess service = ServiceProcess.start(directory.resolve("service.log"), config, port)) {

            // Then
            assertThat(service.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
            assertThat(service.output())
                    .contains("commit.interval.ms", "transaction.timeout.ms")
                    .doesNotContain("\tat ");
        }
    }

    private Path config(int port) throws IOException {
        Path config = directory.resolve("rolecall.yaml");
        return Files.writeString(config, """
                application-id: process-%d
                state-dir: '%s'
                kafka:
                  bootstrap.servers: %s
                consumer:
                  session.timeout.ms: %d
                registry:
                  schema.registry.url: mock://process
                http:
                  port: %d
                  probe-port: 0
                """.formatted(
                        port,
                        directory.resolve("state"),
                        BROKER.bootstrapServers(),
                        Duration.ofSeconds(6).toMillis(),
                        port));
    }

    private static void createTopics(Path config) {
        Configuration configuration = ConfigFile.read(config, Map.of());
        try (Admin admin = Admin.create(ClientProperties.admin(configuration))) {
            new TopicCreation(admin, DeploymentPlan.of(configuration, 1, OptionalInt.of(1))).run(false);
        }
    }
}

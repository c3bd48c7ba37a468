package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.cli.ExitCode;
import io.rolecall.config.ClientProperties;
import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import io.rolecall.deployment.DeploymentPlan;
import io.rolecall.deployment.TopicCreation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Told to stop, the service ends in bounded time, and its exit code says whether everything was done. */
class ServiceStopTest {

    private static final String UNCLEAN =
            "rolecall: did not stop cleanly within 20 s: the streams had not ended; what they"
                    + " had not committed is done again at the next start";

    @TempDir
    private Path directory;

    private BrokerProcess broker;
    private ServiceProcess service;

    @BeforeEach
    void start() throws IOException {
        broker = BrokerProcess.start(Files.createDirectory(directory.resolve("broker")));
        int port = ServiceProcess.freePort();
        Path config = Files.writeString(directory.resolve("rolecall.yaml"), """
                application-id: stop
                state-dir: '%s'
                kafka:
                  bootstrap.servers: %s
                registry:
                  schema.registry.url: mock://stop
                http:
                  port: %d
                  probe-port: 0
                """.formatted(
                        directory.resolve("state"), broker.bootstrapServers(), port));
        Configuration configuration = ConfigFile.read(config, Map.of());
        try (Admin admin = Admin.create(ClientProperties.admin(configuration))) {
            new TopicCreation(admin, DeploymentPlan.of(configuration, 1, OptionalInt.of(1))).run(false);
        }
        service = ServiceProcess.start(directory.resolve("service.log"), config, port)
                .awaitRunning();
    }

    @AfterEach
    void end() {
        service.close();
        broker.close();
    }

    @Test
    void with_a_broker_it_stops_in_order() {
        // When
        int code = service.stop();

        // Then
        assertThat(code).as(service.output()).isEqualTo(ExitCode.DONE);
        assertThat(service.output()).doesNotContain("did not stop");
    }

    @Test
    void with_a_broker_of_its_own_both_stop_in_order() throws IOException {
        // Given
        int port = ServiceProcess.freePort();
        Path config = Files.writeString(
                directory.resolve("embedded.yaml"),
                "state-dir: '%s'%nhttp: { port: %d, probe-port: 0 }%n".formatted(directory.resolve("embedded"), port));
        try (ServiceProcess embedded = ServiceProcess.start(
                        directory.resolve("embedded.log"), config, port, "--embedded")
                .awaitRunning()) {
            // When
            int code = embedded.stop();

            // Then
            assertThat(code).as(embedded.output()).isEqualTo(ExitCode.DONE);
            assertThat(embedded.output()).contains("local broker: ").doesNotContain("did not stop");
        }
    }

    @Test
    void a_broker_that_does_not_answer_leaves_the_stop_unfinished_which_the_exit_code_says() {
        // Given
        broker.freeze();

        // When
        int code = service.stop();

        // Then
        assertThat(code).as(service.output()).isEqualTo(ExitCode.FAILED);
        assertThat(service.output()).contains(UNCLEAN);
    }

    @Test
    void without_a_broker_the_exit_code_says_whether_everything_was_done() {
        // Given
        broker.kill();

        // When
        int code = service.stop();

        // Then
        boolean clean = !service.output().contains(UNCLEAN);
        assertThat(code).as(service.output()).isEqualTo(clean ? ExitCode.DONE : ExitCode.FAILED);
    }
}

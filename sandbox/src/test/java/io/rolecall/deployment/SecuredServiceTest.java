package io.rolecall.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.cli.ExitCode;
import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import io.rolecall.detection.Catalogue;
import io.rolecall.policy.PolicyFile;
import io.rolecall.service.DetectorService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service against a broker that lets nobody do anything that is not granted. */
@Timeout(120)
class SecuredServiceTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static final AtomicInteger USERS = new AtomicInteger();

    @TempDir
    private static Path shared;

    private static SecuredBroker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startBroker() throws IOException, InterruptedException {
        broker = SecuredBroker.start(shared);
        new TopicCreation(broker.admin(), DeploymentPlan.of(ConfigFile.read(Map.of()), 1, OptionalInt.empty()))
                .run(false);
        broker.produce("entra.audit-logs", AbuseEvents.registration(), AbuseEvents.grant());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SASL_PLAINTEXT exactly_once_v2", "SASL_SSL exactly_once_v2", "SASL_SSL at_least_once"})
    void with_exactly_the_printed_rights_events_become_an_alert(String kind) throws Exception {
        // Given
        String user = newUser();
        String kafka = kind.startsWith("SASL_SSL") ? broker.tlsSection(user) : broker.scramSection(user);
        Configuration configuration = read(config(user, kafka, kind.substring(kind.indexOf(' ') + 1)));
        broker.grant("User:" + user, printedRights(configuration, user));
        long alertsBefore = broker.end("rolecall.alerts");

        // When
        try (DetectorService service =
                DetectorService.start(configuration, Catalogue.shipped(), policy(), Clock.systemUTC())) {
            assertThat(service.awaitRunning(LONG)).isTrue();
            await().atMost(LONG).until(() -> broker.end("rolecall.alerts") > alertsBefore);
        }

        // Then
        assertThat(broker.end("rolecall.alerts.ocsf")).isPositive();
    }

    static Stream<Integer> rights() throws IOException {
        Configuration configuration = ConfigFile.read(Map.of());
        return IntStream.range(0, AccessPlan.of(configuration).rules().size()).boxed();
    }

    @ParameterizedTest
    @MethodSource("rights")
    void with_one_right_fewer_it_ends_and_names_what_is_missing(int missing) throws Exception {
        // Given
        String user = newUser();
        Path file = config(user, broker.scramSection(user), "exactly_once_v2");
        Configuration configuration = read(file);
        AccessRule rule = AccessPlan.of(configuration).rules().get(missing);
        List<AclBinding> rights = new ArrayList<>(printedRights(configuration, user));
        rights.remove(missing);
        broker.grant("User:" + user, rights);

        // When
        CommandLineRun run = run("run", "--config", file.toString());

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .contains("the broker refuses: " + rule + ";")
                .contains(new KafkaCommands(configuration.kafka().getOrDefault("bootstrap.servers", ""))
                        .allow(rule, "User:NAME"))
                .doesNotContain("\tat ")
                .doesNotContain("Exception")
                .doesNotContain(SecuredBroker.PASSWORD);
    }

    @Test
    void without_any_right_every_one_is_named_at_once() throws Exception {
        // Given
        String user = newUser();
        Path file = config(user, broker.scramSection(user), "exactly_once_v2");

        // When
        CommandLineRun run = run("run", "--config", file.toString());

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .contains("Read on topic entra.audit-logs")
                .contains("Write on topic rolecall.alerts,")
                .contains("Create on topics that begin with " + user + "-")
                .contains("Read on group " + user)
                .contains("Write on transactional ids that begin with " + user + "-");
    }

    @Test
    void a_wrong_password_is_named_as_one() throws Exception {
        // Given
        String user = newUser();
        String kafka = broker.scramSection(user).replace(":password}", ":truststore}");
        Path file = config(user, kafka, "exactly_once_v2");

        // When
        CommandLineRun run = run("run", "--config", file.toString());

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .contains("refuse the credentials (SCRAM-SHA-512)")
                .contains("kafka.sasl.jaas.config")
                .doesNotContain(Keytool.PASSWORD);
    }

    @Test
    void a_certificate_that_is_not_trusted_is_named_as_one() throws Exception {
        // Given
        String user = newUser();
        String kafka = broker.tlsSection(user).replaceAll("(?m)^  ssl\\..*\n", "");
        Path file = config(user, kafka, "exactly_once_v2");

        // When
        CommandLineRun run = run("run", "--config", file.toString());

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("TLS with 127.0.0.1:").contains("kafka.ssl.truststore.*");
    }

    @Test
    void a_trust_store_with_another_password_is_a_wrong_configuration() throws Exception {
        // Given
        String user = newUser();
        String kafka = broker.tlsSection(user).replace(":truststore}", ":password}");
        Path file = config(user, kafka, "exactly_once_v2");

        // When
        CommandLineRun run = run("run", "--config", file.toString());

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
        assertThat(run.err()).contains("trust.p12").doesNotContain(SecuredBroker.PASSWORD);
    }

    @Test
    void the_wrong_protocol_is_told_in_bounded_time() throws Exception {
        // Given
        String user = newUser();
        String kafka = broker.scramSection(user).replace("SASL_PLAINTEXT", "PLAINTEXT")
                + "  default.api.timeout.ms: 4000\n  request.timeout.ms: 2000\n";
        Path file = config(user, kafka, "exactly_once_v2");

        // When
        CommandLineRun run = run("run", "--config", file.toString());

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .contains("no Kafka broker answers in time at 127.0.0.1:")
                .contains("over PLAINTEXT")
                .contains("kafka.security.protocol");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void topics_are_created_by_whoever_may_create_them_and_maybe_not_see_them(boolean maySee) throws Exception {
        // Given
        String user = newUser();
        Path file = config(user, broker.scramSection(user), "exactly_once_v2");
        Files.writeString(file, "topics:\n", StandardOpenOption.APPEND);
        for (String key : TopicsOnBrokerTest.NAMES) {
            Files.writeString(file, "  " + key + ": " + user + "." + key + "\n", StandardOpenOption.APPEND);
        }
        broker.grant(
                "User:" + user,
                AccessPlan.ofTopicCreation(read(file)).rules().stream()
                        .filter(rule -> maySee || rule.operation() == AclOperation.CREATE)
                        .map(rule -> new AclBinding(
                                rule.resource(),
                                new AccessControlEntry("User:" + user, "*", rule.operation(), AclPermissionType.ALLOW)))
                        .toList());

        // When
        CommandLineRun first = run("topics", "create", "--config", file.toString());
        CommandLineRun second = run("topics", "create", "--config", file.toString());

        // Then
        assertThat(first.err()).contains("Created 12 of 12 topics.");
        assertThat(second.err()).contains("Created 0 of 12 topics.");
        assertThat(first.exitCode() + second.exitCode()).isEqualTo(ExitCode.DONE);
    }

    private static String newUser() throws Exception {
        String user = "detector" + USERS.incrementAndGet();
        broker.addUser(user);
        return user;
    }

    private Path config(String applicationId, String kafkaSection, String guarantee) throws IOException {
        return Files.writeString(
                folder.resolve("rolecall.yaml"),
                """
                application-id: %s
                state-dir: %s
                streams: { num.stream.threads: 1, processing.guarantee: %s }
                registry: { schema.registry.url: "mock://secured" }
                http: { port: 0 }
                """.formatted(applicationId, folder.resolve("state"), guarantee) + kafkaSection);
    }

    private static Configuration read(Path file) {
        return ConfigFile.read(file, Map.of());
    }

    private static List<AclBinding> printedRights(Configuration configuration, String user) {
        DeploymentPlan plan = DeploymentPlan.of(configuration, 1, OptionalInt.empty());
        return PrintedRights.of(new KafkaCommands("broker:9092").script(plan, "User:" + user));
    }

    private static io.rolecall.policy.Policy policy() {
        return PolicyFile.load("defaults", "", Catalogue.shipped().parameters()).policy();
    }

    private static CommandLineRun run(String... arguments) {
        return CommandLineRun.of(Map.of(), arguments);
    }
}

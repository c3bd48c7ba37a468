package io.rolecall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.cli.ExitCode;
import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.KafkaClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TopicsOnBrokerTest {

    private static final AtomicInteger DEPLOYMENTS = new AtomicInteger();

    /** Keys of the section {@code topics}. */
    static final List<String> NAMES = List.of(
            "entra-audit",
            "entra-sign-in",
            "azure-activity",
            "m365-audit",
            "networks",
            "inventory",
            "app-events",
            "alerts",
            "alerts-ocsf",
            "incidents",
            "incidents-ocsf",
            "quarantine");

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    private static KafkaClient kafka;

    private final Map<String, String> environment = new HashMap<>();
    private String prefix = "";

    @BeforeAll
    static void connect() {
        kafka = new KafkaClient(BROKER.bootstrapServers());
    }

    @AfterAll
    static void disconnect() {
        kafka.close();
    }

    @BeforeEach
    void nameTheTopics() {
        prefix = "d" + DEPLOYMENTS.incrementAndGet();
        environment.put("ROLECALL_KAFKA_BOOTSTRAP_SERVERS", BROKER.bootstrapServers());
        environment.put("ROLECALL_APPLICATION_ID", prefix);
        NAMES.forEach(name -> environment.put(
                "ROLECALL_TOPICS_" + name.toUpperCase(java.util.Locale.ROOT).replace('-', '_'), prefix + "." + name));
    }

    @Test
    void what_is_missing_is_created_once_and_what_differs_is_told() {
        // Given
        CommandLineRun dry = run("topics", "create", "--dry-run");
        kafka.createTopics(List.of(new NewTopic(prefix + ".alerts", 7, (short) 1)));

        // When
        CommandLineRun created = run("topics", "create", "--partitions", "2");
        CommandLineRun again = run("topics", "create", "--partitions", "2");

        // Then
        assertThat(dry.out().lines()).hasSize(12).allMatch(line -> line.startsWith("missing  "));
        assertThat(dry.err()).contains("Would create 12 of 12 topics.");
        assertThat(created.out())
                .contains("created  " + prefix + ".entra-audit")
                .contains("differs  " + prefix
                        + ".alerts: partitions 7 (planned 3), max.message.bytes 1048588 (planned 8388608),"
                        + " message.timestamp.type CreateTime (planned LogAppendTime), retention.ms 604800000 (planned"
                        + " 34560000000)");
        assertThat(created.err()).contains("Created 11 of 12 topics; 1 differ");
        assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(again.err()).contains("Created 0 of 12 topics; 1 differ");
    }

    @Test
    void a_created_deployment_has_nothing_to_complain_about() {
        // Given
        run("topics", "create", "--partitions", "1");

        // When
        List<Shortcoming> findings = TopicCheck.check(configuration());

        // Then
        assertThat(findings).isEmpty();
    }

    @Test
    void a_replication_factor_that_the_cluster_does_not_have_is_refused_in_words() {
        // Given a cluster of one broker

        // When
        CommandLineRun run = run("topics", "create", "--replication-factor", "3");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("eplication factor").doesNotContain("\tat ");
    }

    @Test
    void missing_topics_are_named_all_at_once_with_the_command_that_creates_them() {
        // Given no topics

        // When
        List<Shortcoming> findings = TopicCheck.check(configuration());

        // Then
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.isError()).isTrue();
            assertThat(finding.toString())
                    .contains(prefix + ".entra-audit, " + prefix + ".entra-sign-in")
                    .contains(prefix + ".inventory, ")
                    .contains(prefix + ".quarantine;")
                    .contains("rolecall topics create");
        });
    }

    @Test
    void settings_that_lose_something_are_errors_and_the_others_warnings() {
        // Given
        run("topics", "create", "--partitions", "1");
        kafka.configure(prefix + ".networks", "cleanup.policy", "delete");
        kafka.configure(prefix + ".app-events", "cleanup.policy", "compact");
        kafka.configure(prefix + ".alerts", "max.message.bytes", "1048588");
        kafka.configure(prefix + ".quarantine", "message.timestamp.type", "CreateTime");

        // When
        List<Shortcoming> findings = TopicCheck.check(configuration());

        // Then
        assertThat(findings)
                .extracting(finding -> finding.severity() + " " + finding)
                .satisfiesExactly(
                        networks -> assertThat(networks)
                                .startsWith("ERROR topic " + prefix + ".networks has cleanup.policy=delete")
                                .contains("kafka-configs.sh --alter --entity-type topics --entity-name " + prefix
                                        + ".networks --add-config cleanup.policy=compact"),
                        facts -> assertThat(facts)
                                .startsWith("ERROR topic " + prefix + ".app-events has cleanup.policy=compact"),
                        alerts -> assertThat(alerts)
                                .startsWith("WARNING topic " + prefix + ".alerts takes records of at most 1048588"),
                        quarantine -> assertThat(quarantine)
                                .startsWith("WARNING topic " + prefix
                                        + ".quarantine has message.timestamp.type=CreateTime"));
    }

    @Test
    void an_internal_topic_with_other_partitions_than_the_logs_is_an_error() {
        // Given
        run("topics", "create", "--partitions", "2");
        kafka.createTopics(List.of(
                new NewTopic(prefix + "-by-actor-repartition", 3, (short) 1),
                new NewTopic(prefix + "-history-changelog", 2, (short) 1)));

        // When
        List<Shortcoming> findings = TopicCheck.check(configuration());

        // Then
        assertThat(findings).singleElement().satisfies(finding -> assertThat(finding.toString())
                .contains(prefix + "-by-actor-repartition has 3 partitions")
                .contains("now have 2"));
    }

    @Test
    void a_broker_that_does_not_answer_is_told_in_bounded_time() {
        // Given
        environment.put("ROLECALL_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        environment.put("ROLECALL_KAFKA_DEFAULT_API_TIMEOUT_MS", "2000");
        environment.put("ROLECALL_KAFKA_REQUEST_TIMEOUT_MS", "1000");

        // When
        CommandLineRun run = run("topics", "create");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("no Kafka broker answers in time at 127.0.0.1:1 (kafka.bootstrap.servers)");
    }

    @Test
    void a_name_that_does_not_resolve_is_a_wrong_configuration() {
        // Given
        environment.put("ROLECALL_KAFKA_BOOTSTRAP_SERVERS", "no-such-host.invalid:9092");

        // When
        CommandLineRun run = run("topics", "create");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
        assertThat(run.err()).contains("bootstrap");
    }

    private Configuration configuration() {
        return ConfigFile.read(environment);
    }

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(environment, arguments);
    }
}

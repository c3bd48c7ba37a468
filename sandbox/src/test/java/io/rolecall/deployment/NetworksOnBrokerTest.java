package io.rolecall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.cli.ExitCode;
import io.rolecall.config.ConfigFile;
import io.rolecall.sandbox.BrokerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class NetworksOnBrokerTest {

    private static final AtomicInteger TOPICS = new AtomicInteger();

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void createTopics() {
        environment.put("ROLECALL_KAFKA_BOOTSTRAP_SERVERS", BROKER.bootstrapServers());
        environment.put("ROLECALL_REGISTRY_SCHEMA_REGISTRY_URL", "mock://networks");
        environment.put("ROLECALL_TOPICS_NETWORKS", "networks-" + TOPICS.incrementAndGet());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
            new TopicCreation(admin, DeploymentPlan.of(ConfigFile.read(environment), 1, OptionalInt.empty()))
                    .run(false);
        }
    }

    @Test
    void an_import_tells_what_is_new_and_a_second_one_changes_nothing() throws IOException {
        // Given
        Path file = file("cidr,label,valid_from,valid_to", "203.0.113.0/24,\"office, main\",,", "2001:db8::/32,vpn,,");
        CommandLineRun dry = run("networks", "import", file.toString(), "--dry-run");
        CommandLineRun empty = run("networks", "list", "--format", "csv");
        CommandLineRun first = run("networks", "import", file.toString());
        Files.writeString(file, "cidr,label\n203.0.113.0/24,headquarters\n198.51.100.0/24,lab\n");

        // When
        CommandLineRun second = run("networks", "import", file.toString());

        // Then
        assertThat(dry.err()).contains("Would write to ").contains("2 added, 0 changed, 0 unchanged");
        assertThat(dry.out()).contains("added  203.0.113.0/24|  office, main");
        assertThat(empty.out()).isEqualTo("cidr,label,valid_from,valid_to\n");
        assertThat(first.err()).contains("Wrote to ").contains("2 added, 0 changed, 0 unchanged; 0 that");
        assertThat(second.err()).contains("1 added, 1 changed, 0 unchanged; 1 that the file does not name stay.");
        assertThat(run("networks", "list", "--format", "csv").out().lines())
                .containsExactlyInAnyOrder(
                        "cidr,label,valid_from,valid_to",
                        "198.51.100.0/24,lab,,",
                        "2001:db8::/32,vpn,,",
                        "203.0.113.0/24,headquarters,,");
    }

    @Test
    void a_removed_network_ends_and_keeps_its_past() throws IOException {
        // Given
        importing("203.0.113.0/24,office,,");

        // When
        CommandLineRun removed = run("networks", "remove", "203.0.113.0/24");

        // Then
        assertThat(removed.exitCode()).isZero();
        assertThat(run("networks", "list", "--format", "csv", "--at", "2026-02-01T00:00:00Z")
                        .out())
                .contains("203.0.113.0/24,office,,2026-03-01T00:00:00Z");
        assertThat(run("networks", "list", "--format", "csv", "--at", "now").out())
                .doesNotContain("203.0.113.0/24");
    }

    @Test
    void a_wrong_entry_is_deleted() throws IOException {
        // Given
        importing("203.0.113.0/24,office,,");

        // When
        CommandLineRun removed = run("networks", "remove", "203.0.113.0/24", "--entry");

        // Then
        assertThat(removed.exitCode()).isZero();
        assertThat(run("networks", "list", "--format", "csv").out()).isEqualTo("cidr,label,valid_from,valid_to\n");
    }

    @Test
    void of_several_entries_one_must_be_chosen_unless_only_one_is_open() throws IOException {
        // Given
        importing(
                "203.0.113.0/24,old,2025-01-01T00:00:00Z,2025-06-01T00:00:00Z",
                "203.0.113.0/24,new,2026-01-01T00:00:00Z,");

        // When
        CommandLineRun ambiguous = run("networks", "remove", "203.0.113.0/24", "--entry");
        CommandLineRun open = run("networks", "remove", "203.0.113.0/24", "--at", "2026-02-01T00:00:00Z");
        CommandLineRun chosen =
                run("networks", "remove", "203.0.113.0/24", "--entry", "--valid-from", "2025-01-01T00:00:00Z");

        // Then
        assertThat(ambiguous.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(ambiguous.err())
                .contains("203.0.113.0/24|2025-01-01T00:00:00Z, 203.0.113.0/24|2026-01-01T00:00:00Z");
        assertThat(open.exitCode() + chosen.exitCode()).isZero();
        assertThat(run("networks", "list", "--format", "csv").out().lines().skip(1))
                .containsExactly("203.0.113.0/24,new,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z");
    }

    @Test
    void a_network_that_is_not_there_or_not_begun_cannot_be_ended() throws IOException {
        // Given
        importing("203.0.113.0/24,office,2026-06-01T00:00:00Z,");

        // When
        CommandLineRun absent = run("networks", "remove", "198.51.100.0/24");
        CommandLineRun early = run("networks", "remove", "203.0.113.0/24");
        CommandLineRun odd = run("networks", "remove", "203.0.113.1/24");

        // Then
        assertThat(absent.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(absent.err()).contains("has no entry of 198.51.100.0/24").contains("rolecall networks list");
        assertThat(early.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(odd.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void a_record_that_is_no_network_is_named_and_the_others_are_listed() throws IOException {
        // Given
        importing("203.0.113.0/24,office,,");
        String topic = environment.get("ROLECALL_TOPICS_NETWORKS");
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", BROKER.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            var unused = producer.send(new ProducerRecord<>(topic, "10.0.0.0/8|", "no Avro"));
            producer.flush();
        }

        // When
        CommandLineRun listed = run("networks", "list");

        // Then
        assertThat(listed.exitCode()).isZero();
        assertThat(listed.out()).contains("203.0.113.0/24").doesNotContain("10.0.0.0/8");
        assertThat(listed.err()).contains("the record at " + topic + "/0/1 is no network");
    }

    private void importing(String... rows) throws IOException {
        CommandLineRun imported = run(
                "networks",
                "import",
                file("cidr,label,valid_from,valid_to\n" + String.join("\n", rows))
                        .toString());
        assertThat(imported.exitCode()).as(imported.err()).isZero();
    }

    private Path file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("networks.csv"), String.join("\n", lines) + "\n");
    }

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(environment, arguments);
    }
}

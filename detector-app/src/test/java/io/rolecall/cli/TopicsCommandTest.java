package io.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void topics_are_printed_in_every_format_without_a_broker() {
        // Given
        Map<String, String> environment = Map.of("ROLECALL_KAFKA_BOOTSTRAP_SERVERS", "broker:9092");

        // When
        int table = run(environment, "topics", "print");
        int kafka = run(environment, "topics", "print", "--format", "kafka", "--principal", "User:svc");
        int strimzi = run(environment, "topics", "print", "--format", "strimzi", "--cluster", "prod");

        // Then
        assertThat(table + kafka + strimzi).isZero();
        assertThat(out.toString())
                .contains("TOPIC")
                .contains("kafka-topics.sh --bootstrap-server broker:9092 ")
                .contains("--allow-principal User:svc --operation Read --group rolecall")
                .contains("strimzi.io/cluster: prod");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--partitions 0",
                "--partitions x",
                "--replication-factor 0",
                "--format xml",
                "--principal rolecall --format kafka",
                "--cluster A;B --format strimzi",
                "--principal User:svc --format table",
                "--cluster prod --format kafka"
            })
    void a_wrong_option_is_wrong_usage(String option) {
        // Given
        List<String> words = List.of(option.split(" "));

        // When
        int code = run(
                Map.of(),
                Stream.concat(Stream.of("topics", "print"), words.stream()).toArray(String[]::new));

        // Then
        assertThat(code).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).contains(words.get(0)).contains("--help");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"topics create", "networks list", "networks import FILE", "run"})
    void without_a_broker_in_the_configuration_its_key_is_named(String command) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("networks.csv"), "cidr,label\n203.0.113.0/24,office\n");
        Map<String, String> environment = Map.of("ROLECALL_REGISTRY_SCHEMA_REGISTRY_URL", "mock://x");

        // When
        int code = run(environment, command.replace("FILE", file.toString()).split(" "));

        // Then
        assertThat(code).isEqualTo(ExitCode.BAD_CONFIGURATION);
        assertThat(err.toString()).contains("kafka.bootstrap.servers").contains("ROLECALL_KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void a_login_module_that_cannot_be_parsed_is_told_without_its_password() {
        // Given
        Map<String, String> environment = Map.of(
                "ROLECALL_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
                "ROLECALL_KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT",
                "ROLECALL_KAFKA_SASL_MECHANISM", "PLAIN",
                "ROLECALL_KAFKA_SASL_JAAS_CONFIG", "a.b.C hunter2 password=hunter2");

        // When
        int code = run(environment, "topics", "create");

        // Then
        assertThat(code).isEqualTo(ExitCode.BAD_CONFIGURATION);
        assertThat(err.toString()).contains("sasl.jaas.config cannot be read").doesNotContain("hunter2");
    }

    @Test
    void the_configuration_is_printed_with_a_warning_of_secrets_that_others_can_read() throws IOException {
        // Given
        Path file = Files.writeString(
                folder.resolve("rolecall.yaml"), "registry: { basic.auth.user.info: 'me:hunter2' }\n");
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));

        // When
        int code = run(Map.of(), "config", "print", "--config", file.toString());

        // Then
        assertThat(code).isZero();
        assertThat(out.toString()).contains("basic.auth.user.info: \"[redacted]\"  # line 1");
        assertThat(err.toString()).startsWith("warning: " + file + ":1: registry.basic.auth.user.info: ");
        assertThat(out.toString() + err).doesNotContain("hunter2");
    }

    @Test
    void a_file_of_networks_with_a_mistake_is_refused_before_any_broker_is_asked() throws IOException {
        // Given
        Path file = Files.writeString(
                folder.resolve("networks.csv"), "cidr,label\n203.0.113.0/24,office\n203.0.113.1/24,office\n");

        // When
        int code = run(Map.of(), "networks", "import", file.toString());

        // Then
        assertThat(code).isEqualTo(ExitCode.BAD_CONFIGURATION);
        assertThat(err.toString()).contains(":3: cidr: ").contains("did you mean '203.0.113.0/24'?");
    }

    private int run(Map<String, String> environment, String... arguments) {
        return TestConsole.run(out, err, environment, "", arguments);
    }
}

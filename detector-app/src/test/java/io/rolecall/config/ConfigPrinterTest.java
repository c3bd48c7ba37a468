package io.rolecall.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigPrinterTest {

    @TempDir
    Path folder;

    @Test
    void the_effective_configuration_is_printed_with_origins_and_without_secrets() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("rolecall.yaml"), """
                application-id: "no"
                kafka:
                  bootstrap.servers: [a:9092, b:9092]
                  sasl.jaas.config: 'password="hunter2";'
                  ssl.key.password: ${file:/run/k:p}
                  ssl: { endpoint.identification.algorithm: "" }
                http: { port: 9 }
                """);

        // When
        String printed = ConfigPrinter.print(
                ConfigFile.load(file, Map.of("ROLECALL_LATENESS", "3d", "ROLECALL_STREAMS_STATE_DIR", "/s")));

        // Then
        assertThat(printed).startsWith("""
                        application-id: "no"  # line 1
                        state-dir: rolecall-state  # default
                        tenant-id: unknown  # default
                        lateness: 3d  # environment
                        """).contains("""
                        kafka:
                          bootstrap.servers: "a:9092,b:9092"  # line 3
                          sasl.jaas.config: "[redacted]"  # line 4
                          ssl.endpoint.identification.algorithm: ""  # line 6
                          ssl.key.password: "${file:/run/k:p}"  # line 5
                        streams:
                          state.dir: /s  # environment
                        consumer: {}
                        """).endsWith("""
                        http:
                          bind: "127.0.0.1"  # default
                          port: 9  # line 7
                          probe-port: 10  # default
                        """).doesNotContain("hunter2");
    }

    @Test
    void what_is_printed_reads_back_to_the_same() throws IOException {
        // Given
        ConfigFile.Loaded loaded = ConfigFile.load(Map.of(
                "ROLECALL_KAFKA_BOOTSTRAP_SERVERS", "a:9092",
                "ROLECALL_TOPICS_INVENTORY", "i",
                "ROLECALL_APPLICATION_ID", "007",
                "ROLECALL_REGISTRY_SCHEMA_REGISTRY_URL", "mock://x",
                "ROLECALL_HTTP_PORT", "0"));

        // When
        Configuration again = ConfigFile.read("printed", ConfigPrinter.print(loaded), Map.of());

        // Then
        assertThat(again).usingRecursiveComparison().ignoringFields("secrets").isEqualTo(loaded.configuration());
    }

    @Property(tries = 300)
    void any_value_of_a_client_property_survives(@ForAll @StringLength(max = 20) String value) {
        // Given
        Configuration configuration = ConfigFile.read(Map.of("ROLECALL_KAFKA_CLIENT_ID", value));

        // When
        String printed = ConfigPrinter.print(ConfigFile.load(Map.of("ROLECALL_KAFKA_CLIENT_ID", value)));

        // Then
        assertThat(ConfigFile.read("printed", printed, Map.of()).kafka()).isEqualTo(configuration.kafka());
    }

    @Test
    void a_plain_secret_in_a_file_that_others_can_read_is_a_warning() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("rolecall.yaml"), """
                kafka:
                  ssl.key.password: hunter2
                  ssl.keystore.password: ${env:A}
                """);

        // When
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        ConfigFile.Loaded open = ConfigFile.load(file, Map.of("ROLECALL_KAFKA_SASL_JAAS_CONFIG", "hunter2"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        ConfigFile.Loaded closed = ConfigFile.load(file, Map.of());

        // Then
        assertThat(open.warnings()).singleElement().satisfies(warning -> assertThat(warning.toString())
                .startsWith(file + ":2: kafka.ssl.key.password: ")
                .contains("chmod 600 " + file)
                .doesNotContain("hunter2"));
        assertThat(closed.warnings()).isEmpty();
    }
}

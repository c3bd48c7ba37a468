package io.rolecall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigFileTest {

    private static final String FULL = """
            application-id: rolecall-blue
            state-dir: /var/lib/rolecall
            tenant-id: 11111111-2222-3333-4444-555555555555
            lateness: 3d
            max-future: 30m
            borrow-within: 2h
            resolve-within: 90s
            revision-interval: 0s
            evidence-interval: 2m
            incidents: { settle: 5m, settle-unconfirmed: 1h }
            topics: { entra-audit: audit, alerts: alarms }
            kafka:
              bootstrap.servers: [a:9092, b:9092]
              security: { protocol: SASL_SSL }
            streams: { num.stream.threads: 4 }
            consumer: { max.poll.records: 500 }
            producer: { compression.type: zstd }
            registry: { schema.registry.url: "http://registry:8081" }
            http: { bind: 0.0.0.0, port: 9000 }
            """;

    private static Configuration read(String text, Map<String, String> environment) {
        return ConfigFile.read("rolecall.yaml", text, environment);
    }

    private static List<Problem> problemsOf(String text, Map<String, String> environment) {
        ConfigurationException thrown =
                catchThrowableOfType(ConfigurationException.class, () -> read(text, environment));
        assertThat(thrown).as("problems of: %s %s", text, environment).isNotNull();
        return thrown.problems();
    }

    @Test
    void every_key_of_the_file_is_read() {
        // Given a file with every section

        // When
        Configuration configuration = read(FULL, Map.of());

        // Then
        DetectorConfig detector = configuration.detector();
        assertThat(detector.applicationId()).isEqualTo("rolecall-blue");
        assertThat(detector.tenantId()).isEqualTo("11111111-2222-3333-4444-555555555555");
        assertThat(detector.lateness()).isEqualTo(Duration.ofDays(3));
        assertThat(detector.maxFuture()).isEqualTo(Duration.ofMinutes(30));
        assertThat(detector.borrowWithin()).isEqualTo(Duration.ofHours(2));
        assertThat(detector.resolveWithin()).isEqualTo(Duration.ofSeconds(90));
        assertThat(detector.revisionInterval()).isEqualTo(Duration.ZERO);
        assertThat(detector.evidenceInterval()).isEqualTo(Duration.ofMinutes(2));
        assertThat(detector.incidents())
                .isEqualTo(new DetectorConfig.Incidents(Duration.ofMinutes(5), Duration.ofHours(1)));
        assertThat(detector.topics().entraAudit()).isEqualTo("audit");
        assertThat(detector.topics().alerts()).isEqualTo("alarms");
        assertThat(detector.topics().quarantine()).isEqualTo("rolecall.quarantine");
        assertThat(configuration.stateDir()).isEqualTo(Path.of("/var/lib/rolecall"));
        assertThat(configuration.kafka())
                .containsOnly(
                        Map.entry("bootstrap.servers", "a:9092,b:9092"), Map.entry("security.protocol", "SASL_SSL"));
        assertThat(configuration.streams()).containsOnly(Map.entry("num.stream.threads", "4"));
        assertThat(configuration.consumer()).containsOnly(Map.entry("max.poll.records", "500"));
        assertThat(configuration.producer()).containsOnly(Map.entry("compression.type", "zstd"));
        assertThat(configuration.registry()).containsOnly(Map.entry("schema.registry.url", "http://registry:8081"));
        assertThat(configuration.http()).isEqualTo(new Configuration.Http("0.0.0.0", 9000, 9001));
    }

    @Test
    void an_incident_of_borrowed_addresses_settles_no_sooner_than_another() {
        // Given
        String text = "incidents: { settle: 10m, settle-unconfirmed: 5m }";

        // When
        List<Problem> problems = problemsOf(text, Map.of());

        // Then
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).toString())
                .contains("incidents.settle-unconfirmed")
                .contains("10m");
    }

    @Test
    void without_a_file_the_defaults_hold() {
        // Given no file and no variable of ours

        // When
        Configuration configuration = ConfigFile.read(Map.of("PATH", "/bin"));

        // Then
        assertThat(configuration.detector()).isEqualTo(DetectorConfig.DEFAULT);
        assertThat(configuration.kafka()).isEmpty();
    }

    @Test
    void the_environment_wins_over_the_file() {
        // Given
        Map<String, String> environment = Map.of(
                "ROLECALL_TENANT_ID", "contoso",
                "ROLECALL_LATENESS", "2d",
                "ROLECALL_TOPICS_ALERTS_OCSF", "ocsf",
                "ROLECALL_INCIDENTS_SETTLE", "0s",
                "ROLECALL_HTTP_PORT", "0",
                "ROLECALL_KAFKA_BOOTSTRAP_SERVERS", "c:9092",
                "ROLECALL_KAFKA_SECURITY_PROTOCOL", "SSL",
                "ROLECALL_REGISTRY_BASIC_AUTH_USER_INFO", "u:p",
                "ROLECALL_STREAMS_NUM_STREAM_THREADS", "8");

        // When
        Configuration configuration = read(FULL, environment);

        // Then
        assertThat(configuration.detector().tenantId()).isEqualTo("contoso");
        assertThat(configuration.detector().lateness()).isEqualTo(Duration.ofDays(2));
        assertThat(configuration.detector().topics().alertsOcsf()).isEqualTo("ocsf");
        assertThat(configuration.detector().incidents().settle()).isEqualTo(Duration.ZERO);
        assertThat(configuration.detector().topics().alerts()).isEqualTo("alarms");
        assertThat(configuration.http()).isEqualTo(new Configuration.Http("0.0.0.0", 0, 0));
        assertThat(configuration.kafka())
                .containsOnly(Map.entry("bootstrap.servers", "c:9092"), Map.entry("security.protocol", "SSL"));
        assertThat(configuration.registry())
                .containsOnly(
                        Map.entry("schema.registry.url", "http://registry:8081"),
                        Map.entry("basic.auth.user.info", "u:p"));
        assertThat(configuration.streams()).containsOnly(Map.entry("num.stream.threads", "8"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 8080, 8081",
        "'http: { port: 9000 }', 9000, 9001",
        "'http: { port: 9000, probe-port: 7000 }', 9000, 7000",
        "'http: { port: 9000, probe-port: 0 }', 9000, 0",
        "'http: { port: 0 }', 0, 0",
        "'http: { port: 0, probe-port: 7000 }', 0, 7000",
        "'http: { port: 0, probe-port: 0 }', 0, 0",
        "'http: { port: 65535 }', 65535, 0",
        "'http: { port: 65534 }', 65534, 65535"
    })
    void probes_are_answered_on_the_next_port_unless_another_is_named(String text, int port, int probePort) {
        // When
        Configuration.Http http = read(text, Map.of()).http();

        // Then
        assertThat(http).isEqualTo(new Configuration.Http("127.0.0.1", port, probePort));
    }

    @Test
    void the_port_for_probes_can_be_a_variable() {
        // When
        Configuration.Http http =
                read(FULL, Map.of("ROLECALL_HTTP_PROBE_PORT", "7000")).http();

        // Then
        assertThat(http).isEqualTo(new Configuration.Http("0.0.0.0", 9000, 7000));
    }

    static List<List<String>> mistakes() {
        return List.of(
                List.of("latenes: 7d", "1", "latenes", "did you mean 'lateness'?"),
                List.of("borrow-within: 9m", "1", "borrow-within", "from 10m to 1d"),
                List.of("lateness: 7", "1", "lateness", "such as 45d"),
                List.of("lateness: [7d]", "1", "lateness", "not a list"),
                List.of("resolve-within: 0s", "1", "resolve-within", "from 1s to 1h"),
                List.of("topics:\n  entra-audits: x", "2", "topics.entra-audits", "did you mean 'entra-audit'?"),
                List.of("topics: { alerts: 'a b' }", "1", "topics.alerts", "is no name of a topic"),
                List.of("http: { port: 70000 }", "1", "http.port", "from 0 to 65535"),
                List.of("http: { probe-port: 70000 }", "1", "http.probe-port", "from 0 to 65535"),
                List.of("http: { port: 81, probe-port: 81 }", "1", "http.probe-port", "81 is http.port already"),
                List.of("http: { probe-port: 8080 }", "1", "http.probe-port", "8080 is http.port already"),
                List.of("http: 8080", "1", "http", "must be a mapping"),
                List.of("application-id: a/b", "1", "application-id", "not allowed"),
                List.of("kafka: { a.b: 1, a: { b: 2 } }", "1", "kafka.a.b", "given twice"),
                List.of("kafka: { a: [[1]] }", "1", "kafka.a[0]", "must be a text"),
                List.of("kafka: servers", "1", "kafka", "must be a mapping"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void every_mistake_is_reported_with_line_field_and_what_is_allowed(List<String> mistake) {
        // Given a file with a mistake
        String text = mistake.get(0);

        // When
        List<Problem> problems = problemsOf(text, Map.of());

        // Then
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.line()).isEqualTo(Integer.parseInt(mistake.get(1)));
            assertThat(problem.field()).isEqualTo(mistake.get(2));
            assertThat(problem.message()).contains(mistake.get(3));
        });
    }

    @Test
    void an_unknown_variable_is_an_error_that_names_the_nearest() {
        // Given
        Map<String, String> environment = Map.of("ROLECALL_TENANTID", "x");

        // When
        List<Problem> problems = problemsOf("", environment);

        // Then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.source()).isEqualTo("environment");
            assertThat(problem.field()).isEqualTo("ROLECALL_TENANTID");
            assertThat(problem.message()).contains("ROLECALL_TENANT_ID");
        });
    }

    @Test
    void variables_that_kubernetes_sets_for_a_service_of_our_name_are_no_mistake() {
        // Given
        Map<String, String> environment = Map.of(
                "ROLECALL_SERVICE_HOST", "10.0.0.1",
                "ROLECALL_SERVICE_PORT", "8080",
                "ROLECALL_SERVICE_PORT_HTTP", "8080",
                "ROLECALL_PORT", "tcp://10.0.0.1:8080",
                "ROLECALL_PORT_8080_TCP_ADDR", "10.0.0.1",
                "ROLECALL_JAVA_OPTS", "-Xmx1g");

        // When
        Configuration configuration = ConfigFile.read(environment);

        // Then
        assertThat(configuration.detector()).isEqualTo(DetectorConfig.DEFAULT);
    }

    @Test
    void a_bad_value_of_the_environment_is_reported_at_its_field() {
        // Given
        Map<String, String> environment = Map.of("ROLECALL_LATENESS", "soon");

        // When
        List<Problem> problems = problemsOf("", environment);

        // Then
        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.field())
                .isEqualTo("lateness"));
    }

    @Test
    void a_file_that_is_not_there_is_a_problem_with_its_name(@TempDir Path folder) {
        // Given
        Path missing = folder.resolve("missing.yaml");

        // When
        ConfigurationException thrown =
                catchThrowableOfType(ConfigurationException.class, () -> ConfigFile.read(missing, Map.of()));

        // Then
        assertThat(thrown).hasMessageContaining("missing.yaml").hasMessageEndingWith("cannot be read: no such file");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"45d", "12h", "30m", "90s", "0s"})
    void durations_are_written_as_they_are_read(String text) {
        // Given
        Duration duration = Durations.parse(text).orElseThrow();

        // When
        String written = Durations.text(duration);

        // Then
        assertThat(written).isEqualTo(text);
    }
}

package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import io.rolecall.config.ConfigurationException;
import io.rolecall.config.HttpLimits;
import io.rolecall.detection.Catalogue;
import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceOperationsTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T10:00:00Z"), ZoneOffset.UTC);

    private static final String POLICY = """
            detections:
              illicit-consent: { enabled: false }
            exceptions:
              - { id: old, detections: [consent-burst], match: { tenantId: t }, reason: r, owner: o, expires: 2026-01-01 }
              - { id: soon, detections: [consent-burst], match: { tenantId: t }, reason: r, owner: o, expires: 2026-06-02 }
            """;

    @TempDir
    private Path directory;

    private static Policy policy() {
        return PolicyFile.load("policy.yaml", POLICY, Catalogue.shipped().parameters())
                .policy();
    }

    private Configuration configuration(int port, int probePort) {
        return ConfigFile.read(Map.of(
                "ROLECALL_HTTP_PORT",
                Integer.toString(port),
                "ROLECALL_HTTP_PROBE_PORT",
                Integer.toString(probePort),
                "ROLECALL_STATE_DIR",
                directory.toString(),
                "ROLECALL_APPLICATION_ID",
                "ops-test",
                "ROLECALL_KAFKA_SASL_JAAS_CONFIG",
                "password=\"hunter2\""));
    }

    private ServiceOperations open() {
        return open(configuration(0, 0));
    }

    private static ServiceOperations open(Configuration configuration) {
        return ServiceOperations.open(configuration, Catalogue.shipped(), policy(), "exactly_once_v2", Map.of(), CLOCK);
    }

    private static HttpResponse<String> get(ServiceOperations operations, String path) throws Exception {
        return get(operations.port(), path);
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        BodyHandlers.ofString());
    }

    @Test
    void probes_are_answered_before_there_are_streams() throws Exception {
        try (ServiceOperations operations = open()) {
            // When
            HttpResponse<String> live = get(operations, "/healthz");
            HttpResponse<String> ready = get(operations, "/readyz");

            // Then
            assertThat(live.statusCode()).isEqualTo(200);
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body())
                    .contains("\"state\":\"STARTING\"")
                    .contains("\"networks\":0")
                    .contains("\"restoring\":{}");
        }
    }

    @Test
    void readiness_shows_how_far_the_stores_and_the_networks_are() throws Exception {
        try (ServiceOperations operations = open()) {
            // Given
            operations.observer().networksChanged(12);

            // When
            HttpResponse<String> ready = get(operations, "/readyz");

            // Then
            assertThat(ready.body()).contains("\"networks\":12");
        }
    }

    @Test
    void info_tells_what_runs_and_no_secret() throws Exception {
        try (ServiceOperations operations = open()) {
            // When
            HttpResponse<String> response = get(operations, "/info");

            // Then
            JsonNode info = new JsonMapper().readTree(response.body());
            assertThat(info.path("applicationId").asText()).isEqualTo("ops-test");
            assertThat(info.path("processingGuarantee").asText()).isEqualTo("exactly_once_v2");
            assertThat(info.path("startedAt").asText()).isEqualTo("2026-06-01T10:00:00Z");
            assertThat(info.path("policyVersion").asText()).isEqualTo(policy().version());
            assertThat(info.path("topics").path("entra-audit").asText()).isEqualTo("entra.audit-logs");
            assertThat(info.path("detections"))
                    .hasSameSizeAs(Catalogue.shipped().all())
                    .anySatisfy(detection -> {
                        assertThat(detection.path("id").asText()).isEqualTo("illicit-consent");
                        assertThat(detection.path("enabled").asBoolean()).isFalse();
                    });
            assertThat(response.body()).doesNotContain("hunter2");
        }
    }

    @Test
    void metrics_are_there_before_there_are_streams_but_no_counter_that_would_seem_to_start_from_nothing()
            throws Exception {
        // Given
        Files.createDirectories(directory.resolve("ops-test/4_0/rocksdb/history"));
        try (ServiceOperations operations = open()) {
            // When
            HttpResponse<String> response = get(operations, "/metrics");

            // Then
            assertThat(response.headers().firstValue("Content-Type")).contains(ServiceMetrics.CONTENT_TYPE);
            assertThat(response.body().lines())
                    .contains(
                            "rolecall_streams_state{state=\"STARTING\"} 1.0",
                            "rolecall_streams_state{state=\"RUNNING\"} 0.0",
                            "rolecall_policy_expired_exceptions 1.0",
                            "rolecall_policy_next_expiry_seconds 50400.0",
                            "rolecall_policy_info{version=\"" + policy().version() + "\"} 1",
                            "rolecall_networks_entries 0.0")
                    .anyMatch(line -> line.startsWith("rolecall_build_info{java=\""))
                    .anyMatch(line -> line.startsWith("jvm_memory_used_bytes"))
                    .anyMatch(line -> line.startsWith("process_uptime_seconds"))
                    .anyMatch(line -> line.startsWith("disk_free_bytes"))
                    .noneMatch(line -> line.startsWith("rolecall_elements_total"));
        }
    }

    @Test
    void probes_are_answered_on_a_port_of_their_own_too_and_nothing_else_is() throws Exception {
        try (ServiceOperations operations = open()) {
            // When
            HttpResponse<String> live = get(operations.probePort(), "/healthz");
            HttpResponse<String> ready = get(operations.probePort(), "/readyz");
            HttpResponse<String> metrics = get(operations.probePort(), "/metrics");

            // Then
            assertThat(operations.probePort()).isNotEqualTo(operations.port());
            assertThat(live.statusCode()).isEqualTo(200);
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(metrics.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void whoever_takes_all_there_is_on_the_port_for_everything_does_not_hold_up_a_probe() throws Exception {
        try (ServiceOperations operations = open();
                ManyClients hostile = ManyClients.connect(operations.port(), 2 * HttpLimits.CONNECTIONS)) {
            // Given
            hostile.send("GET /metrics HTTP/1.1\r\nHost: loc");

            // When
            HttpResponse<String> live = get(operations.probePort(), "/healthz");

            // Then
            assertThat(live.statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/info", "/healthz", "/unknown"})
    void two_hundred_connections_at_once_each_get_an_answer_or_are_closed(String path) throws Exception {
        try (ServiceOperations operations = open();
                ManyClients many = ManyClients.connect(operations.port(), 200);
                ManyClients probing = ManyClients.connect(operations.probePort(), 200)) {
            // When
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            many.send(request);
            probing.send(request);

            // Then
            assertThat(many.hear()).hasSize(200).allMatch(text -> text.isEmpty() || text.startsWith("HTTP/1.1 "));
            assertThat(probing.hear()).hasSize(200).allMatch(text -> text.isEmpty() || text.startsWith("HTTP/1.1 "));
        }
    }

    @Test
    void a_port_for_probes_that_is_taken_is_named_with_its_variable_and_leaves_nothing_open() throws Exception {
        // Given
        int free = freePort();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Configuration taken = configuration(free, other.getLocalPort());

            // When and Then
            assertThatThrownBy(() -> open(taken))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("http.probe-port: cannot listen")
                    .hasMessageContaining("ROLECALL_HTTP_PROBE_PORT");
        }
        try (ServerSocket again = new ServerSocket(free, 1, InetAddress.getLoopbackAddress())) {
            assertThat(again.isBound()).isTrue();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void a_port_that_is_taken_leaves_nothing_open() {
        try (ServiceOperations first = open()) {
            // Given
            Configuration same = configuration(first.port(), 0);

            // When and Then
            assertThatThrownBy(() -> open(same))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("http.port");
        }
    }

    @Test
    void closing_twice_is_closing_once() {
        // Given
        ServiceOperations operations = open();
        operations.close();

        // When
        operations.close();

        // Then
        assertThatThrownBy(() -> get(operations, "/healthz")).isInstanceOf(IOException.class);
    }
}

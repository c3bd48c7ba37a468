package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolecall.config.ConfigurationException;
import io.rolecall.ops.OperationsServer.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsServerTest {

    private static final Listener ANY_PORT = listener("127.0.0.1", 0);

    private final HttpClient client = HttpClient.newHttpClient();
    private OperationsServer server;

    private static Listener listener(String bind, int port) {
        return new Listener("test-http", bind, port, "http.probe-port");
    }

    @BeforeEach
    void start() {
        server = OperationsServer.start(
                ANY_PORT,
                Map.of(
                        "/healthz", query -> Page.json(200, Map.of("status", "alive")),
                        "/echo", query -> Page.json(200, query),
                        "/broken",
                                query -> {
                                    throw new IllegalStateException("a defect");
                                }));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void answers_the_paths_it_was_given() throws Exception {
        // When
        HttpResponse<String> response = send("GET", "/healthz");

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body()).isEqualTo("{\"status\":\"alive\"}\n");
    }

    @Test
    void head_says_what_get_would_without_the_body() throws Exception {
        // When
        HttpResponse<String> response = send("HEAD", "/healthz");

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(19);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void other_methods_are_refused(String method) throws Exception {
        // When
        HttpResponse<String> response = send(method, "/healthz");

        // Then
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/healthz/", "/healthzz", "/metrics/../healthz", "/HEALTHZ"})
    void an_unknown_path_is_answered_with_the_known_ones(String path) throws Exception {
        // When
        HttpResponse<String> response = send("GET", path);

        // Then
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("[\"/broken\",\"/echo\",\"/healthz\"]");
    }

    @Test
    void a_query_reaches_the_endpoint_decoded() throws Exception {
        // When
        HttpResponse<String> response = send("GET", "/echo?app=a%2Bb%20c&app=second&flag");

        // Then
        assertThat(response.body()).contains("\"app\":\"a+b c\"").contains("\"flag\":\"\"");
    }

    @Test
    void a_defect_in_an_endpoint_is_an_answer_and_the_server_goes_on() throws Exception {
        // Given
        HttpResponse<String> broken = send("GET", "/broken");

        // When
        HttpResponse<String> next = send("GET", "/healthz");

        // Then
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).doesNotContain("a defect");
        assertThat(next.statusCode()).isEqualTo(200);
    }

    @Test
    void a_port_that_is_taken_is_an_error_of_the_configuration_that_names_the_key() {
        // Given
        Listener taken = listener("127.0.0.1", server.port());

        // When and Then
        assertThatThrownBy(() -> OperationsServer.start(taken, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("http.probe-port: cannot listen on 127.0.0.1 port " + server.port())
                .hasMessageContaining("ROLECALL_HTTP_PROBE_PORT");
    }

    @Test
    void an_address_that_is_none_is_an_error_of_the_configuration_that_names_the_key() {
        // Given
        Listener nowhere = listener("no such host", 0);

        // When and Then
        assertThatThrownBy(() -> OperationsServer.start(nowhere, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("http.bind: 'no such host'");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 64, 200})
    void requests_that_do_not_come_to_their_end_are_in_nobodys_way(int clients) throws Exception {
        try (ManyClients halfSent = ManyClients.connect(server.port(), clients)) {
            // Given
            assertThat(halfSent.send("GET /healthz HTTP/1.1\r\nHost: loc")).isEqualTo(clients);

            // When
            HttpResponse<String> response = send("GET", "/healthz");

            // Then
            assertThat(response.statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 600})
    void many_connections_at_once_get_an_answer_or_are_closed(int clients) throws Exception {
        try (ManyClients many = ManyClients.connect(server.port(), clients)) {
            // When
            many.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            // Then
            List<String> heard = many.hear();
            assertThat(heard).hasSize(clients).allMatch(text -> text.isEmpty() || text.startsWith("HTTP/1.1 200 "));
            assertThat(heard).filteredOn(text -> !text.isEmpty()).hasSizeGreaterThanOrEqualTo(200);
        }
        assertThat(send("GET", "/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void a_closed_server_has_given_its_port_back() throws Exception {
        // Given
        int port = server.port();

        // When
        server.close();

        // Then
        try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(again.isBound()).isTrue();
        }
    }
}

package io.rolecall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the image's build asks a registry before anything is compiled. */
class BaseImageTest {

    private HttpServer registry;
    private String address;

    @BeforeEach
    void start() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        address = "127.0.0.1:" + registry.getAddress().getPort();
        registry.createContext("/v2/open/jre/manifests/", exchange -> answer(exchange, 200, ""));
        registry.createContext("/v2/asked/jre/manifests/25", exchange -> {
            boolean known =
                    "Bearer for-anybody".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders()
                    .add(
                            "WWW-Authenticate",
                            "Bearer realm=\"http://%s/token\",service=\"s\",scope=\"repository:asked/jre:pull\""
                                    .formatted(address));
            answer(exchange, known ? 200 : 401, "");
        });
        registry.createContext("/token", exchange -> answer(exchange, 200, "{\"token\": \"for-anybody\"}"));
        registry.createContext("/v2/private/", exchange -> answer(exchange, 401, ""));
        registry.createContext("/v2/broken/", exchange -> answer(exchange, 503, ""));
        registry.start();
    }

    @AfterEach
    void stop() {
        registry.stop(0);
    }

    @Test
    void a_base_that_is_there_lets_the_build_go_on() throws Exception {
        // Given
        String digest = "open/jre@sha256:" + "0".repeat(64);

        // When
        Answer byTag = ask(address + "/open/jre:25");
        Answer byDigest = ask(address + "/" + digest);
        Answer withToken = ask(address + "/asked/jre:25");

        // Then
        assertThat(byTag).isEqualTo(new Answer(0, ""));
        assertThat(byDigest).isEqualTo(new Answer(0, ""));
        assertThat(withToken).isEqualTo(new Answer(0, ""));
    }

    @Test
    void a_base_that_needs_a_login_is_left_to_the_build_which_may_have_one() throws Exception {
        // Given
        String image = address + "/private/jre:25";

        // When
        Answer answer = ask(image);

        // Then
        assertThat(answer.exitCode()).isZero();
    }

    @Test
    void no_base_at_all_asks_nobody() throws Exception {
        // Given
        registry.stop(0);

        // When
        Answer answer = ask("scratch");

        // Then
        assertThat(answer).isEqualTo(new Answer(0, ""));
    }

    @Test
    void a_base_that_is_not_there_ends_the_build_with_the_switch() throws Exception {
        // Given
        String image = address + "/gone/jre:25";

        // When
        Answer answer = ask(image);

        // Then
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.output())
                .startsWith("The base image " + image + " cannot be had: " + address + " has none of that name.")
                .contains("-Dimage.base=NAME takes another");
    }

    @Test
    void a_registry_that_is_not_there_or_fails_ends_it_too() throws Exception {
        // Given
        Answer failing = ask(address + "/broken/jre:25");
        registry.stop(0);

        // When
        Answer gone = ask(address + "/open/jre:25");

        // Then
        assertThat(failing.output()).contains("answers 503").contains("-Dimage.base=NAME");
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.output()).contains(address + " cannot be reached").contains("-Dimage.base=NAME");
    }

    private record Answer(int exitCode, String output) {}

    private static Answer ask(String image) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        Path.of("..", "deploy", "BaseImage.java").toString(),
                        image)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), output);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, none ? -1 : bytes.length);
        if (!none) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}

package io.rolecall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rolecall.registry.FakeRegistry.Reply;
import io.rolecall.registry.FakeRegistry.Request;
import io.rolecall.schema.OrgNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class RegistryHttpTest {

    private static final Map<String, Schema> NETWORKS = Map.of("org.networks", OrgNetwork.getClassSchema());
    private static final byte[] OF_SCHEMA_77 = {0, 0, 0, 0, 77, 2};

    private static Registry open(String urls, String... keysAndValues) {
        Map<String, String> properties = new TreeMap<>(Map.of("schema.registry.url", urls, "retries.wait.ms", "1"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Registry.open(properties);
    }

    /** An address at which nothing listens. */
    private static String nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }

    @Test
    void the_schema_is_posted_under_the_name_of_the_topic() throws IOException {
        try (FakeRegistry fake = new FakeRegistry(i -> Reply.ok(5))) {
            // Given
            Registry registry = open(fake.url() + "/apis/ccompat/v7/");

            // When
            registry.prepare(NETWORKS);

            // Then
            assertThat(fake.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.target())
                            .isEqualTo("/apis/ccompat/v7/subjects/org.networks-value/versions"))
                    .satisfies(request -> assertThat(request.method()).isEqualTo("POST"))
                    .satisfies(request -> assertThat(request.body())
                            .startsWith("{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"OrgNetwork\\\"")
                            .doesNotContain("avro.java.string"));
        }
    }

    @Test
    void what_was_answered_once_is_not_asked_again() throws IOException {
        try (FakeRegistry fake = new FakeRegistry(i -> Reply.ok(5))) {
            // Given
            Registry registry = open(fake.url());
            OrgNetwork network =
                    OrgNetwork.newBuilder().setCidr("::1/128").setLabel("x").build();

            // When
            registry.prepare(NETWORKS);
            byte[] bytes = registry.serde(OrgNetwork.class).serializer().serialize("org.networks", network);
            OrgNetwork read = registry.serde(OrgNetwork.class).deserializer().deserialize("org.networks", bytes);

            // Then
            assertThat(read).isEqualTo(network);
            assertThat(fake.requests()).hasSize(1);
        }
    }

    @Test
    void the_next_url_is_asked_when_one_does_not_answer_and_stays_the_preferred_one() throws IOException {
        try (FakeRegistry failing = new FakeRegistry(i -> Reply.error(503, 50301, "starting"));
                FakeRegistry working = new FakeRegistry(Reply::ok)) {
            // Given
            Registry registry = open(String.join(", ", nobody(), failing.url(), working.url()));

            // When
            registry.prepare(Map.of("a", OrgNetwork.getClassSchema(), "b", OrgNetwork.getClassSchema()));

            // Then
            assertThat(failing.requests()).hasSize(1);
            assertThat(working.requests()).hasSize(2);
        }
    }

    @Test
    void an_overloaded_registry_is_asked_again() throws IOException {
        try (FakeRegistry fake =
                new FakeRegistry(i -> i < 2 ? Reply.error(i == 0 ? 503 : 429, 0, "busy") : Reply.ok(5))) {
            // Given
            Registry registry = open(fake.url());

            // When
            registry.prepare(NETWORKS);

            // Then
            assertThat(fake.requests()).hasSize(3);
        }
    }

    @Test
    void a_registry_that_stays_broken_is_given_up_with_what_was_tried() throws IOException {
        try (FakeRegistry fake = new FakeRegistry(i -> Reply.error(500, 50001, "backend is down"))) {
            // Given
            String nobody = nobody();
            Registry registry = open(nobody + "," + fake.url(), "max.retries", "2");

            // When
            Throwable thrown = catchThrowable(() -> registry.prepare(NETWORKS));

            // Then
            assertThat(fake.requests()).hasSize(3);
            assertThat(thrown)
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining(nobody + ": connection refused")
                    .hasMessageContaining(fake.url() + ": HTTP status 500, backend is down")
                    .hasMessageContaining("Tried 3 times")
                    .hasMessageContaining("registry.schema.registry.url");
            assertThat(RegistryErrors.isBadData(thrown)).isFalse();
        }
    }

    @Test
    void an_answer_that_never_comes_ends_with_the_read_timeout() throws IOException {
        try (FakeRegistry fake = new FakeRegistry(i -> Reply.NEVER)) {
            // Given
            Registry registry = open(fake.url(), "http.read.timeout.ms", "50", "max.retries", "0");

            // When
            Throwable thrown = catchThrowable(() -> registry.prepare(NETWORKS));

            // Then
            assertThat(thrown)
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining(fake.url() + ": no answer within 50 ms");
        }
    }

    @Test
    void an_unknown_host_is_named() {
        // Given
        Registry registry = open("http://registry.invalid:8081", "max.retries", "0");

        // When
        Throwable thrown = catchThrowable(() -> registry.prepare(NETWORKS));

        // Then
        assertThat(thrown)
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("http://registry.invalid:8081: the host name is not known");
    }

    @Test
    void user_info_is_sent_as_basic_authentication() throws IOException {
        try (FakeRegistry fake = new FakeRegistry(Reply::ok)) {
            // Given
            Registry registry = open(
                    fake.url(), "basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "me:pässword");

            // When
            registry.prepare(NETWORKS);

            // Then
            assertThat(fake.requests()).extracting(Request::authorization).containsExactly(basic("me:pässword"));
        }
    }

    @Test
    void user_info_under_the_prefixed_name_is_sent_too() throws IOException {
        try (FakeRegistry fake = new FakeRegistry(Reply::ok)) {
            // Given
            Registry registry = open(fake.url(), "schema.registry.basic.auth.user.info", "me:pw");

            // When
            registry.prepare(NETWORKS);

            // Then
            assertThat(fake.requests()).extracting(Request::authorization).containsExactly(basic("me:pw"));
        }
    }

    @Test
    void user_info_in_the_url_is_sent_decoded_and_to_that_url_only() throws IOException {
        try (FakeRegistry first = new FakeRegistry(i -> Reply.error(503, 50301, "starting"));
                FakeRegistry second = new FakeRegistry(Reply::ok)) {
            // Given
            Registry registry = open("http://me:p%40ss@" + first.host() + "," + second.url());

            // When
            registry.prepare(NETWORKS);

            // Then
            assertThat(first.requests()).extracting(Request::authorization).containsExactly(basic("me:p@ss"));
            assertThat(second.requests()).extracting(Request::authorization).containsExactly(Optional.empty());
        }
    }

    @Test
    void a_token_is_sent_as_bearer() throws IOException {
        try (FakeRegistry fake = new FakeRegistry(Reply::ok)) {
            // Given
            Registry registry = open(fake.url(), "bearer.auth.token", "t0ken\n");

            // When
            registry.prepare(NETWORKS);

            // Then
            assertThat(fake.requests()).extracting(Request::authorization).containsExactly(Optional.of("Bearer t0ken"));
        }
    }

    @Test
    void refused_credentials_are_not_tried_again_and_not_shown() throws IOException {
        try (FakeRegistry fake = new FakeRegistry(i -> Reply.error(401, 401, "Unauthorized"))) {
            // Given
            Registry registry = open("http://me:s3cret@" + fake.host());

            // When
            Throwable thrown = catchThrowable(() -> registry.prepare(NETWORKS));

            // Then
            assertThat(fake.requests()).hasSize(1);
            assertThat(thrown)
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining(fake.url())
                    .hasMessageContaining("401")
                    .hasMessageContaining("registry.basic.auth.user.info")
                    .hasMessageNotContaining("s3cret");
            assertThat(RegistryErrors.isBadData(thrown)).isFalse();
        }
    }

    @Test
    void a_registry_that_wants_credentials_when_there_are_none_says_how_to_set_them() throws IOException {
        try (FakeRegistry fake = new FakeRegistry(i -> new Reply(403, "forbidden"))) {
            // Given
            Registry registry = open(fake.url());

            // When
            Throwable thrown = catchThrowable(() -> registry.prepare(NETWORKS));

            // Then
            assertThat(thrown)
                    .hasMessageContaining("403")
                    .hasMessageContaining("No credentials are configured: set registry.basic.auth.user.info");
        }
    }

    @Test
    void a_web_server_that_is_no_registry_is_not_taken_for_one() throws IOException {
        try (FakeRegistry fake = new FakeRegistry(i -> new Reply(i == 0 ? 404 : 200, "<html>hello</html>"))) {
            // Given
            Registry registry = open(fake.url());

            // When
            Throwable notFound = catchThrowable(() -> registry.prepare(NETWORKS));
            Throwable page = catchThrowable(
                    () -> registry.serde(OrgNetwork.class).deserializer().deserialize("org.networks", OF_SCHEMA_77));

            // Then
            assertThat(notFound)
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("not as a schema registry does")
                    .hasMessageContaining("/apis/ccompat/v7");
            assertThat(page).isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void credentials_do_not_follow_a_redirect() throws IOException {
        try (FakeRegistry elsewhere = new FakeRegistry(Reply::ok);
                FakeRegistry fake = new FakeRegistry(i -> new Reply(307, elsewhere.url()))) {
            // Given
            Registry registry = open(fake.url(), "basic.auth.user.info", "me:pw");

            // When
            Throwable thrown = catchThrowable(() -> registry.prepare(NETWORKS));

            // Then
            assertThat(thrown).isInstanceOf(RegistryUnavailableException.class).hasMessageContaining("307");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void an_id_that_the_registry_does_not_know_is_the_records_fault() throws IOException {
        try (FakeRegistry fake = new FakeRegistry(i -> Reply.error(404, 40403, "Schema not found"))) {
            // Given
            Registry registry = open(fake.url());

            // When
            Throwable thrown = catchThrowable(
                    () -> registry.serde(OrgNetwork.class).deserializer().deserialize("org.networks", OF_SCHEMA_77));

            // Then
            assertThat(fake.requests()).extracting(Request::target).containsExactly("/schemas/ids/77");
            assertThat(thrown)
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessageContaining("77")
                    .hasMessageContaining(fake.url());
        }
    }

    @Test
    void an_id_that_nobody_answers_for_is_not_the_records_fault() throws IOException {
        // Given
        Registry registry = open(nobody(), "max.retries", "0");

        // When
        Throwable thrown = catchThrowable(
                () -> registry.serde(OrgNetwork.class).deserializer().deserialize("org.networks", OF_SCHEMA_77));

        // Then
        assertThat(thrown).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void a_schema_that_is_no_avro_makes_its_records_unreadable() throws IOException {
        try (FakeRegistry fake =
                new FakeRegistry(i -> new Reply(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax\"}"))) {
            // Given
            Registry registry = open(fake.url());

            // When
            Throwable thrown = catchThrowable(
                    () -> registry.serde(OrgNetwork.class).deserializer().deserialize("org.networks", OF_SCHEMA_77));

            // Then
            assertThat(thrown).isInstanceOf(UnreadableRecordException.class).hasMessageContaining("PROTOBUF");
        }
    }

    @Test
    void an_interrupted_wait_ends_and_stays_interrupted() throws IOException {
        // Given
        Registry registry = open(nobody(), "retries.wait.ms", "60000");
        Thread.currentThread().interrupt();

        // When
        Throwable thrown = catchThrowable(() -> registry.prepare(NETWORKS));

        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(RegistryUnavailableException.class).hasMessageContaining("Interrupted");
    }

    private static Optional<String> basic(String userInfo) {
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8)));
    }
}

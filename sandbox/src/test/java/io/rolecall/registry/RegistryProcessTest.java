package io.rolecall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rolecall.schema.Alert;
import io.rolecall.schema.OrgNetwork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The built-in serde against a real registry server. */
class RegistryProcessTest {

    private static RegistryProcess server;

    private final String topic = "org.networks." + UUID.randomUUID();

    @BeforeAll
    static void startServer() throws IOException {
        server = RegistryProcess.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static Registry open(String... keysAndValues) {
        Map<String, String> properties =
                new TreeMap<>(Map.of("schema.registry.url", server.url(), "retries.wait.ms", "10"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Registry.open(properties);
    }

    private static OrgNetwork office() {
        return OrgNetwork.newBuilder()
                .setCidr("203.0.113.0/24")
                .setLabel("office")
                .build();
    }

    private byte[] written(Registry registry) {
        return registry.serde(OrgNetwork.class).serializer().serialize(topic, office());
    }

    private OrgNetwork read(Registry registry, byte[] bytes) {
        return registry.serde(OrgNetwork.class).deserializer().deserialize(topic, bytes);
    }

    private void register(String schema) {
        String quoted =
                "\"" + schema.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + "\"";
        server.send("POST", "/subjects/" + topic + "-value/versions", "{\"schema\":" + quoted + "}");
    }

    @Test
    void a_fresh_client_reads_what_another_wrote() {
        // Given
        byte[] bytes = written(open());

        // When
        OrgNetwork read = read(open(), bytes);

        // Then
        assertThat(read).isEqualTo(office());
        int id = ByteBuffer.wrap(bytes, 1, 4).getInt();
        assertThat(server.get("/subjects/" + topic + "-value/versions/latest")).contains("\"id\":" + id + ",");
    }

    @Test
    void a_schema_that_is_there_keeps_its_id_and_gets_no_second_version() {
        // Given
        byte[] first = written(open());

        // When
        byte[] second = written(open());

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(server.get("/subjects/" + topic + "-value/versions")).isEqualTo("[1]");
    }

    @Test
    void an_incompatible_schema_is_refused_at_start_with_the_registrys_reason() {
        // Given
        register("{\"type\":\"record\",\"name\":\"OrgNetwork\",\"namespace\":\"io.rolecall.schema\","
                + "\"fields\":[{\"name\":\"cidr\",\"type\":\"long\"}]}");
        server.requireBackwardCompatibility(topic + "-value");
        Registry registry = open();

        // When
        Throwable thrown = catchThrowable(() -> registry.prepare(Map.of(topic, OrgNetwork.getClassSchema())));

        // Then
        assertThat(thrown)
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContaining("subject " + topic + "-value")
                .hasMessageContaining("409")
                .hasMessageContaining("/fields/0")
                .hasMessageContaining(server.url() + "/config/" + topic + "-value");
        assertThat(RegistryErrors.isBadData(thrown)).isFalse();
    }

    @Test
    void a_compatible_schema_becomes_the_next_version_and_older_records_stay_readable() throws IOException {
        // Given
        register("{\"type\":\"record\",\"name\":\"OrgNetwork\",\"namespace\":\"io.rolecall.schema\",\"fields\":["
                + "{\"name\":\"cidr\",\"type\":\"string\"},{\"name\":\"label\",\"type\":\"string\"}]}");
        server.requireBackwardCompatibility(topic + "-value");
        byte[] older = written(open("use.latest.version", "true"));

        // When
        byte[] newer = written(open());

        // Then
        assertThat(server.get("/subjects/" + topic + "-value/versions")).isEqualTo("[1,2]");
        assertThat(older).hasSize(newer.length - 2);
        assertThat(read(open(), older)).isEqualTo(office());
        assertThat(read(open(), newer)).isEqualTo(office());
    }

    @Test
    void a_missing_schema_that_may_not_be_registered_is_named_with_the_command() {
        // Given
        Registry registry = open("auto.register.schemas", "false");

        // When
        Throwable thrown = catchThrowable(() -> registry.prepare(Map.of(topic, OrgNetwork.getClassSchema())));

        // Then
        assertThat(thrown)
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContaining("registry.auto.register.schemas=false")
                .hasMessageContaining("jq -Rs '{schema: .}' schemas/src/released/VERSION/OrgNetwork.avsc")
                .hasMessageContaining(server.url() + "/subjects/" + topic + "-value/versions");
        assertThat(server.get("/subjects")).doesNotContain(topic);
    }

    @Test
    void a_published_file_registered_by_hand_is_what_the_program_looks_up() throws IOException {
        // Given
        Path released = Path.of(System.getProperty("basedir", "."), "../schemas/src/released/0.2.0/Alert.avsc");
        register(Files.readString(released));
        Registry registry = open("auto.register.schemas", "false");

        // When
        registry.prepare(Map.of(topic, Alert.getClassSchema()));

        // Then
        assertThat(server.get("/subjects/" + topic + "-value/versions")).isEqualTo("[1]");
    }

    @Test
    void a_latest_version_that_cannot_hold_our_records_is_refused() {
        // Given
        register("{\"type\":\"record\",\"name\":\"OrgNetwork\",\"namespace\":\"io.rolecall.schema\","
                + "\"fields\":[{\"name\":\"owner\",\"type\":\"string\"}]}");
        Registry registry = open("use.latest.version", "true");

        // When
        Throwable thrown = catchThrowable(() -> registry.prepare(Map.of(topic, OrgNetwork.getClassSchema())));

        // Then
        assertThat(thrown)
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContaining("registry.use.latest.version")
                .hasMessageContaining("owner");
    }

    @Test
    void an_id_that_nobody_was_given_is_bad_data() {
        // Given
        byte[] bytes = {0, 0x7f, 0, 0, 0, 2};

        // When
        Throwable thrown = catchThrowable(() -> read(open(), bytes));

        // Then
        assertThat(thrown).isInstanceOf(UnreadableRecordException.class).hasMessageContaining("2130706432");
    }

    @Test
    void a_registry_that_goes_away_after_start_is_not_missed() throws IOException {
        // Given
        try (RegistryProcess mortal = RegistryProcess.start()) {
            Registry registry = Registry.open(Map.of("schema.registry.url", mortal.url(), "max.retries", "0"));
            registry.prepare(Map.of(topic, OrgNetwork.getClassSchema()));
            Serde<OrgNetwork> serde = registry.serde(OrgNetwork.class);
            mortal.kill();

            // When
            byte[] bytes = serde.serializer().serialize(topic, office());

            // Then
            assertThat(serde.deserializer().deserialize(topic, bytes)).isEqualTo(office());
            byte[] ofAnotherSchema = bytes.clone();
            ofAnotherSchema[2] = 1;
            assertThat(catchThrowable(() -> serde.deserializer().deserialize(topic, ofAnotherSchema)))
                    .isInstanceOf(RegistryUnavailableException.class);

            mortal.restart();
            assertThat(read(Registry.open(Map.of("schema.registry.url", mortal.url())), bytes))
                    .isEqualTo(office());
        }
    }

    @Test
    void a_registry_that_is_down_at_start_is_said_with_its_url() throws IOException {
        // Given
        String url;
        try (RegistryProcess mortal = RegistryProcess.start()) {
            url = mortal.url();
        }
        Registry registry = Registry.open(Map.of("schema.registry.url", url, "retries.wait.ms", "1"));

        // When
        Throwable thrown = catchThrowable(() -> registry.prepare(Map.of(topic, OrgNetwork.getClassSchema())));

        // Then
        assertThat(thrown)
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(url + ": connection refused")
                .hasMessageContaining("registry.schema.registry.url");
    }

    @Test
    void the_second_url_serves_when_the_first_is_down() throws IOException {
        // Given
        String down;
        try (RegistryProcess mortal = RegistryProcess.start()) {
            down = mortal.url();
        }

        // When
        byte[] bytes = written(Registry.open(Map.of("schema.registry.url", down + "," + server.url())));

        // Then
        assertThat(read(open(), bytes)).isEqualTo(office());
    }

    @Test
    void a_base_url_without_its_path_is_noticed() {
        // Given
        String root = server.url().replace("/apis/ccompat/v7", "");
        Registry registry = Registry.open(Map.of("schema.registry.url", root));

        // When
        Throwable thrown = catchThrowable(() -> registry.prepare(Map.of(topic, OrgNetwork.getClassSchema())));

        // Then
        assertThat(thrown).isInstanceOf(RegistryUnavailableException.class).hasMessageContaining("/apis/ccompat/v7");
    }
}

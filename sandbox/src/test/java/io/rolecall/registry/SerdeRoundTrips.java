package io.rolecall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.schema.Registration;
import io.rolecall.schema.TrustedRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every serde of the public topics must do against a real registry, the built-in one and a site's own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SerdeRoundTrips {

    static {
        TrustedRecords.trust(); // builders copy defaults, before a registry is opened
    }

    private RegistryProcess server;

    /** Configuration of the serde to try, with that registry. */
    abstract Map<String, String> properties(String registryUrl);

    @BeforeAll
    void startServer() throws IOException {
        server = RegistryProcess.start();
    }

    @AfterAll
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    static Stream<SpecificRecord> records() {
        AppEvent registration = AppEvent.newBuilder()
                .setEventId("e-1")
                .setSource("entra-audit")
                .setEnvelope("diagnostic")
                .setOperation("add-application")
                .setRawOperation("Add application")
                .setEventTime(Instant.parse("2026-01-01T00:00:00.123456789Z"))
                .setTenantId("t")
                .setOutcome("success")
                .setAppDisplayName("Zażółć gęślą jaźń")
                .setActor(Actor.newBuilder().setType("user").build())
                .setDetails(Registration.newBuilder()
                        .setTenancy("single")
                        .setRedirectUris(List.of("https://localhost"))
                        .build())
                .setPosition("audit.json:1/0")
                .build();
        OrgNetwork network = OrgNetwork.newBuilder()
                .setCidr("2001:db8::/32")
                .setLabel("vpn")
                .setValidFrom(Instant.parse("2026-01-01T00:00:00Z"))
                .build();
        return Stream.of(registration, network);
    }

    @ParameterizedTest
    @MethodSource("records")
    void a_fresh_client_reads_what_another_wrote(SpecificRecord record) {
        // Given
        String topic = "topic-" + UUID.randomUUID();
        byte[] bytes = serde(tried(), record).serializer().serialize(topic, record);

        // When
        SpecificRecord read = serde(tried(), record).deserializer().deserialize(topic, bytes);

        // Then
        assertThat(read).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("records")
    void the_built_in_serde_reads_it(SpecificRecord record) {
        // Given
        String topic = "topic-" + UUID.randomUUID();
        byte[] bytes = serde(tried(), record).serializer().serialize(topic, record);

        // When
        SpecificRecord read = serde(builtIn(), record).deserializer().deserialize(topic, bytes);

        // Then
        assertThat(read).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("records")
    void it_reads_what_the_built_in_serde_wrote(SpecificRecord record) {
        // Given
        String topic = "topic-" + UUID.randomUUID();
        byte[] bytes = serde(builtIn(), record).serializer().serialize(topic, record);

        // When
        SpecificRecord read = serde(tried(), record).deserializer().deserialize(topic, bytes);

        // Then
        assertThat(read).isEqualTo(record);
    }

    static Stream<byte[]> unreadable() {
        return Stream.of(
                new byte[] {0, 0, 0},
                "{\"cidr\":\"203.0.113.0/24\"}".getBytes(StandardCharsets.UTF_8),
                new byte[] {0, 0x7f, 0, 0, 0, 2});
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void what_is_unreadable_is_bad_data(byte[] bytes) {
        // Given
        Serde<OrgNetwork> serde = tried().serde(OrgNetwork.class);

        // When
        Throwable thrown = catchThrowable(() -> serde.deserializer().deserialize("org.networks", bytes));

        // Then
        assertThat(RegistryErrors.isBadData(thrown)).describedAs("%s", thrown).isTrue();
    }

    private Registry tried() {
        return Registry.open(properties(server.url()));
    }

    private Registry builtIn() {
        return Registry.open(Map.of("schema.registry.url", server.url()));
    }

    @SuppressWarnings("unchecked") // the serde of the record's own class
    private static Serde<SpecificRecord> serde(Registry registry, SpecificRecord record) {
        return registry.serde((Class<SpecificRecord>) record.getClass());
    }
}

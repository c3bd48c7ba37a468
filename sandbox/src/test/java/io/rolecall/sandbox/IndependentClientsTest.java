package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.registry.Registry;
import io.rolecall.registry.RegistryProcess;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.Alert;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clients that are not ours read {@code rolecall.alerts} and write it again: kafkajs with its schema registry, and Confluent's own
 * for JavaScript. Needs Node and npm, and runs in the profile {@code clients}: {@code mvn -Pclients -pl sandbox -am verify}.
 */
@Tag("clients")
class IndependentClientsTest {

    @RegisterExtension
    static final BrokerUnderTest BROKER = new BrokerUnderTest();

    private static final String TOPIC = "rolecall.alerts";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path SOURCES = Path.of(System.getProperty("basedir", "."), "src/test/clients");
    private static final Path INSTALLED = Path.of(System.getProperty("basedir", "."), "target/clients");

    @Test
    void two_clients_that_are_not_ours_read_every_field_of_every_alert_and_write_the_same_bytes() throws Exception {
        // Given
        install();
        try (RegistryProcess server = RegistryProcess.start();
                KafkaClient kafka = BROKER.client()) {
            Map<String, byte[]> alerts = serialized(server.url());
            kafka.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)));
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            alerts.forEach((id, value) ->
                    records.add(new ProducerRecord<>(TOPIC, id.getBytes(StandardCharsets.UTF_8), value)));
            kafka.produce(records);

            // When
            String printed = run(
                    Duration.ofMinutes(2),
                    "node",
                    "alerts.js",
                    BROKER.bootstrapServers(),
                    server.url(),
                    TOPIC,
                    String.valueOf(alerts.size()));

            // Then
            List<JsonNode> lines = new ArrayList<>();
            for (String line : printed.lines().toList()) {
                lines.add(MAPPER.readTree(line));
            }
            assertThat(lines).hasSize(2 * alerts.size());
            for (JsonNode line : lines) {
                byte[] bytes = alerts.getOrDefault(line.path("key").textValue(), new byte[0]);
                assertThat(line.path("value"))
                        .describedAs("%s", line.path("client"))
                        .isEqualTo(fields(bytes));
                assertThat(Base64.getDecoder().decode(line.path("written").textValue()))
                        .describedAs("%s", line.path("client"))
                        .isEqualTo(bytes);
            }
            assertThat(lines.stream()
                            .map(line -> line.path("client").textValue())
                            .distinct())
                    .containsExactlyInAnyOrder("@kafkajs/confluent-schema-registry", "@confluentinc/schemaregistry");
            System.out.printf("%d alerts read and written again by two clients%n", alerts.size());
        }
    }

    /** The alerts of the story in the wire format, by their ids. */
    private static Map<String, byte[]> serialized(String registryUrl) {
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(50));
        Serializer<Alert> serializer = Registry.open(Map.of("schema.registry.url", registryUrl))
                .serde(Alert.class)
                .serializer();
        Map<String, byte[]> alerts = new TreeMap<>();
        for (Alert alert : StoryRun.of(story).alerts()) {
            alerts.put(alert.getAlertId(), serializer.serialize(TOPIC, alert));
        }
        assertThat(alerts).hasSizeGreaterThan(10);
        return alerts;
    }

    /** What Avro itself reads from a value, as JSON. */
    private static JsonNode fields(byte[] value) throws IOException {
        GenericRecord record = new GenericDatumReader<GenericRecord>(Alert.getClassSchema())
                .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
        return MAPPER.readTree(json(record).toString());
    }

    private static JsonNode json(Object value) {
        if (value instanceof GenericRecord record) {
            ObjectNode object = MAPPER.createObjectNode();
            record.getSchema().getFields().forEach(field -> object.set(field.name(), json(record.get(field.pos()))));
            return object;
        }
        if (value instanceof GenericData.Array<?> list) {
            ArrayNode array = MAPPER.createArrayNode();
            list.forEach(element -> array.add(json(element)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = MAPPER.createObjectNode();
            map.forEach((key, element) -> object.set(key.toString(), json(element)));
            return object;
        }
        return MAPPER.valueToTree(value instanceof CharSequence ? value.toString() : value);
    }

    private static void install() throws IOException {
        Files.createDirectories(INSTALLED);
        for (String file : List.of("package.json", "alerts.js")) {
            Files.copy(SOURCES.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        run(
                Duration.ofMinutes(5),
                "npm",
                "install",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-package-lock");
    }

    /** Runs a command beside the clients and returns what it printed. */
    private static String run(Duration patience, String... command) throws IOException {
        File errors = INSTALLED.resolve("errors.log").toFile();
        File output = INSTALLED.resolve("output.log").toFile();
        Process process = new ProcessBuilder(command)
                .directory(INSTALLED.toFile())
                .redirectOutput(output)
                .redirectError(errors)
                .start();
        try {
            boolean ended = process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
            String said = Files.readString(errors.toPath());
            assertThat(ended)
                    .describedAs("%s ended; it said: %s", command[0], said)
                    .isTrue();
            assertThat(process.exitValue())
                    .describedAs("exit code of %s, which said: %s", command[0], said)
                    .isZero();
            return Files.readString(output.toPath());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}

package io.rolecall.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.inprocess.InProcessProperties;
import io.rolecall.registry.Registry;
import io.rolecall.registry.RegistryErrors;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Incident;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.schema.state.AlertExtract;
import io.rolecall.schema.state.Supersession;
import io.rolecall.state.AvroSerde;
import io.rolecall.state.Counts;
import io.rolecall.state.IncidentStore;
import io.rolecall.state.Names;
import io.rolecall.state.SourceTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology as the service builds it, records of raw topics going in one by one. */
final class LiveDriver implements AutoCloseable {

    private static final AvroSerde<SpecificRecord> MESSAGES =
            AvroSerde.ofUnion(List.of(AlertExtract.class, Supersession.class));

    private final DetectorConfig config;
    private final TopologyTestDriver driver;

    LiveDriver(Path directory, DetectorConfig config, Catalogue catalogue) {
        this.config = config;
        Properties properties = InProcessProperties.of(config, directory);
        DetectorTopology topology = new DetectorTopology(
                config, catalogue, DetectorHarness.policy(), "live", serdes(), DetectorObserver.NONE, oneLog(config));
        this.driver = new TopologyTestDriver(
                topology.build(new StreamsConfig(properties)), properties, DetectorHarness.CLOCK.instant());
    }

    /** Of the raw logs the audit log alone is there, so that no empty one holds the low watermark. */
    private static Sources oneLog(DetectorConfig config) {
        LogsForTests logs = new LogsForTests();
        logs.rawLogs(SourceTopic.ofLogs(config.topics().entraAudit(), "id", 1));
        return logs;
    }

    private static TopicSerdes serdes() {
        Registry registry = Registry.open(Map.of("schema.registry.url", "mock://live-driver"));
        return new TopicSerdes(
                registry.serde(AppEvent.class),
                registry.serde(Alert.class),
                registry.serde(Incident.class),
                registry.serde(OrgNetwork.class),
                RegistryErrors::isBadData);
    }

    /** Records of one topic without a key, appended now. */
    LiveDriver feed(String topic, String... values) {
        for (String value : values) {
            feed(topic, null, value.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    LiveDriver feed(String topic, byte @Nullable [] key, byte[] value) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, DetectorHarness.CLOCK.instant()));
        return this;
    }

    /** What the step of incidents gets of an alert, as if the alert had just been published. */
    LiveDriver extract(AlertExtract extract) {
        driver.createInputTopic(
                        Names.repartitionTopic(config.applicationId(), Names.INCIDENT_REPARTITION),
                        new StringSerializer(),
                        MESSAGES.serializer())
                .pipeInput(extract.getGroupKey(), extract);
        return this;
    }

    /** What was published of incidents since the last call. */
    List<Incident> incidents() {
        return driver.createOutputTopic(
                        config.topics().incidents(),
                        new StringDeserializer(),
                        serdes().incidents().deserializer())
                .readValuesToList();
    }

    /** The same of the OCSF topic. */
    List<JsonNode> incidentsOcsf() throws IOException {
        List<JsonNode> findings = new ArrayList<>();
        for (String value : driver.createOutputTopic(
                        config.topics().incidentsOcsf(), new StringDeserializer(), new StringDeserializer())
                .readValuesToList()) {
            findings.add(new ObjectMapper().readTree(value));
        }
        return findings;
    }

    IncidentStore incidentStore() {
        return new IncidentStore(driver.getKeyValueStore(Names.INCIDENTS));
    }

    Counts incidentCounts() {
        return new Counts(driver.getKeyValueStore(Names.INCIDENT_COUNTS));
    }

    LiveDriver passes(Duration wallClock) {
        driver.advanceWallClockTime(wallClock);
        return this;
    }

    @Override
    public void close() {
        driver.close();
    }
}

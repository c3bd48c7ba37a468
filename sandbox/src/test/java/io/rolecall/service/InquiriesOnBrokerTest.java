package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.config.DetectorConfig;
import io.rolecall.config.Topics;
import io.rolecall.detection.Asking;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Confidence;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.DetectionPage;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.QuestionKind;
import io.rolecall.detection.Reads;
import io.rolecall.detection.read.ActingApplication;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.PolicyFile;
import io.rolecall.policy.Severity;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.KafkaClient;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.Chunk;
import io.rolecall.state.AvroSerde;
import io.rolecall.topology.DetectorTopology;
import io.rolecall.topology.LocalRun;
import io.rolecall.topology.Sources;
import io.rolecall.topology.StreamConsumers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Questions between applications whose histories lie in tasks of several partitions, exactly once. */
class InquiriesOnBrokerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PARTITIONS = 4;
    private static final int ROBOTS = 12;
    private static final String TENANT = "75243ab2-44f8-435c-a7a6-b479385df6d4";
    private static final String TIER_0 = "RoleManagement.ReadWrite.Directory";
    private static final String ADD = "Add app role assignment to service principal";
    private static final String REMOVE = "Remove app role assignment from service principal";
    private static final AvroSerde<Alert> ALERTS = AvroSerde.of(Alert.class);

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    /** Finds a role that an application gave which held a permission of tier 0 then. */
    private static final class GivenByTierZero implements Detection {

        @Override
        public String id() {
            return "given-by-tier-zero";
        }

        @Override
        public Set<SubjectKind> subjects() {
            return Set.of(SubjectKind.APPLICATION);
        }

        @Override
        public Reads reads() {
            return Reads.of(List.of(Operations.ADD_APP_ROLE))
                    .asking(new Asking(QuestionKind.ACTING_APPLICATION, (act, policy) -> act.getOperation()
                            .equals(Operations.ADD_APP_ROLE)));
        }

        @Override
        public Evaluation evaluate(DetectionInput in) {
            List<Finding> findings = new ArrayList<>();
            for (AppEvent act : in.history().acts()) {
                ActingApplication.of(in.answers(act, QuestionKind.ACTING_APPLICATION))
                        .filter(by -> !by.heldAt(act.getEventTime()).isEmpty())
                        .ifPresent(by -> findings.add(finding(act)));
            }
            return Evaluation.of(findings, List.of());
        }

        private static Finding finding(AppEvent act) {
            return new Finding(
                    List.of(act.getEventId()),
                    act.getEventTime(),
                    Severity.HIGH,
                    Confidence.HIGH,
                    "given",
                    "given",
                    List.of(act),
                    1,
                    List.of(),
                    List.of(),
                    List.of(),
                    false);
        }
    }

    /** State that ends with the test. */
    private record InMemory() implements LocalRun {

        @Override
        public KeyValueBytesStoreSupplier store(String name) {
            return Stores.inMemoryKeyValueStore(name);
        }

        @Override
        public Optional<Chunk> chunk(byte[] value, Headers headers) {
            return Optional.empty();
        }

        @Override
        public Sources sources() {
            return new BrokersNotAsked();
        }
    }

    @Test
    void an_application_in_another_partition_answers_and_takes_its_answer_back() {
        // Given
        DetectorConfig config = DetectorConfig.DEFAULT.forFiles();
        KafkaClient client = BROKER.client();
        createTopics(client, config.topics());
        Catalogue catalogue = Catalogue.of(List.of(new GivenByTierZero()), InquiriesOnBrokerTest::page);
        DetectorTopology topology = DetectorTopology.ofOneRun(
                config, catalogue, PolicyFile.defaults(catalogue.parameters()), "live", Set.of(), new InMemory());
        Properties properties = properties(config, catalogue);
        try (KafkaStreams streams = new KafkaStreams(topology.build(new StreamsConfig(properties)), properties)) {
            streams.start();

            // When
            produce(client, config, IntStream.range(0, ROBOTS).mapToObj(i -> act(i)));
            produce(client, config, IntStream.range(0, ROBOTS).mapToObj(i -> role(ADD, "robot" + i, TIER_0, 2, "")));

            // Then
            await("every robot has answered")
                    .atMost(PATIENCE)
                    .until(() -> statuses(client, config).values().stream()
                                    .filter("open"::equals)
                                    .count()
                            == ROBOTS);

            // When
            produce(
                    client,
                    config,
                    IntStream.range(0, ROBOTS / 2).mapToObj(i -> role(REMOVE, "robot" + i, TIER_0, 5, "")));

            // Then
            await("half of them have taken their answer back")
                    .atMost(PATIENCE)
                    .until(() -> statuses(client, config).values().stream()
                                    .filter("withdrawn"::equals)
                                    .count()
                            == ROBOTS / 2);
            assertThat(statuses(client, config)).hasSize(ROBOTS);
            assertThat(partitionsOfAnswers(client, config)).hasSizeGreaterThan(1);
        }
    }

    private static DetectionPage page(String id) {
        return new DetectionPage(
                id,
                "A role was given by an application of tier 0",
                Severity.HIGH,
                1,
                List.of(),
                "A probe of the tests fires.",
                List.of(),
                List.of(),
                List.of(),
                "");
    }

    private static void createTopics(KafkaClient client, Topics topics) {
        client.createTopics(Stream.of(
                        topics.entraAudit(),
                        topics.entraSignIn(),
                        topics.azureActivity(),
                        topics.m365Audit(),
                        topics.networks(),
                        topics.inventory(),
                        topics.appEvents(),
                        topics.alerts(),
                        topics.alertsOcsf(),
                        topics.incidents(),
                        topics.incidentsOcsf(),
                        topics.quarantine())
                .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                .toList());
    }

    private Properties properties(DetectorConfig config, Catalogue catalogue) {
        Properties properties = new Properties();
        properties.putAll(DetectorTopology.properties(config, catalogue, new StreamConsumers()));
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "inquiries");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, BROKER.bootstrapServers());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return properties;
    }

    private static void produce(KafkaClient client, DetectorConfig config, Stream<String> events) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        events.forEach(event -> records.add(new ProducerRecord<>(
                config.topics().entraAudit(),
                records.size() % PARTITIONS,
                null,
                event.getBytes(StandardCharsets.UTF_8))));
        client.produce(records);
    }

    private static Map<String, String> statuses(KafkaClient client, DetectorConfig config) {
        Map<String, String> statuses = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                client.committed(config.topics().alerts())) {
            Alert alert = ALERTS.fromBytes(record.value());
            statuses.put(alert.getAlertId(), alert.getStatus());
        }
        return statuses;
    }

    /** Partitions that hold answers: those of the applications that were acted on. */
    private static Set<Integer> partitionsOfAnswers(KafkaClient client, DetectorConfig config) {
        Set<Integer> partitions = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record :
                client.committed(config.topics().appEvents())) {
            AppEvent fact = AvroSerde.of(AppEvent.class).fromBytes(record.value());
            if (fact.getOperation().equals(Operations.ANSWER)) {
                partitions.add(record.partition());
            }
        }
        return partitions;
    }

    private static String act(int robot) {
        return role(ADD, "target" + robot, "Mail.Read", 10, "robot" + robot);
    }

    /** @param by the application that acts; nothing for a user */
    private static String role(String operation, String app, String role, int day, String by) {
        String correlation = id(operation + app + role + day);
        String initiator = by.isEmpty()
                ? "{\"user\":{\"id\":\"%s\",\"userPrincipalName\":\"admin@contoso.com\"}}".formatted(id("admin"))
                : "{\"app\":{\"appId\":\"%s\",\"displayName\":\"%s\",\"servicePrincipalId\":\"%s\"}}"
                        .formatted(id(by), by, id("sp " + by));
        return """
                {"time":"2026-03-%02dT10:00:00.1234567Z","operationName":"%s","category":"AuditLogs","tenantId":"%s",
                "correlationId":"%s","properties":{"id":"Directory_%s","activityDisplayName":"%s","result":"success",
                "correlationId":"%s","initiatedBy":%s,"targetResources":[
                {"id":"8429eb5c-faeb-4ade-8eac-acc003790769","displayName":"Microsoft Graph","type":"ServicePrincipal",
                "modifiedProperties":[%s,%s,%s,%s]}]}}""".formatted(
                        day,
                        operation,
                        TENANT,
                        correlation,
                        correlation,
                        operation,
                        correlation,
                        initiator,
                        property("AppRole.Value", role),
                        property("ServicePrincipal.ObjectID", id("sp " + app)),
                        property("ServicePrincipal.AppId", id(app)),
                        property(
                                "TargetId.ServicePrincipalNames",
                                "00000003-0000-0000-c000-000000000000;https://graph.microsoft.com"))
                .replace("\n", "");
    }

    private static String property(String name, String value) {
        return "{\"displayName\":\"" + name + "\",\"oldValue\":null,\"newValue\":\"\\\"" + value + "\\\"\"}";
    }

    private static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}

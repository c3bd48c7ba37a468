package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import io.rolecall.deployment.TopicPlan;
import io.rolecall.detection.Catalogue;
import io.rolecall.network.PrefixAddressTable;
import io.rolecall.policy.PolicyFile;
import io.rolecall.registry.Registry;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryEvent;
import io.rolecall.sandbox.story.StoryNetwork;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.Alert;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.service.DetectorService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What an operator sees of the service on a real broker, after a short story and much that is wrong with its records. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceOperationsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String REGISTRY = "mock://operations";

    /** Fields of raw events that hold what must stay out of the log. */
    private static final Set<String> PRIVATE = Set.of(
            "userPrincipalName",
            "ipAddress",
            "callerIpAddress",
            "UserId",
            "ClientIP",
            "ActorIpAddress",
            "displayName",
            "appDisplayName",
            "userAgent");

    private static final String SECRET = "mallory@contoso.example";

    /** Nothing of these can be decoded, each for another reason. */
    private static final List<String> BAD = List.of(
            "{\"records\":[{\"time\":\"2025-03-03T10:00:00Z\",\"user\":\"" + SECRET + "\",",
            "not json at all: " + SECRET,
            "{\"time\":\"no time " + SECRET + "\",\"category\":\"AuditLogs\",\"operationName\":\"Add application\"}",
            "{\"time\":\"2099-01-01T00:00:00Z\",\"category\":\"AuditLogs\",\"operationName\":\"Add application\","
                    + "\"properties\":{\"initiatedBy\":{\"user\":{\"userPrincipalName\":\"" + SECRET + "\"}}}}",
            "{\"hello\":\"" + SECRET + "\"}",
            "[".repeat(2_000) + SECRET);

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Set<String> content = new TreeSet<>(Set.of(SECRET));
    private final Map<String, Long> produced = new TreeMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private KafkaClient client;
    private Configuration configuration;
    private DetectorService service;

    @BeforeAll
    void run_a_short_story(@TempDir Path stateDirectory) throws Exception {
        log.start();
        root().addAppender(log);
        configuration = ConfigFile.read(Map.of(
                "ROLECALL_KAFKA_BOOTSTRAP_SERVERS",
                BROKER.bootstrapServers(),
                "ROLECALL_STATE_DIR",
                stateDirectory.toString(),
                "ROLECALL_HTTP_PORT",
                "0",
                "ROLECALL_REVISION_INTERVAL",
                "0s",
                "ROLECALL_REGISTRY_SCHEMA_REGISTRY_URL",
                REGISTRY));
        client = BROKER.client();
        client.createTopics(TopicPlan.of(configuration, 1).topics().stream()
                .map(topic -> new NewTopic(topic.name(), 1, (short) 1).configs(topic.config()))
                .toList());
        service = DetectorService.start(
                configuration,
                Catalogue.shipped(),
                PolicyFile.defaults(Catalogue.shipped().parameters()),
                Clock.systemUTC());
        assertThat(service.awaitRunning(PATIENCE)).isTrue();
        Story story = Story.generate(StoryOptions.defaults().withDays(3).withNoisePerDay(40));
        networks(story);
        produce(story);
        await("everything is counted").atMost(PATIENCE).until(() -> counted() == total());
        await("alerts have settled")
                .atMost(PATIENCE)
                .until(() -> metric("rolecall_alerts_total") >= story.truth().size());
    }

    @AfterAll
    void stop() {
        root().detachAppender(log);
        service.close();
        client.close();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private void networks(Story story) {
        String topic = configuration.detector().topics().networks();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Serde<OrgNetwork> serde =
                Registry.open(Map.of("schema.registry.url", REGISTRY)).serde(OrgNetwork.class)) {
            for (StoryNetwork known : story.networks()) {
                OrgNetwork network = OrgNetwork.newBuilder()
                        .setCidr(known.cidr())
                        .setLabel(known.label())
                        .setValidFrom(known.validFrom().orElse(null))
                        .setValidTo(known.validTo().orElse(null))
                        .build();
                byte[] key = PrefixAddressTable.key(network).getBytes(StandardCharsets.UTF_8);
                records.add(new ProducerRecord<>(topic, key, serde.serializer().serialize(topic, network)));
            }
        }
        records.add(new ProducerRecord<>(
                topic, "x".getBytes(StandardCharsets.UTF_8), SECRET.getBytes(StandardCharsets.UTF_8)));
        client.produce(records);
        await("the networks are loaded")
                .atMost(PATIENCE)
                .until(() ->
                        metric("rolecall_networks_entries") == story.networks().size());
    }

    private void produce(Story story) throws IOException {
        JsonMapper json = new JsonMapper();
        Map<String, String> topics = Map.of(
                "entra-audit", configuration.detector().topics().entraAudit(),
                "entra-sign-in", configuration.detector().topics().entraSignIn(),
                "azure-activity", configuration.detector().topics().azureActivity(),
                "m365-audit", configuration.detector().topics().m365Audit());
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (StoryEvent event : story.events().toList()) {
            collect(json.readTree(event.json()));
            String topic = topics.get(event.source());
            records.add(new ProducerRecord<>(topic, event.json().getBytes(StandardCharsets.UTF_8)));
            produced.merge(topic, 1L, Long::sum);
        }
        for (String bad : BAD) {
            String topic = configuration.detector().topics().entraAudit();
            records.add(new ProducerRecord<>(topic, bad.getBytes(StandardCharsets.UTF_8)));
            produced.merge(topic, 1L, Long::sum);
        }
        client.produce(records);
    }

    private void collect(JsonNode node) {
        node.properties().forEach(field -> {
            if (PRIVATE.contains(field.getKey()) && field.getValue().asText().length() > 5) {
                content.add(field.getValue().asText());
            }
        });
        node.forEach(this::collect);
    }

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(path + " is not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private List<String> scrape() {
        return get("/metrics").body().lines().toList();
    }

    /** Sum of the time series of a name whose labels contain all the texts. */
    private double metric(String name, String... labels) {
        return scrape().stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private double counted() {
        return metric("rolecall_elements_total", "outcome=\"in\"");
    }

    private double total() {
        return produced.values().stream().mapToLong(Long::longValue).sum();
    }

    private JsonNode json(String path) throws IOException {
        return new JsonMapper().readTree(get(path).body());
    }

    @Test
    void the_service_is_alive_and_ready() throws IOException {
        // When
        JsonNode live = json("/healthz");
        JsonNode ready = json("/readyz");

        // Then
        assertThat(live.path("state").asText()).isEqualTo("RUNNING");
        assertThat(ready.path("status").asText()).isEqualTo("ready");
        assertThat(ready.path("networks").asInt()).isPositive();
        assertThat(ready.path("restoring")).isEmpty();
    }

    @Test
    void info_says_how_it_processes() throws IOException {
        // When
        JsonNode info = json("/info");

        // Then
        assertThat(info.path("processingGuarantee").asText()).isEqualTo("exactly_once_v2");
        assertThat(info.path("topics").path("alerts").asText()).isEqualTo("rolecall.alerts");
    }

    @Test
    void every_element_of_every_topic_is_accounted_for() {
        produced.forEach((topic, count) -> {
            // When
            String label = "topic=\"" + topic + "\"";
            double parts = metric("rolecall_elements_total", label, "outcome=\"fact\"")
                    + metric("rolecall_elements_total", label, "outcome=\"sighting\"")
                    + metric("rolecall_elements_total", label, "outcome=\"skipped\"")
                    + metric("rolecall_quarantined_total", label);

            // Then
            assertThat(metric("rolecall_elements_total", label, "outcome=\"in\""))
                    .isEqualTo(count.doubleValue());
            assertThat(parts).as(topic).isEqualTo(count.doubleValue());
        });
    }

    @Test
    void what_was_bad_is_counted_by_reason() {
        // When
        double bad = metric("rolecall_quarantined_total", "topic=\"entra.audit-logs\"");

        // Then
        assertThat(bad).isGreaterThanOrEqualTo(BAD.size());
        assertThat(metric("rolecall_quarantined_total", "reason=\"future\"")).isPositive();
        assertThat(metric("rolecall_quarantined_total", "reason=\"bad-time\"")).isPositive();
        assertThat(metric("rolecall_networks_refused_total")).isEqualTo(1.0);
    }

    @Test
    void alerts_are_counted_once_however_often_they_are_revised() {
        // Given
        String topic = configuration.detector().topics().alerts();
        try (Serde<Alert> serde =
                Registry.open(Map.of("schema.registry.url", REGISTRY)).serde(Alert.class)) {
            Set<String> ids = client.committed(topic).stream()
                    .map(record -> serde.deserializer().deserialize(topic, record.value()))
                    .map(Alert::getAlertId)
                    .collect(Collectors.toSet());

            // When
            double counted = metric("rolecall_alerts_total");

            // Then
            assertThat(counted).isEqualTo(ids.size());
            assertThat(metric("rolecall_detection_latency_seconds_count")).isPositive();
        }
    }

    @Test
    void every_metric_of_the_alert_rules_and_of_the_dashboard_is_exported() throws IOException {
        // Given
        System.gc(); // pauses are exported from the first one on
        Set<String> used = new TreeSet<>(MonitoringFiles.metricsOfRules());
        used.addAll(MonitoringFiles.metricsOfDashboard());
        used.remove("up");

        // When and Then
        await("all are exported").atMost(PATIENCE).untilAsserted(() -> assertThat(exported())
                .containsAll(used));
    }

    @Test
    void every_metric_of_ours_and_of_kafkas_is_explained_in_the_runbook() throws IOException {
        // When
        Set<String> ours = exported().stream()
                .filter(name -> name.startsWith("rolecall_") || name.startsWith("kafka_"))
                .map(name -> name.replaceFirst("_(bucket|sum|count|max)$", ""))
                .filter(name -> !name.equals("kafka_stream_processor_node_record_e2e_latency"))
                .filter(name -> !name.equals("kafka_stream_thread_commit_latency"))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(MonitoringFiles.runbook()).contains(ours);
    }

    private Set<String> exported() {
        return scrape().stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void of_kafkas_metrics_only_the_chosen_are_exported_and_none_twice() {
        // Given
        // The binder looks every half minute for metrics that are new, and the tasks' come after its first look.
        await().atMost(Duration.ofSeconds(100))
                .until(() -> scrape().stream().anyMatch(line -> line.startsWith("kafka_stream_task_")));

        // When
        List<String> kafka =
                scrape().stream().filter(line -> line.startsWith("kafka_")).toList();

        // Then
        assertThat(kafka).hasSizeBetween(50, 400);
        assertThat(kafka).noneMatch(line -> line.contains("topic=\"entra_audit-logs\""));
        assertThat(kafka).noneMatch(line -> line.startsWith("kafka_stream_state_total_sst_files_size"));
        assertThat(kafka).noneMatch(line -> line.startsWith("kafka_admin"));
    }

    @Test
    void nothing_of_an_event_is_in_the_log() {
        // When
        List<String> lines = log.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .map(ServiceOperationsTest::whole)
                .toList();

        // Then
        assertThat(lines).anyMatch(line -> line.contains("org.networks/0/"));
        assertThat(content).hasSizeGreaterThan(50);
        assertThat(lines).allSatisfy(line -> assertThat(content).noneMatch(line::contains));
    }

    /** Everything of it that any encoder might write. */
    private static String whole(ILoggingEvent event) {
        IThrowableProxy error = event.getThrowableProxy();
        return event.getFormattedMessage() + " " + event.getKeyValuePairs() + " "
                + (error == null ? "" : ThrowableProxyUtil.asString(error));
    }
}

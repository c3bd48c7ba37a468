package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import io.rolecall.config.Topics;
import io.rolecall.deployment.TopicPlan;
import io.rolecall.detection.Catalogue;
import io.rolecall.network.PrefixAddressTable;
import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyFile;
import io.rolecall.registry.Registry;
import io.rolecall.sandbox.KafkaClient;
import io.rolecall.sandbox.ServiceProcess;
import io.rolecall.sandbox.StoryRun;
import io.rolecall.sandbox.story.Story;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Incident;
import io.rolecall.schema.OrgNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * One detector on a broker: an application id and topics that no other test has, instances of the service in it, and what they wrote
 * as a consumer of committed records sees it. The whole month of the story is delivered in seconds, so that logs are weeks apart in
 * event time for a moment: {@code lateness} is a year, unless the settings are to be as shipped, and what waits on the wall clock
 * waits a second.
 */
final class Site implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final KafkaClient client;
    private final String bootstrapServers;
    private final Path directory;
    private final String id;
    private final int partitions;
    private final String registryUrl;
    private final List<String> more;
    private final boolean asShipped;
    private final Policy policy;
    private final Map<String, Integer> ports = new HashMap<>();

    private Site(Draft draft) {
        this.client = new KafkaClient(draft.bootstrapServers);
        this.bootstrapServers = draft.bootstrapServers;
        this.directory = draft.directory;
        this.id = draft.id;
        this.partitions = draft.partitions;
        this.registryUrl = draft.registryUrl;
        this.more = List.copyOf(draft.more);
        this.asShipped = draft.asShipped;
        this.policy = draft.policy;
    }

    /** What a site is to be. */
    static final class Draft {

        private final String bootstrapServers;
        private final Path directory;
        private final String id;
        private final List<String> more = new ArrayList<>();
        private int partitions = 1;
        private List<Integer> rawPartitions = List.of();
        private String registryUrl;
        private boolean asShipped;
        private Policy policy = PolicyFile.defaults(Catalogue.shipped().parameters());

        /**
         * One partition a topic, a mock registry.
         *
         * @param directory for state and configuration files
         * @param id application id and prefix of the topics
         */
        Draft(String bootstrapServers, Path directory, String id) {
            this.bootstrapServers = bootstrapServers;
            this.directory = directory;
            this.id = id;
            this.registryUrl = "mock://" + id;
        }

        Draft partitions(int value) {
            partitions = value;
            return this;
        }

        /** Partitions of the topics of raw logs, in the order of the configuration, where they are not all alike. */
        Draft rawPartitions(Integer... values) {
            rawPartitions = List.of(values);
            return this;
        }

        Draft registry(String url) {
            registryUrl = url;
            return this;
        }

        /** One more line of the configuration file; it goes over what a site has anyway. */
        Draft with(String line) {
            more.add(line);
            return this;
        }

        /** Instances in this JVM run under the policy of a story. */
        Draft policyOf(Story story) {
            policy = StoryRun.policy(story);
            return this;
        }

        /** Every setting that changes what is found, or when, stays as it is shipped. */
        Draft asShipped() {
            asShipped = true;
            return this;
        }

        /** Makes the topics. */
        Site create() {
            Site site = new Site(this);
            List<String> raw = site.topics().rawLogs();
            site.client.createTopics(TopicPlan.of(site.configuration("plan"), partitions).topics().stream()
                    .map(topic -> new NewTopic(
                                    topic.name(), partitionsOf(raw.indexOf(topic.name()), topic.partitions()), (short)
                                            1)
                            .configs(topic.config()))
                    .toList());
            return site;
        }

        private int partitionsOf(int raw, int otherwise) {
            return raw >= 0 && raw < rawPartitions.size() ? rawPartitions.get(raw) : otherwise;
        }
    }

    String id() {
        return id;
    }

    int partitions() {
        return partitions;
    }

    /** Partitions of the topics of raw logs, by name. */
    Map<String, Integer> rawPartitions() {
        return KafkaClient.await(
                        client.admin().describeTopics(topics().rawLogs()).allTopicNames(), "partitions of the raw logs")
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        topic -> topic.getValue().partitions().size()));
    }

    KafkaClient client() {
        return client;
    }

    /** What an instance in this JVM answers. */
    static String get(DetectorService service, String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Topics topics() {
        return configuration("names").detector().topics();
    }

    /** The configuration of an instance; the port of its HTTP server is any. */
    Configuration configuration(String instance) {
        return ConfigFile.read("the test's configuration", text(instance, 0), Map.of());
    }

    /** The same as a file. */
    private Path configurationFile(String instance, int httpPort) {
        try {
            return Files.writeString(directory.resolve(instance + ".yaml"), text(instance, httpPort));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same for a command. */
    Path configurationFile() {
        return configurationFile("command", 0);
    }

    private String text(String instance, int httpPort) {
        List<String> lines = new ArrayList<>(List.of(
                "application-id: " + id,
                "state-dir: '" + directory.resolve("state-" + instance) + "'",
                "kafka: { bootstrap.servers: '" + bootstrapServers + "' }",
                "registry: { schema.registry.url: '" + registryUrl + "' }",
                "http: { port: " + httpPort + ", probe-port: 0 }",
                "topics:",
                "  entra-audit: " + id + ".entra.audit-logs",
                "  entra-sign-in: " + id + ".entra.sign-in-logs",
                "  azure-activity: " + id + ".azure.activity-logs",
                "  m365-audit: " + id + ".m365.audit-logs",
                "  networks: " + id + ".org.networks",
                "  app-events: " + id + ".rolecall.app-events",
                "  alerts: " + id + ".rolecall.alerts",
                "  alerts-ocsf: " + id + ".rolecall.alerts.ocsf",
                "  quarantine: " + id + ".rolecall.quarantine",
                "  inventory: " + id + ".rolecall.inventory",
                "  incidents: " + id + ".rolecall.incidents",
                "  incidents-ocsf: " + id + ".rolecall.incidents.ocsf"));
        if (!asShipped) {
            addUnlessGiven(lines, "resolve-within: 1s");
            addUnlessGiven(lines, "revision-interval: 1s");
            addUnlessGiven(lines, "evidence-interval: 0s");
            addUnlessGiven(lines, "incidents: { settle: 1s, settle-unconfirmed: 2s }");
            addUnlessGiven(lines, "lateness: 365d");
            addUnlessGiven(lines, "streams: { num.stream.threads: 2 }");
        }
        // After a crash an instance is missed after six seconds, not 45.
        addUnlessGiven(lines, "consumer: { session.timeout.ms: 6000, heartbeat.interval.ms: 1000 }");
        lines.addAll(more);
        return String.join("\n", lines) + "\n";
    }

    private void addUnlessGiven(List<String> lines, String line) {
        String key = line.substring(0, line.indexOf(':') + 1);
        if (more.stream().noneMatch(given -> given.startsWith(key))) {
            lines.add(line);
        }
    }

    /** Starts an instance in this JVM and waits until it processes. */
    DetectorService start(String instance) throws InterruptedException {
        return start(instance, Catalogue.shipped());
    }

    /** The same with other detections. */
    DetectorService start(String instance, Catalogue catalogue) throws InterruptedException {
        return start(configuration(instance), catalogue);
    }

    /** The same under another application id: on the same topics, with a state of its own. */
    DetectorService startAs(String applicationId, String instance) throws InterruptedException {
        return start(
                ConfigFile.read(
                        "the test's configuration",
                        text(instance, 0),
                        Map.of("ROLECALL_APPLICATION_ID", applicationId)),
                Catalogue.shipped());
    }

    private DetectorService start(Configuration configuration, Catalogue catalogue) throws InterruptedException {
        DetectorService service = DetectorService.start(configuration, catalogue, policy, Clock.systemUTC());
        try {
            assertThat(service.awaitRunning(PATIENCE)).as("the service runs").isTrue();
            return service;
        } catch (InterruptedException | RuntimeException | Error e) {
            service.close();
            throw e;
        }
    }

    /** Starts an instance as a process and does not wait; its output goes to a file of its name, after what is there. */
    ServiceProcess startProcess(String instance) {
        int port = ports.computeIfAbsent(instance, name -> ServiceProcess.freePort());
        return ServiceProcess.start(directory.resolve(instance + ".log"), configurationFile(instance, port), port);
    }

    /** Puts the organisation's networks of a story on their topic. */
    void networks(Story story) {
        story.networks().forEach(known -> network(known.toRecord()));
    }

    void network(OrgNetwork network) {
        network(PrefixAddressTable.key(network), network);
    }

    /** Puts a network under any key. */
    void network(String key, OrgNetwork network) {
        String topic = topics().networks();
        try (Serde<OrgNetwork> serde = registry().serde(OrgNetwork.class)) {
            client.produce(List.of(
                    new ProducerRecord<>(topic, bytes(key), serde.serializer().serialize(topic, network))));
        }
    }

    Registry registry() {
        return Registry.open(Map.of("schema.registry.url", registryUrl));
    }

    /** Writes one record, whatever it holds; null where the record has no key or no value. */
    void produce(String topic, @Nullable String key, byte @Nullable [] value) {
        client.produce(List.of(new ProducerRecord<>(topic, key == null ? null : bytes(key), value)));
    }

    /** Waits for one record in the quarantine for every one of these positions, and returns all that are there. */
    Map<String, ConsumerRecord<byte[], byte[]>> awaitQuarantined(Set<String> positions) {
        return client
                .consumeUntil(topics().quarantine(), records -> records.stream()
                        .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                        .collect(Collectors.toSet())
                        .containsAll(positions))
                .stream()
                .collect(Collectors.toMap(
                        record -> new String(record.key(), StandardCharsets.UTF_8),
                        Function.identity(),
                        // A late element is refused for each of its subjects.
                        (first, again) -> first));
    }

    /** Waits until nothing is unread. */
    void awaitRead() {
        Awaitility.await("everything is read").atMost(PATIENCE).until(() -> lag() == 0);
    }

    /** Waits until there are so many alerts that stand, and returns what was written. */
    List<Alert> awaitAlerts(int count) {
        Awaitility.await(count + " alerts")
                .atMost(PATIENCE)
                .until(() -> Verdicts.last(alerts()).size() >= count);
        return alerts();
    }

    /** Every committed alert, in the order of each partition. */
    List<Alert> alerts() {
        String topic = topics().alerts();
        try (Serde<Alert> serde = registry().serde(Alert.class)) {
            return client.committed(topic).stream()
                    .map(record -> serde.deserializer().deserialize(topic, record.value()))
                    .toList();
        }
    }

    /** Every committed publication of incidents, in the order of each partition. */
    List<Incident> incidents() {
        String topic = topics().incidents();
        try (Serde<Incident> serde = registry().serde(Incident.class)) {
            return client.committed(topic).stream()
                    .map(record -> serde.deserializer().deserialize(topic, record.value()))
                    .toList();
        }
    }

    /** The members of the service's consumer group: one a stream thread. */
    Collection<MemberDescription> members() {
        return KafkaClient.await(
                        client.admin().describeConsumerGroups(List.of(id)).all(), "members of " + id)
                .values()
                .iterator()
                .next()
                .members();
    }

    /** Whether there are two members, and each of them has partitions. */
    boolean isShared() {
        Collection<MemberDescription> members = members();
        return members.size() == 2
                && members.stream()
                        .noneMatch(
                                member -> member.assignment().topicPartitions().isEmpty());
    }

    /** Committed records that the service has not read yet, raw, internal and its own facts. */
    long lag() {
        return new Lag(client, id, topics()).records();
    }

    /** Committed records of the raw logs alone that the service has not read yet. */
    long rawLag() {
        return new Lag(client, id, topics()).rawRecords();
    }

    /** The counters of all tasks of all instances, as a restored instance would have them. */
    Sums sums() {
        return Sums.read(client, id, topics());
    }

    @Override
    public void close() {
        client.close();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

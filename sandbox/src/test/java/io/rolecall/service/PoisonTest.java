package io.rolecall.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.deployment.AbuseEvents;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.topology.ServiceCounts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One bad thing stays one bad thing, on every topic that others write to; and whatever came is accounted for. */
class PoisonTest {

    private static final int MUTATIONS = 300;

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    private Site site(String id) {
        return new Site.Draft(BROKER.bootstrapServers(), folder, id)
                .with("streams: { num.stream.threads: 1 }")
                .with("lateness: 7d")
                // The other logs stay empty.
                .with("hold-at-most: 1d")
                .create();
    }

    @Test
    void bad_elements_go_to_the_quarantine_and_their_siblings_live() throws Exception {
        try (Site site = site("elements")) {
            // Given
            String topic = site.topics().entraAudit();
            String event = AbuseEvents.registration();
            List<String> values = List.of(
                    "{\"records\":[" + event + ",{\"hello\":\"world\"}," + AbuseEvents.grant() + "]}",
                    "{\"records\":[" + event + ",{\"time\":\"2024-05",
                    "not json",
                    "{\"records\":[" + event.replace("2024-05-01", "2099-05-01") + "]}",
                    event.replace("2024-05-01T08:00:00.1234567", "yesterday"),
                    "{\"a\":".repeat(100) + "1" + "}".repeat(100));
            // Before all that is kept of a history, 37 days; another act, or it would be a copy.
            String late = event.replace("2024-05-01", "2024-03-20").replace("2e01", "2e77");

            // When
            try (DetectorService service = site.start("a")) {
                site.client().produce(topic, values.toArray(String[]::new));
                await("the history is told how far the log has been read")
                        .atMost(Site.PATIENCE)
                        .until(() -> Site.get(service, "/info").contains("newestEventTime"));
                site.client().produce(topic, late);
                Map<String, ConsumerRecord<byte[], byte[]>> quarantined = site.awaitQuarantined(Set.of(
                        topic + "/0/0/1",
                        topic + "/0/1/1",
                        topic + "/0/2/0",
                        topic + "/0/3/0",
                        topic + "/0/4/0",
                        topic + "/0/5/0",
                        topic + "/0/6/0"));
                site.awaitAlerts(1);
                site.awaitRead();

                // Then
                ConsumerRecord<byte[], byte[]> bad = requireNonNull(quarantined.get(topic + "/0/0/1"));
                assertThat(headers(bad))
                        .containsEntry("rolecall.reason", "not-an-event")
                        .containsEntry("rolecall.stage", "decode")
                        .containsEntry("rolecall.topic", topic)
                        .containsEntry("rolecall.partition", "0")
                        .containsEntry("rolecall.offset", "0")
                        .containsEntry("rolecall.index", "1")
                        .containsEntry("rolecall.size", "17")
                        .hasEntrySatisfying("rolecall.message", message -> assertThat(message)
                                .isNotBlank());
                assertThat(bad.value()).asString().isEqualTo("{\"hello\":\"world\"}");
                assertThat(reasons(quarantined))
                        .containsEntry(topic + "/0/1/1", "truncated decode")
                        .containsEntry(topic + "/0/2/0", "invalid-json decode")
                        .containsEntry(topic + "/0/3/0", "future decode")
                        .containsEntry(topic + "/0/4/0", "bad-time decode")
                        .containsEntry(topic + "/0/5/0", "too-deep decode")
                        .containsEntry(topic + "/0/6/0", "late history");
                Sums sums = site.sums();
                sums.requireExact(Map.of(topic, 10L));
                assertThat(sums.history("late")).isEqualTo(2); // the registration, for its application and its person
                assertThat(ServiceCounts.read(service.streams()).byTopic())
                        .hasEntrySatisfying(
                                topic, counts -> assertThat(counts.in()).isEqualTo(10));
            }
        }
    }

    @Test
    void what_is_no_fact_among_the_facts_goes_to_the_quarantine() throws Exception {
        try (Site site = site("facts");
                Serde<AppEvent> serde = site.registry().serde(AppEvent.class)) {
            // Given
            String topic = site.topics().appEvents();
            try (DetectorService service = site.start("a")) {
                site.client().produce(site.topics().entraAudit(), AbuseEvents.registration());
                // The registration is a fact of its application, and of the person.
                ConsumerRecord<byte[], byte[]> good = site.client().consume(topic, 2).stream()
                        .filter(record -> !new String(record.key(), StandardCharsets.UTF_8).startsWith("actor:"))
                        .findFirst()
                        .orElseThrow();
                AppEvent fact = serde.deserializer().deserialize(topic, good.value());
                String key = new String(good.key(), StandardCharsets.UTF_8);
                byte[] otherSchema = good.value().clone();
                otherSchema[1] ^= 1;
                List<byte[]> unreadable = List.of(
                        Site.bytes("garbage"),
                        new byte[0],
                        new byte[] {0, 0, 0},
                        Arrays.copyOf(good.value(), good.value().length / 2),
                        otherSchema);
                AppEvent.Builder copy = AppEvent.newBuilder(fact);
                List<AppEvent> impossible = List.of(
                        copy.setOperation("identity-learned").setAppId(null).build(),
                        copy.setOperation("identity-learned").setAppId(key).build(),
                        // Its time would become the task's, and everything after it late.
                        AppEvent.newBuilder(fact)
                                .setEventTime(Instant.parse("2200-01-01T00:00:00Z"))
                                .build());
                AppEvent failing = AppEvent.newBuilder(fact)
                        .setOperation("actor-address")
                        .setDetails(null)
                        .build();

                // When
                unreadable.forEach(value -> site.produce(topic, key, value));
                site.produce(topic, null, good.value());
                site.produce(topic, key, null);
                impossible.forEach(
                        value -> site.produce(topic, key, serde.serializer().serialize(topic, value)));
                site.produce(topic, key, serde.serializer().serialize(topic, failing));
                site.client().produce(site.topics().entraAudit(), AbuseEvents.grant());
                site.awaitAlerts(1);
                site.awaitRead();

                // Then
                Sums sums = site.sums();
                sums.requireExact(Map.of(site.topics().entraAudit(), 2L));
                assertThat(sums.history("unreadable")).isEqualTo(unreadable.size() + impossible.size() + 2L);
                assertThat(sums.history("failed")).isEqualTo(1);
                assertThat(sums.quarantined())
                        .containsEntry("processing-error history", 1L)
                        .containsEntry("future history", 1L);
                assertThat(service.streams().state().isRunningOrRebalancing()).isTrue();
            }
        }
    }

    @Test
    void facts_with_flipped_bits_end_neither_the_service_nor_the_sums() throws Exception {
        try (Site site = site("mutations")) {
            // Given
            String topic = site.topics().appEvents();
            Random random = new Random(7);
            try (DetectorService service = site.start("a")) {
                site.client().produce(site.topics().entraAudit(), AbuseEvents.registration(), AbuseEvents.grant());
                List<ConsumerRecord<byte[], byte[]>> good = site.client().consume(topic, 2);
                List<ProducerRecord<byte[], byte[]>> mutated = new ArrayList<>();
                for (int i = 0; i < MUTATIONS; i++) {
                    ConsumerRecord<byte[], byte[]> record = good.get(i % good.size());
                    byte[] value = record.value().clone();
                    IntStream.rangeClosed(0, i % 4)
                            .forEach(flip ->
                                    value[5 + random.nextInt(value.length - 5)] ^= (byte) (1 << random.nextInt(8)));
                    mutated.add(new ProducerRecord<>(topic, record.key(), value));
                }

                // When
                site.client().produce(mutated);
                site.awaitRead();

                // Then
                assertThat(service.streams().state().isRunningOrRebalancing()).isTrue();
                site.sums().requireExact(Map.of(site.topics().entraAudit(), 2L));
            }
        }
    }

    @Test
    void poison_among_the_networks_is_told_once_and_the_table_keeps_working() throws Exception {
        try (Site site = site("networks")) {
            // Given
            String topic = site.topics().networks();
            OrgNetwork office = network("198.51.100.0/24", null, null);

            // When
            try (DetectorService one = site.start("a");
                    DetectorService other = site.start("b")) {
                site.produce(topic, "x", Site.bytes("garbage"));
                site.network("not-a-network|", network("not-a-network", null, null));
                site.network("192.0.2.0/24|", office);
                Instant begin = Instant.parse("2024-01-01T00:00:00Z");
                site.network(network("192.0.2.0/24", begin, begin.minus(Duration.ofDays(1))));
                site.network(network("203.0.113.0/24", null, null));
                Set<String> bad = IntStream.range(0, 4)
                        .mapToObj(offset -> topic + "/0/" + offset + "/0")
                        .collect(Collectors.toSet());
                Map<String, ConsumerRecord<byte[], byte[]>> quarantined = site.awaitQuarantined(bad);
                site.client().produce(site.topics().entraAudit(), AbuseEvents.registration(), AbuseEvents.grant());
                site.awaitRead();
                List<Alert> before = site.alerts();
                site.network(network("203.0.113.0/24", null, begin));
                await("it is raised").atMost(Site.PATIENCE).until(() -> !abuse(site.alerts())
                        .isEmpty());
                List<Alert> alerts = abuse(site.alerts());

                // Then
                assertThat(quarantined).containsOnlyKeys(bad);
                assertThat(reasons(quarantined).values()).containsOnly("not-an-event networks");
                assertThat(abuse(before))
                        .as("while the network is the organisation's")
                        .isEmpty();
                assertThat(alerts.get(0).getActors()).allMatch(actor -> "external".equals(actor.getIpClass()));
                assertThat(one.streams().state().isRunningOrRebalancing()).isTrue();
                assertThat(other.streams().state().isRunningOrRebalancing()).isTrue();
                await("told once")
                        .during(Duration.ofSeconds(2))
                        .until(() -> site.client()
                                        .committed(site.topics().quarantine())
                                        .size()
                                == bad.size());
            }
        }
    }

    private static OrgNetwork network(String cidr, @Nullable Instant from, @Nullable Instant to) {
        return OrgNetwork.newBuilder()
                .setCidr(cidr)
                .setLabel("office")
                .setValidFrom(from)
                .setValidTo(to)
                .build();
    }

    private static Map<String, String> reasons(Map<String, ConsumerRecord<byte[], byte[]>> quarantined) {
        return quarantined.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> Sums.header(entry.getValue(), "rolecall.reason") + " "
                                + Sums.header(entry.getValue(), "rolecall.stage")));
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        return Arrays.stream(record.headers().toArray())
                .collect(Collectors.toMap(
                        header -> header.key(), header -> new String(header.value(), StandardCharsets.UTF_8)));
    }

    /** Those alerts that depend on the networks. */
    private static List<Alert> abuse(List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> alert.getDetection().equals("single-tenant-app-abuse"))
                .toList();
    }
}

package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.PolicyFile;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.schema.Alert;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.source.file.LogFileReader;
import io.rolecall.source.file.LogFiles;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The inputs on which the product was wrong, as Kafka records, a record a line: they give the alerts and the rejects of {@code scan},
 * which has tests of its own on what is right. Each input is a tenant, so that all run through one service.
 */
class FaultInputsOnBrokerTest {

    private static final Path FAULTS =
            Path.of(System.getProperty("basedir", "."), "../detector-app/src/test/resources/faults");

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-01T00:00:00Z"), ZoneOffset.UTC);

    private static final List<OrgNetwork> NETWORKS = List.of(
            OrgNetwork.newBuilder().setCidr("203.0.113.0/24").setLabel("office").build(),
            OrgNetwork.newBuilder()
                    .setCidr("2001:db8:0ff1::/48")
                    .setLabel("office6")
                    .build());

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    /** What must come of all inputs, and what goes onto the topic. */
    private record Expected(List<String> alerts, List<String> rejects, List<String> lines) {}

    @Test
    void each_input_gives_the_alerts_and_the_rejects_of_scan() throws Exception {
        // Given
        Expected expected = scanned();
        // A year lies between the inputs; a site's lateness and the longest window cover it.
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "faults").create()) {
            NETWORKS.forEach(site::network);
            String topic = site.topics().entraAudit();

            // When
            try (DetectorService service = site.start("a")) {
                site.client()
                        .produce(expected.lines().stream()
                                .map(line -> new ProducerRecord<byte[], byte[]>(topic, Site.bytes(line)))
                                .toList());

                // Then
                await("the alerts of scan")
                        .atMost(Site.PATIENCE)
                        .pollInterval(Duration.ofMillis(200))
                        .ignoreExceptionsInstanceOf(org.apache.kafka.common.KafkaException.class)
                        .untilAsserted(() -> {
                            assertThat(site.lag()).isZero();
                            assertThat(standing(Verdicts.last(site.alerts()).values()))
                                    .isEqualTo(expected.alerts());
                        });
                assertThat(service.streams().state().isRunningOrRebalancing()).isTrue();
            }
            assertThat(reasons(site)).isEqualTo(expected.rejects());
        }
    }

    private Expected scanned() throws IOException {
        List<String> alerts = new ArrayList<>();
        List<String> rejects = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Path input : inputs()) {
            String text = text(input)
                    .replaceAll(
                            "11111111-aaaa-4bbb-8ccc-000000000001|f559de64-b0ea-51da-971d-c0af50f6f8b5",
                            UUID.nameUUIDFromBytes(
                                            Site.bytes(input.getFileName().toString()))
                                    .toString());
            Path file = Files.writeString(folder.resolve(input.getFileName() + ".json"), text);
            try (InProcessDetector detector = new InProcessDetector(
                    DetectorConfig.DEFAULT.forFiles(),
                    Catalogue.shipped(),
                    PolicyFile.defaults(Catalogue.shipped().parameters()),
                    NETWORKS,
                    CLOCK)) {
                LogFileReader reader = new LogFileReader(
                        LogFileReader.CHUNK_BYTES, DecodeSettings.DEFAULT.maxElementBytes(), bytes -> {});
                for (LogFiles.Input found :
                        LogFiles.find(List.of(file.toString())).inputs()) {
                    reader.read(found, InputStream.nullInputStream(), detector::feed);
                }
                alerts.addAll(standing(detector.finish()));
                detector.drainRejected().stream().map(Rejected::reason).forEach(reason -> rejects.add(reason.label()));
            }
            text.lines().filter(line -> !line.isBlank()).forEach(lines::add);
        }
        assertThat(alerts).hasSizeGreaterThan(10);
        return new Expected(
                alerts.stream().sorted().toList(), rejects.stream().sorted().toList(), lines);
    }

    /** All but the export in CSV: a topic takes JSON. */
    private static List<Path> inputs() throws IOException {
        try (Stream<Path> files = Files.list(FAULTS)) {
            return files.filter(file -> !file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> standing(Collection<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .map(alert -> String.join(
                        " ", alert.getDetection(), alert.getAlertId(), alert.getSeverity(), alert.getStatus()))
                .sorted()
                .toList();
    }

    private static List<String> reasons(Site site) {
        return site.client().committed(site.topics().quarantine()).stream()
                .map(record -> new String(
                        record.headers().lastHeader("rolecall.reason").value(), StandardCharsets.UTF_8))
                .sorted()
                .toList();
    }
}

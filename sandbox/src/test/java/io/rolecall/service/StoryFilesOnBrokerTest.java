package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.Topics;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.StoryRun;
import io.rolecall.sandbox.story.Envelope;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.sandbox.story.StoryWriter;
import io.rolecall.schema.Alert;
import io.rolecall.source.file.LogFileReader;
import io.rolecall.source.file.LogFiles;
import io.rolecall.source.split.DecodeSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What somebody does who tries the product on a broker: write the story, produce its files one after another, with the settings as
 * they are shipped. Whichever comes first, logs are a month apart in event time for a while. Topics take JSON, so the rows of exports
 * in CSV are refused there; they hold copies only.
 */
class StoryFilesOnBrokerTest {

    /** What waits for its App ID goes on within two minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    /** A detector that is fed in some order. */
    private record Fed(Site site, DetectorService service, List<Envelope> order) implements AutoCloseable {

        @Override
        public void close() {
            service.close();
            site.close();
        }
    }

    @Test
    void files_produced_one_after_another_in_any_order_raise_the_alerts_of_scan() throws Exception {
        List<Envelope> reverse = order();
        Collections.reverse(reverse);
        requireAlertsOfScan(Map.of(
                "sign-ins-first", order("entra-sign-in", "azure-activity", "m365-audit"),
                "audit-first", order("entra-audit", "m365-audit", "azure-activity"),
                "reverse", reverse));
    }

    @Tag("endurance")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void so_do_files_in_any_other_order(long seed) throws Exception {
        List<Envelope> shuffled = order();
        Collections.shuffle(shuffled, new Random(seed));
        requireAlertsOfScan(Map.of("shuffled-" + seed, shuffled));
    }

    private void requireAlertsOfScan(Map<String, List<Envelope>> orders) throws Exception {
        // Given
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(20));
        Path files = folder.resolve("story");
        StoryWriter.write(story, files);
        // What only an export as CSV tells, some use of mail, is on no topic.
        List<Alert> scanned = scan(story, files, ".csv");
        Verdicts verdicts = Verdicts.of(scanned);
        List<Fed> detectors = new ArrayList<>();
        try {
            for (Map.Entry<String, List<Envelope>> order : orders.entrySet()) {
                detectors.add(start(story, order.getKey(), order.getValue()));
            }

            // When
            for (int file = 0; file < Envelope.values().length; file++) {
                for (Fed detector : detectors) {
                    detector.site()
                            .client()
                            .produce(records(
                                    files,
                                    detector.order().get(file),
                                    detector.site().topics()));
                }
                detectors.forEach(detector -> detector.site().awaitRead());
            }

            // Then
            for (Fed detector : detectors) {
                verdicts.awaitIn(detector.site(), PATIENCE);
                assertThat(standing(Verdicts.last(detector.site().alerts()).values()))
                        .as("%s", detector.site().id())
                        .isEqualTo(standing(scanned));
                Sums sums = detector.site().sums();
                assertThat(sums.history("late")).as("refused as late").isZero();
                assertThat(sums.history("taken-late")).as("taken late").isZero();
            }
        } finally {
            detectors.forEach(Fed::close);
        }
    }

    private Fed start(Story story, String id, List<Envelope> order) throws InterruptedException {
        Site site = new Site.Draft(BROKER.bootstrapServers(), folder, id)
                .asShipped()
                .with("revision-interval: 1s")
                .create();
        site.networks(story);
        return new Fed(site, site.start("a"), order);
    }

    /** All files by their names, those of some logs first. */
    private static List<Envelope> order(String... sources) {
        List<String> first = List.of(sources);
        List<Envelope> order = new ArrayList<>(Arrays.asList(Envelope.values()));
        order.sort(Comparator.comparing((Envelope envelope) ->
                        first.contains(envelope.source()) ? first.indexOf(envelope.source()) : first.size())
                .thenComparing(Envelope::fileName));
        return order;
    }

    private static List<String> standing(Collection<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .map(alert -> String.join(" ", alert.getAlertId(), alert.getSeverity(), alert.getStatus()))
                .sorted()
                .toList();
    }

    /** A record a line, as Kafka's console producer makes them. */
    private static List<ProducerRecord<byte[], byte[]>> records(Path files, Envelope envelope, Topics topics)
            throws IOException {
        String topic = StoryRecords.topic(topics, envelope.source());
        Path file = files.resolve(envelope.fileName());
        try (InputStream bytes = Files.newInputStream(file);
                InputStream text = envelope.fileName().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> new ProducerRecord<byte[], byte[]>(topic, Site.bytes(line)))
                    .toList();
        }
    }

    /** What {@code scan} finds in the files of the folder but those of a type. */
    private static List<Alert> scan(Story story, Path folder, String leftOut) throws IOException {
        try (InProcessDetector detector = StoryRun.detector(story)) {
            LogFileReader reader =
                    new LogFileReader(LogFileReader.CHUNK_BYTES, DecodeSettings.DEFAULT.maxElementBytes(), bytes -> {});
            for (LogFiles.Input input :
                    LogFiles.find(List.of(folder.toString())).inputs()) {
                if (leftOut.isEmpty() || !input.name().endsWith(leftOut)) {
                    reader.read(input, InputStream.nullInputStream(), detector::feed);
                }
            }
            return detector.finish().stream()
                    .filter(alert -> !alert.getStatus().equals("withdrawn"))
                    .toList();
        }
    }
}

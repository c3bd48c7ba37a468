package io.rolecall.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.Settings;
import io.rolecall.schema.Alert;
import io.rolecall.source.split.Chunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A detection's version cannot lie: beside it stands a hash of what it finds in every scenario, and the hash may change only
 * together with the version. A case that is new, or tells other events, is another input and may be written down at any time.
 */
class DetectionVersionsTest {

    private static final Path FILE = Path.of("src/test/resources/detection-versions.txt");
    private static final int HEX_DIGITS = 16;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2200-01-01T00:00:00Z"), ZoneOffset.UTC);

    /** What a detection of a version found in one case. */
    private record Found(String version, String hash) {}

    /** Run with {@code -Drolecall.write-versions=true} to write down new cases and raised versions. */
    @Test
    void what_a_detection_finds_changes_only_together_with_its_version() throws IOException {
        // Given
        Map<String, Found> known = known();
        Catalogue catalogue = Catalogue.shipped();

        // When
        Map<String, Found> now = new TreeMap<>();
        List<String> lying = new ArrayList<>();
        for (Scenario scenario : ShippedScenarios.all(catalogue)) {
            for (Scenario.Case one : scenario.cases()) {
                findings(catalogue, one).forEach((key, found) -> {
                    Found before = known.getOrDefault(key, found);
                    if (before.version().equals(found.version())
                            && !before.hash().equals(found.hash())) {
                        lying.add(scenario.file() + ", " + one.name() + ": " + key);
                    }
                    now.put(key, found);
                });
            }
        }

        // Then
        assertThat(lying)
                .as("findings that changed without the version: raise it in the front matter of the detection's page")
                .isEmpty();
        if (Boolean.getBoolean("rolecall.write-versions")) {
            Files.writeString(FILE, text(now), UTF_8);
            return;
        }
        assertThat(text(known))
                .as("run this test with -Drolecall.write-versions=true")
                .isEqualTo(text(now));
    }

    private static Map<String, Found> known() throws IOException {
        Map<String, Found> known = new TreeMap<>();
        for (String line : Files.exists(FILE) ? Files.readAllLines(FILE, UTF_8) : List.<String>of()) {
            String[] words = line.split(" ", -1);
            known.put(words[0] + " " + words[1], new Found(words[2], words[3]));
        }
        return known;
    }

    private static String text(Map<String, Found> all) {
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().version() + " "
                        + entry.getValue().hash() + "\n")
                .collect(Collectors.joining());
    }

    /** By detection and input; silence is a finding too. */
    private static Map<String, Found> findings(Catalogue catalogue, Scenario.Case one) {
        List<Alert> alerts = alerts(catalogue, one);
        Map<String, Found> findings = new TreeMap<>();
        for (Detection detection : catalogue.all()) {
            String found = alerts.stream()
                    .filter(alert -> alert.getDetection().equals(detection.id()))
                    .map(DetectionVersionsTest::decided)
                    .sorted()
                    .collect(Collectors.joining("\n"));
            findings.put(
                    detection.id() + " " + input(detection, one),
                    new Found(
                            String.valueOf(catalogue.page(detection).version()),
                            found.isEmpty() ? "silent" : hash(found)));
        }
        return findings;
    }

    /** What is decided, without the words that tell it. */
    private static String decided(Alert alert) {
        return String.join(
                "|",
                alert.getAlertId(),
                alert.getStatus(),
                alert.getSeverity(),
                alert.getConfidence(),
                alert.getPermissions().stream()
                        .map(one -> one.getResource() + "/" + one.getValue() + "/" + one.getType())
                        .sorted()
                        .toList()
                        .toString(),
                alert.getEvidence().stream()
                        .map(one -> one.getEventId() + "@" + one.getEventTime())
                        .toList()
                        .toString(),
                String.valueOf(alert.getEvidenceCount()),
                String.valueOf(alert.getRiskScore()));
    }

    private static List<Alert> alerts(Catalogue catalogue, Scenario.Case one) {
        try (InProcessDetector detector = new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(), catalogue, one.policy(), one.networks(), CLOCK)) {
            int line = 1;
            for (CaseEvent event : one.events()) {
                detector.feed(new Chunk(event.event(), "events", new int[] {line++}, new int[] {0}));
            }
            return detector.finish();
        }
    }

    /** Of everything that the case sets; nothing of other detections, so that adding one changes no input. */
    private static String input(Detection detection, Scenario.Case one) {
        Settings settings = one.policy().settings(detection.id());
        return hash(String.join(
                "\n",
                one.name(),
                one.events().stream()
                        .map(event -> new String(event.event(), UTF_8))
                        .collect(Collectors.joining("\n")),
                one.networks().toString(),
                settings.enabled() + " " + settings.severity() + " " + new TreeMap<>(settings.values()),
                one.policy().trustedAutomation().toString(),
                one.policy().applications().toString()));
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)))
                    .substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

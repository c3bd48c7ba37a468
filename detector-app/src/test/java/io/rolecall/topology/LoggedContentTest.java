package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.rolecall.CapturedLog;
import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Probe;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LoggedContentTest {

    private static final String QUOTED = "alice@contoso.com from 198.51.100.7";

    @RegisterExtension
    private final CapturedLog log = CapturedLog.of("io.rolecall");

    /** A detection with a defect whose error quotes what it stumbled over, as errors of parsers do. */
    private static Evaluation quoting(DetectionInput input) {
        throw new IllegalStateException(QUOTED, new IllegalArgumentException("cannot parse " + QUOTED));
    }

    @Test
    void an_error_that_quotes_an_event_is_logged_with_its_place_and_without_its_words() {
        // Given
        Catalogue broken = Catalogue.of(
                Catalogue.shipped().all().stream()
                        .<Detection>map(detection -> Probe.inPlaceOf(detection, LoggedContentTest::quoting))
                        .toList(),
                Probe::page);
        String event = RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", "198.51.100.7");
        try (InProcessDetector detector = new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                broken,
                DetectorHarness.policy(),
                List.of(DetectorHarness.OFFICE),
                DetectorHarness.CLOCK)) {
            // When
            detector.feed(
                    new Chunk(event.getBytes(StandardCharsets.UTF_8), "test.ndjson", new int[] {1}, new int[] {0}));
            detector.finish();

            // Then
            assertThat(detector.drainRejected()).extracting(Rejected::message).anyMatch(text -> text.contains(QUOTED));
        }
        List<String> lines = log.said().stream()
                .filter(logged -> logged.getLevel().isGreaterOrEqual(Level.INFO))
                .map(logged -> logged.getFormattedMessage()
                        + logged.getKeyValuePairs()
                        + ThrowableProxyUtil.asString(logged.getThrowableProxy()))
                .toList();
        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(line)
                .doesNotContain("alice", "198.51.100.7")
                .contains("test.ndjson:1/0", "IllegalStateException", "IllegalArgumentException")
                .contains("LoggedContentTest.quoting"));
    }
}

package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Probe;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.schema.Alert;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import io.rolecall.state.Counts;
import io.rolecall.state.Names;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailingDetectionTest {

    private static final String OUTSIDE = "198.51.100.7";
    private static final List<String> EVENTS = List.of(
            RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", OUTSIDE),
            RawEvents.addAppRole("crm", RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite", "2026-03-02T10:00:00Z", OUTSIDE));

    private static Evaluation fail(DetectionInput input) {
        throw new IllegalStateException("a defect");
    }

    private static Catalogue withADefect() {
        return Catalogue.of(
                Catalogue.shipped().all().stream()
                        .map(detection -> detection.id().equals("privileged-role-granted")
                                ? Probe.inPlaceOf(detection, FailingDetectionTest::fail)
                                : detection)
                        .toList(),
                Probe::page);
    }

    @Test
    void a_detection_that_fails_keeps_neither_the_others_nor_the_next_fact_from_being_evaluated() {
        try (InProcessDetector detector = new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                withADefect(),
                DetectorHarness.policy(),
                List.of(DetectorHarness.OFFICE),
                DetectorHarness.CLOCK)) {
            // When
            detector.feed(new Chunk(
                    String.join("\n", EVENTS).getBytes(StandardCharsets.UTF_8),
                    "test.ndjson",
                    new int[] {1, 2},
                    new int[] {0, 0}));

            // Then
            assertThat(detector.finish()).extracting(Alert::getDetection).contains("single-tenant-app-abuse");
            assertThat(detector.drainRejected())
                    .extracting(Rejected::reason, Rejected::position)
                    .contains(org.assertj.core.groups.Tuple.tuple(Reason.PROCESSING_ERROR, "test.ndjson:2/0"));
            assertThat(new Counts(detector.driver().getKeyValueStore(Names.HISTORY_COUNTS))
                            .get(Counts.EVALUATIONS_FAILED))
                    .isPositive();
        }
    }
}

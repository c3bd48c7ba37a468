package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.rolecall.CapturedLog;
import io.rolecall.config.DetectorConfig;
import io.rolecall.config.Topics;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Probe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the log of the service says of its quarantine, over every way into it. */
class QuarantineLogTest {

    private static final String SECRET = "alice@contoso.com";
    private static final String OUTSIDE = "198.51.100.7";
    private static final Topics TOPICS = DetectorConfig.DEFAULT.topics();
    private static final byte[] GARBAGE = SECRET.getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    private final CapturedLog log = CapturedLog.of("io.rolecall");

    @TempDir
    private Path folder;

    private static Evaluation fail(DetectionInput input) {
        throw new IllegalStateException(SECRET);
    }

    private LiveDriver service(Catalogue catalogue) {
        return new LiveDriver(folder, DetectorConfig.DEFAULT, catalogue);
    }

    private List<String> lines() {
        return log.said().stream()
                .filter(logged -> logged.getLevel().isGreaterOrEqual(Level.INFO))
                .map(logged -> logged.getLevel() + " " + logged.getFormattedMessage() + logged.getKeyValuePairs()
                        + (logged.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(logged.getThrowableProxy())))
                .toList();
    }

    @Test
    void the_first_late_fact_is_told_with_its_remedy_and_then_a_number() {
        // When
        try (LiveDriver service = service(Probe.beside())) {
            service.feed(TOPICS.entraAudit(), registration("other", "2026-03-20"))
                    .passes(Watermarks.TELL_EVERY)
                    .passes(Watermarks.TELL_EVERY)
                    .feed(
                            TOPICS.entraAudit(),
                            registration("old0", "2025-12-01"),
                            registration("old1", "2025-12-02"),
                            registration("old2", "2025-12-03"))
                    .passes(Duration.ofSeconds(59))
                    .passes(Duration.ofSeconds(1))
                    .passes(Duration.ofMinutes(2))
                    .feed(TOPICS.entraAudit(), registration("old3", "2025-12-04"), registration("old4", "2025-12-05"));
        }

        // Then
        assertThat(lines())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains("WARN", "ROLECALL_LATENESS", "rolecall scan", "entra.audit-logs/0/1/0")
                                .contains("2025-12-01T10:00:00Z", "2026-03-20T10:00:00Z"),
                        minute -> assertThat(minute).contains("WARN", "late", "more=\"2\"", "sinceStart=\"3\""),
                        end -> assertThat(end).contains("WARN", "late", "more=\"2\"", "sinceStart=\"5\""));
    }

    @Test
    void each_way_into_the_quarantine_is_told_once_and_then_as_a_number_and_never_what_went_there() {
        // Given
        String broken = "{\"name\":\"" + SECRET + "\" \"broken\"}";
        String timeless = "{\"operationName\":\"Add application\",\"category\":\"AuditLogs\",\"properties\":{"
                + "\"activityDisplayName\":\"Add application\",\"id\":\"" + SECRET + "\"}}";

        // When
        try (LiveDriver service = service(Catalogue.shipped())) {
            service.feed(TOPICS.entraAudit(), broken, broken, timeless, timeless, broken)
                    .feed(TOPICS.m365Audit(), "{\"name\":\"" + SECRET + "\"}", broken)
                    .feed(TOPICS.appEvents(), GARBAGE, GARBAGE)
                    .feed(TOPICS.appEvents(), GARBAGE, GARBAGE)
                    .feed(TOPICS.inventory(), GARBAGE, GARBAGE)
                    .feed(TOPICS.inventory(), GARBAGE, GARBAGE)
                    .feed(TOPICS.networks(), GARBAGE, GARBAGE)
                    .feed(TOPICS.networks(), GARBAGE, GARBAGE)
                    .passes(Duration.ofMinutes(1));
        }

        // Then
        assertThat(lines())
                .allSatisfy(line -> assertThat(line).doesNotContain(SECRET))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .contains("WARN", "invalid-json", "audit-logs/0/0/0", "mend the sender"),
                        line -> assertThat(line).contains("WARN", "missing-time", "audit-logs/0/2/0"),
                        line -> assertThat(line).contains("WARN", "not-an-event", "m365.audit-logs/0/0/0"),
                        line -> assertThat(line)
                                .contains("WARN", "stage=\"history\"", "app-events/0/0/0", "topics print"),
                        line -> assertThat(line)
                                .contains("WARN", "stage=\"import\"", "inventory/0/0/0", "inventory import"),
                        line -> assertThat(line)
                                .contains("ERROR", "stage=\"networks\"", "org.networks/0/0/0", "networks import"),
                        line -> assertThat(line).contains("invalid-json", "more=\"3\"", "sinceStart=\"4\""),
                        line -> assertThat(line).contains("missing-time", "more=\"1\"", "sinceStart=\"2\""),
                        line -> assertThat(line).contains("stage=\"history\"", "more=\"1\"", "sinceStart=\"2\""),
                        line -> assertThat(line).contains("stage=\"import\"", "more=\"1\"", "sinceStart=\"2\""),
                        line -> assertThat(line).contains("stage=\"networks\"", "more=\"1\"", "sinceStart=\"2\""));
    }

    @Test
    void an_error_of_ours_is_told_with_its_frames_once_and_then_as_a_number() {
        // Given
        Catalogue failing = Catalogue.of(
                Catalogue.shipped().all().stream()
                        .map(detection -> detection.id().equals("privileged-role-granted")
                                ? Probe.inPlaceOf(detection, QuarantineLogTest::fail)
                                : detection)
                        .toList(),
                Probe::page);

        // When
        try (LiveDriver service = service(failing)) {
            service.feed(TOPICS.entraAudit(), grant("crm"), grant("shop"), grant("hr"));
        }

        // Then
        assertThat(lines())
                .allSatisfy(line -> assertThat(line).doesNotContain(SECRET))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains("ERROR", "processing-error", "detect", "entra.audit-logs/0/0/0", "defect")
                                .contains("IllegalStateException", "QuarantineLogTest.fail"),
                        rest -> assertThat(rest).contains("ERROR", "more=\"2\"", "sinceStart=\"3\""));
    }

    @Test
    void a_run_over_files_lists_its_rejects_itself() {
        // When
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            detector.feed("{\"broken\" 1}", "{\"a\":1}");

            // Then
            assertThat(detector.detector().drainRejected()).hasSize(2);
        }
        assertThat(lines()).isEmpty();
    }

    private static String registration(String app, String day) {
        return RawEvents.addApplication(app, day + "T10:00:00Z", OUTSIDE);
    }

    private static String grant(String app) {
        return RawEvents.addAppRole(app, RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite", "2026-03-20T10:00:00Z", OUTSIDE);
    }
}

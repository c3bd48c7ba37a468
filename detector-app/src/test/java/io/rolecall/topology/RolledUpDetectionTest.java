package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.detection.Probe;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.PolicyFile;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Evidence;
import io.rolecall.source.split.Chunk;
import io.rolecall.state.Names;
import io.rolecall.state.PendingWork;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A detection fires on sign-ins and use, which are rolled up, and shows the first events as evidence. */
class RolledUpDetectionTest {

    private static final Instant AT = Instant.parse("2026-03-02T10:01:00Z");
    private static final int WRONG_SECRET = 7000215;

    private final RolledUpProbes.FailedSignIns failed = new RolledUpProbes.FailedSignIns();
    private int line;

    static InProcessDetector detector(List<Detection> detections) {
        Catalogue catalogue = Probe.beside(detections.toArray(Detection[]::new));
        return new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                catalogue,
                PolicyFile.defaults(catalogue.parameters()),
                List.of(DetectorHarness.OFFICE),
                DetectorHarness.CLOCK);
    }

    private void feed(InProcessDetector detector, String... events) {
        for (String event : events) {
            line++;
            detector.feed(
                    new Chunk(event.getBytes(StandardCharsets.UTF_8), "use.ndjson", new int[] {line}, new int[] {0}));
        }
    }

    private static String[] failures(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> UseRecords.signIn("f" + i, AT.plusSeconds(60L * i), WRONG_SECRET, "198.51.100.7"))
                .toArray(String[]::new);
    }

    private static boolean isWaiting(InProcessDetector detector) {
        return new PendingWork(detector.driver().getKeyValueStore(Names.PENDING)).isWaiting();
    }

    private static List<Alert> standing(InProcessDetector detector) {
        return detector.finish().stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .toList();
    }

    @Test
    void an_alert_on_sign_ins_has_the_first_of_them_as_evidence() {
        try (InProcessDetector detector = detector(List.of(failed))) {
            // Given
            feed(detector, failures(RolledUpProbes.FAILURES));

            // When
            List<Alert> alerts = standing(detector);

            // Then
            assertThat(alerts).singleElement().satisfies(alert -> {
                assertThat(alert.getDetection()).isEqualTo("failed-sign-ins");
                assertThat(alert.getEvidenceCount()).isEqualTo(RolledUpProbes.FAILURES);
                assertThat(alert.getEvidence())
                        .extracting(Evidence::getEventId, Evidence::getPosition, Evidence::getEventTime)
                        .containsExactly(
                                org.assertj.core.groups.Tuple.tuple(RawEvents.id("sign-in f0"), "use.ndjson:1/0", AT));
            });
        }
    }

    @Test
    void too_few_sign_ins_raise_nothing() {
        try (InProcessDetector detector = detector(List.of(failed))) {
            // Given
            feed(detector, failures(RolledUpProbes.FAILURES - 1));

            // When, Then
            assertThat(standing(detector)).isEmpty();
        }
    }

    @Test
    void many_sign_ins_of_one_second_cost_one_evaluation() {
        try (InProcessDetector detector = detector(List.of(failed))) {
            // Given
            feed(detector, failures(50));
            assertThat(failed.evaluations()).isZero();

            // When
            detector.driver().advanceWallClockTime(CorrelationTick.INTERVAL);

            // Then
            assertThat(failed.evaluations()).isEqualTo(1);
            assertThat(isWaiting(detector)).isFalse();
        }
    }

    @Test
    void use_of_mail_does_not_evaluate_a_detection_of_sign_ins() {
        try (InProcessDetector detector = detector(List.of(failed, new RolledUpProbes.MailboxesRead()))) {
            // Given
            feed(detector, UseRecords.mailRead("1", AT, "finance@contoso.com", 3));
            assertThat(isWaiting(detector)).isTrue();

            // When
            detector.driver().advanceWallClockTime(CorrelationTick.INTERVAL);

            // Then
            assertThat(failed.evaluations()).isZero();
        }
    }

    @Test
    void what_no_detection_reads_is_not_put_off() {
        try (InProcessDetector detector = detector(List.of())) {
            // When
            feed(detector, failures(RolledUpProbes.FAILURES));

            // Then
            assertThat(isWaiting(detector)).isFalse();
        }
    }

    @Test
    void a_success_that_turns_out_to_have_come_before_takes_the_alert_back() {
        try (InProcessDetector detector = detector(List.of(failed))) {
            // Given
            feed(detector, failures(RolledUpProbes.FAILURES));
            feed(detector, UseRecords.signIn("later", AT.plusSeconds(30), 0, "198.51.100.8"));
            assertThat(standing(detector)).hasSize(1);

            // When
            feed(detector, UseRecords.signIn("earlier", AT.minusSeconds(30), 0, "198.51.100.8"));

            // Then
            assertThat(detector.finish()).singleElement().satisfies(alert -> assertThat(alert.getStatus())
                    .isEqualTo("withdrawn"));
        }
    }

    @Test
    void a_refuted_hour_gives_way_to_a_later_one_although_only_the_refuted_one_changed() {
        try (InProcessDetector detector = detector(List.of(failed))) {
            // Given
            Instant later = AT.plus(Duration.ofDays(2));
            feed(detector, failures(RolledUpProbes.FAILURES));
            for (int i = 0; i < RolledUpProbes.FAILURES; i++) {
                feed(detector, UseRecords.signIn("l" + i, later.plusSeconds(i), WRONG_SECRET, "198.51.100.7"));
            }
            assertThat(standing(detector)).extracting(Alert::getFirstEventTime).containsExactly(AT);

            // When
            feed(detector, UseRecords.signIn("earlier", AT.minusSeconds(30), 0, "198.51.100.8"));

            // Then
            assertThat(standing(detector)).extracting(Alert::getFirstEventTime).containsExactly(later);
        }
    }

    @Test
    void an_alert_of_an_hour_that_did_not_change_tells_of_the_sign_ins_of_the_days_after() {
        try (InProcessDetector detector = detector(List.of(failed))) {
            // Given
            feed(detector, failures(RolledUpProbes.FAILURES));
            assertThat(standing(detector)).hasSize(1);

            // When
            feed(detector, UseRecords.signIn("later", AT.plus(Duration.ofDays(3)), 0, "198.51.100.8"));

            // Then
            assertThat(standing(detector)).singleElement().satisfies(alert -> assertThat(alert.getInvestigation()
                            .orElseThrow()
                            .getSignIns()
                            .orElseThrow()
                            .getSuccesses())
                    .isEqualTo(1));
        }
    }

    @Test
    void many_roll_ups_take_several_evaluations_and_are_read_to_the_end() {
        try (InProcessDetector detector = detector(List.of(failed))) {
            // Given
            for (int hour = 0; hour < 60; hour++) {
                feed(detector, UseRecords.signIn("h" + hour, AT.plus(Duration.ofHours(hour)), 0, "198.51.100.8"));
            }
            Instant last = AT.plus(Duration.ofHours(70));
            for (int i = 0; i < RolledUpProbes.FAILURES; i++) {
                feed(detector, UseRecords.signIn("l" + i, last.plusSeconds(i), WRONG_SECRET, "198.51.100.7"));
            }

            // When
            List<Alert> alerts = standing(detector);

            // Then
            assertThat(alerts).extracting(Alert::getFirstEventTime).containsExactly(last);
            assertThat(failed.evaluations()).isGreaterThan(5);
        }
    }

    @Test
    void sign_ins_that_name_no_application_count_for_it_once_its_service_principal_is_known() {
        try (InProcessDetector detector = detector(List.of(failed))) {
            // Given
            String appId = "\"appId\":\"" + RawEvents.appId(UseRecords.APP) + "\",";
            for (String signIn : failures(RolledUpProbes.FAILURES)) {
                feed(detector, signIn.replace(appId, ""));
            }
            detector.driver().advanceWallClockTime(Duration.ofMinutes(5));
            assertThat(standing(detector)).isEmpty();

            // When
            feed(detector, RawEvents.addServicePrincipal(UseRecords.APP, "2026-03-01T10:00:00Z", "203.0.113.9"));

            // Then
            assertThat(standing(detector)).singleElement().satisfies(alert -> {
                assertThat(alert.getSubject().getId()).isEqualTo(RawEvents.appId(UseRecords.APP));
                assertThat(alert.getEvidenceCount()).isEqualTo(RolledUpProbes.FAILURES);
            });
        }
    }
}

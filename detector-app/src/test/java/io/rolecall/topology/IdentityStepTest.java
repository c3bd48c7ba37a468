package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Alert;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdentityStepTest {

    private static final String OUTSIDE = "198.51.100.7";
    private static final String KEY = "59eaeebc-8a6b-44a6-9f24-7d55e64420c9";

    private static final String REGISTRATION = RawEvents.addApplication("crm", "2026-03-01T10:00:00.1234567Z", OUTSIDE);
    private static final String GRANT = RawEvents.addAppRole(
            "crm", RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite", "2026-03-02T10:00:00.7654321Z", OUTSIDE);
    private static final String SECRET = RawEvents.addSecret("crm", KEY, "2026-03-03T10:00:00Z", OUTSIDE);

    @Test
    void a_secret_without_app_id_finds_its_application_through_the_registration() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(REGISTRATION, GRANT);

            // When
            detector.feed(SECRET);

            // Then
            Alert alert = detector.alert("credential-on-privileged-app").orElseThrow();
            assertThat(alert.getSubject().getId()).isEqualTo(RawEvents.appId("crm"));
            assertThat(alert.getConfidence()).isEqualTo("medium");
        }
    }

    @Test
    void a_secret_that_comes_first_waits_for_its_app_id() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(SECRET).passes(Duration.ofSeconds(30));

            // When
            detector.feed(GRANT, REGISTRATION);

            // Then
            assertThat(detector.alerts())
                    .filteredOn(alert -> alert.getDetection().equals("credential-on-privileged-app"))
                    .singleElement()
                    .satisfies(alert -> {
                        assertThat(alert.getStatus()).isEqualTo("open");
                        assertThat(alert.getSubject().getId()).isEqualTo(RawEvents.appId("crm"));
                    });
        }
    }

    @Test
    void facts_of_an_unresolved_application_move_to_the_app_id_when_it_is_learned_late() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(SECRET).passes(Duration.ofMinutes(3));

            // When
            detector.feed(REGISTRATION, GRANT);

            // Then
            assertThat(detector.alert("credential-on-privileged-app"))
                    .hasValueSatisfying(
                            alert -> assertThat(alert.getSubject().getId()).isEqualTo(RawEvents.appId("crm")));
        }
    }

    @Test
    void facts_that_come_after_the_move_are_forwarded_too() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            String other =
                    RawEvents.addSecret("crm", "69eaeebc-8a6b-44a6-9f24-7d55e64420c9", "2026-03-04T10:00:00Z", OUTSIDE);
            detector.feed(SECRET).passes(Duration.ofMinutes(3)).feed(REGISTRATION, GRANT);

            // When
            detector.feed(other);

            // Then
            assertThat(detector.alerts())
                    .filteredOn(alert -> alert.getDetection().equals("credential-on-privileged-app"))
                    .extracting(alert -> alert.getSubject().getId())
                    .containsExactly(RawEvents.appId("crm"), RawEvents.appId("crm"));
        }
    }
}

package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Alert;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RevisionTest {

    private static final String OUTSIDE = "198.51.100.7";
    private static final String REGISTRATION = RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", OUTSIDE);

    private static String grant(String roleId, String role, String time) {
        return RawEvents.addAppRole("crm", roleId, role, time, OUTSIDE);
    }

    private static final String MAIL = grant(RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite", "2026-03-02T10:00:00Z");
    private static final String FILES =
            grant("75359482-378d-4052-8f01-80520e7db3cd", "Files.ReadWrite.All", "2026-03-02T10:00:05Z");
    private static final String GROUPS =
            grant("62a82d76-70ea-41e2-9197-370581804d09", "Group.ReadWrite.All", "2026-03-02T10:00:06Z");

    @Test
    void many_changes_within_the_interval_become_one_revision_with_the_last_state() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(REGISTRATION, MAIL);

            // When
            detector.feed(FILES, GROUPS);

            // Then
            Alert alert = detector.alert("single-tenant-app-abuse").orElseThrow();
            assertThat(alert.getRevision()).isEqualTo(2);
            assertThat(alert.getChangeSummary()).isPresent();
            assertThat(alert.getPermissions())
                    .extracting(permission -> permission.getValue())
                    .containsExactly("Files.ReadWrite.All", "Group.ReadWrite.All", "Mail.ReadWrite");
        }
    }

    @Test
    void a_change_after_the_interval_is_a_revision_of_its_own() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(REGISTRATION, MAIL).passes(Duration.ofSeconds(31)).feed(FILES);

            // When
            detector.passes(Duration.ofSeconds(31)).feed(GROUPS);

            // Then
            assertThat(detector.alert("single-tenant-app-abuse").map(Alert::getRevision))
                    .hasValue(3);
        }
    }

    @Test
    void every_revision_tells_when_its_state_began() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(REGISTRATION, MAIL).passes(Duration.ofSeconds(31));

            // When
            detector.feed(FILES);

            // Then
            Alert alert = detector.alert("single-tenant-app-abuse").orElseThrow();
            Instant began = Instant.ofEpochMilli(alert.getGeneration());
            assertThat(alert.getRevision()).isEqualTo(2);
            assertThat(began)
                    .isBetween(
                            DetectorHarness.CLOCK.instant(),
                            DetectorHarness.CLOCK.instant().plusSeconds(2));
            assertThat(alert.getEmittedAt().orElseThrow()).isAfter(began.plusSeconds(30));
        }
    }

    @Test
    void a_duplicate_revises_nothing() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(REGISTRATION, MAIL).passes(Duration.ofMinutes(1));

            // When
            detector.feed(MAIL, REGISTRATION);

            // Then
            assertThat(detector.alert("single-tenant-app-abuse").map(Alert::getRevision))
                    .hasValue(1);
        }
    }
}

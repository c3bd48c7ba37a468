package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.event.Subject;
import io.rolecall.schema.Alert;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The live service bounds lateness and state by event time; files do not. */
class EventTimeBoundsTest {

    private static final String OUTSIDE = "198.51.100.7";
    private static final String REGISTRATION = RawEvents.addApplication("crm", "2026-01-01T10:00:00Z", OUTSIDE);
    private static final String GRANT = grant("2026-01-05T10:00:00Z");

    private static String grant(String time) {
        return RawEvents.addAppRole("crm", RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite", time, OUTSIDE);
    }

    private static DetectorHarness live() {
        return new DetectorHarness(DetectorConfig.DEFAULT, List.of(DetectorHarness.OFFICE));
    }

    private static String laterFact(String time) {
        return RawEvents.addApplication("other", time, OUTSIDE);
    }

    @Test
    void with_files_nothing_is_late() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(laterFact("2026-05-20T10:00:00Z"), GRANT);

            // When
            detector.feed(REGISTRATION);

            // Then
            assertThat(detector.alert("single-tenant-app-abuse").map(Alert::getStatus))
                    .hasValue("open");
        }
    }

    @Test
    void expiry_of_the_history_never_withdraws_or_revises() {
        try (DetectorHarness detector = live()) {
            // Given
            detector.feed(REGISTRATION, GRANT);
            Alert before = detector.alert("single-tenant-app-abuse").orElseThrow();

            // When
            detector.feed(laterFact("2026-04-20T10:00:00Z"), laterFact("2026-04-22T10:00:00Z"));

            // Then
            assertThat(detector.detector()
                            .stores()
                            .history()
                            .acts(Subject.application(RawEvents.TENANT, RawEvents.appId("crm")))
                            .acts())
                    .isEmpty();
            assertThat(detector.alert("single-tenant-app-abuse")).hasValue(before);
        }
    }

    @Test
    void an_alert_that_was_withdrawn_is_raised_again_as_it_was() {
        OrgNetwork branch = OrgNetwork.newBuilder()
                .setCidr("198.51.100.0/24")
                .setLabel("branch")
                .build();
        try (DetectorHarness detector = live()) {
            // Given
            detector.feed(REGISTRATION, GRANT);
            Alert before = detector.alert("single-tenant-app-abuse").orElseThrow();
            detector.detector().networks(List.of(branch));
            assertThat(detector.alert("single-tenant-app-abuse").map(Alert::getStatus))
                    .hasValue("withdrawn");

            // When
            detector.detector().removeNetwork(branch);

            // Then
            Alert again = detector.alert("single-tenant-app-abuse").orElseThrow();
            assertThat(again.getStatus()).isEqualTo("open");
            assertThat(again.getFirstEventTime()).isEqualTo(before.getFirstEventTime());
            assertThat(again.getEvidence()).isEqualTo(before.getEvidence());
        }
    }

    @Test
    void the_profile_still_knows_a_registration_that_the_history_has_forgotten() {
        try (DetectorHarness detector = live()) {
            // Given
            detector.feed(REGISTRATION, laterFact("2026-04-20T10:00:00Z"), laterFact("2026-04-22T10:00:00Z"));

            // When
            detector.feed(grant("2026-04-23T10:00:00Z"));

            // Then
            assertThat(detector.alert("single-tenant-app-abuse").map(Alert::getSeverity))
                    .hasValue("high");
        }
    }

    @Test
    void an_event_from_the_future_is_rejected() {
        try (DetectorHarness detector = live()) {
            // When
            detector.feed(laterFact("2026-06-01T01:00:01Z"));

            // Then
            assertThat(detector.detector().drainRejected())
                    .extracting(Rejected::reason)
                    .containsExactly(Reason.FUTURE);
        }
    }

    @Test
    void a_profile_expires_400_days_after_its_last_fact() {
        try (DetectorHarness detector = live()) {
            // Given
            Subject crm = Subject.application(RawEvents.TENANT, RawEvents.appId("crm"));
            detector.feed(
                    RawEvents.addApplication("crm", "2025-01-01T10:00:00Z", OUTSIDE),
                    laterFact("2026-02-04T10:00:00Z"));
            assertThat(detector.detector().stores().profiles().get(crm)).isPresent();

            // When
            detector.feed(laterFact("2026-02-06T10:00:00Z"));

            // Then
            assertThat(detector.detector().stores().profiles().get(crm)).isEmpty();
        }
    }
}

package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Alert;
import io.rolecall.schema.OrgNetwork;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BorrowedAddressTest {

    private static final String OUTSIDE = "198.51.100.7";
    private static final String OFFICE = "203.0.113.9";
    private static final String FRONT_END = "20.190.160.5";
    private static final String REGISTRATION = RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", OFFICE);

    private static String grant(String ip) {
        return RawEvents.addAppRole("crm", RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite", "2026-03-05T10:00:00Z", ip);
    }

    private static String signIn(String time, String ip) {
        return RawEvents.signIn(RawEvents.ADMIN_ID, RawEvents.ADMIN, time, ip);
    }

    private static String severity(String... events) {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            return detector.feed(REGISTRATION)
                    .feed(events)
                    .alert("single-tenant-app-abuse")
                    .filter(alert -> !alert.getStatus().equals("withdrawn"))
                    .map(alert -> alert.getSeverity() + " "
                            + alert.getActors().stream()
                                    .filter(actor -> actor.getRole().equals("granted"))
                                    .map(actor -> actor.getIpClass() + " " + actor.getBasis())
                                    .findFirst()
                                    .orElse("-"))
                    .orElse("silent");
        }
    }

    @Test
    void anAddresslessGrantBorrowsTheExternalAddressOfItsActor() {
        // When
        String before = severity(signIn("2026-03-05T09:30:00Z", OUTSIDE), grant(""));
        String after = severity(grant(""), signIn("2026-03-05T10:30:00Z", OUTSIDE));

        // Then
        assertThat(List.of(before, after)).containsOnly("critical external sign-in");
    }

    @Test
    void aGrantThroughAMicrosoftFrontEndBorrowsToo() {
        // When
        String severity = severity(signIn("2026-03-05T09:30:00Z", OUTSIDE), grant(FRONT_END));

        // Then
        assertThat(severity).isEqualTo("critical external sign-in");
    }

    @Test
    void oneExternalSightingOutweighsTheOffice() {
        // When
        String severity =
                severity(signIn("2026-03-05T09:55:00Z", OFFICE), grant(""), signIn("2026-03-05T10:40:00Z", OUTSIDE));

        // Then
        assertThat(severity).isEqualTo("critical external sign-in");
    }

    @Test
    void onlyOfficeSightingsKeepItSilent() {
        // When
        String severity = severity(grant(""), signIn("2026-03-05T09:55:00Z", OFFICE));

        // Then
        assertThat(severity).isEqualTo("silent");
    }

    @Test
    void aSightingJustOutsideTheHourIsNotBorrowed() {
        // When
        String tooEarly = severity(signIn("2026-03-05T08:59:59Z", OUTSIDE), grant(""));
        String tooLate = severity(signIn("2026-03-05T11:00:01Z", OUTSIDE), grant(""));
        String justIn = severity(signIn("2026-03-05T09:00:00Z", OUTSIDE), grant(""));

        // Then
        assertThat(List.of(tooEarly, tooLate)).containsOnly("high unknown none");
        assertThat(justIn).isEqualTo("critical external sign-in");
    }

    @Test
    void aSlotWithSightingsOnBothSidesOfTheBoundaryCounts() {
        // When
        String severity =
                severity(signIn("2026-03-05T08:55:00Z", OUTSIDE), signIn("2026-03-05T09:00:00Z", OUTSIDE), grant(""));

        // Then
        assertThat(severity).isEqualTo("critical external sign-in");
    }

    @Test
    void anAlertIsWithdrawnWhenTheNetworkTurnsOutToBeTheOrganisations() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(REGISTRATION, grant(OUTSIDE));
            assertThat(detector.alert("single-tenant-app-abuse").map(Alert::getSeverity))
                    .hasValue("critical");

            // When
            detector.detector()
                    .networks(List.of(OrgNetwork.newBuilder()
                            .setCidr("198.51.100.0/24")
                            .setLabel("branch")
                            .build()));

            // Then
            assertThat(detector.alert("single-tenant-app-abuse")).hasValueSatisfying(alert -> {
                assertThat(alert.getStatus()).isEqualTo("withdrawn");
                assertThat(alert.getWithdrawnBecause()).isPresent();
                assertThat(alert.getRevision()).isEqualTo(2);
            });
        }
    }

    @Test
    void aNetworkCountsOnlyWhileItWasTheOrganisations() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(REGISTRATION, grant(OUTSIDE));

            // When
            detector.detector()
                    .networks(List.of(OrgNetwork.newBuilder()
                            .setCidr("198.51.100.0/24")
                            .setLabel("branch")
                            .setValidFrom(Instant.parse("2026-03-05T10:00:01Z"))
                            .build()));

            // Then
            assertThat(detector.alert("single-tenant-app-abuse").map(Alert::getStatus))
                    .hasValue("open");
        }
    }
}

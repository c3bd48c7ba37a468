package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Alert;
import io.rolecall.schema.OrgNetwork;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolvedAddressTest {

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

    private static String signIn(String time, String ip, String category, int code) {
        return RawEvents.signIn(RawEvents.ADMIN_ID, RawEvents.ADMIN, time, ip, category, code);
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
    void theAddressOfAGrantWithoutOneIsResolvedFromTheExternalSignInOfItsActor() {
        // When
        String before = severity(signIn("2026-03-05T09:30:00Z", OUTSIDE), grant(""));
        String after = severity(grant(""), signIn("2026-03-05T10:30:00Z", OUTSIDE));

        // Then
        assertThat(List.of(before, after)).containsOnly("critical external sign-in");
    }

    @Test
    void soIsThatOfAGrantThroughAMicrosoftFrontEnd() {
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

    @ParameterizedTest
    @ValueSource(
            ints = {50072, 50074, 50076, 50079, 50158, 53000, 53001, 53002, 53003, 53004, 65001, 65004, 90094, 90095})
    void aSignInInterruptedAfterTheRightPasswordShowsWhereThePersonWas(int code) {
        // When
        String severity = severity(grant(""), signIn("2026-03-05T09:30:00Z", OUTSIDE, "SignInLogs", code));

        // Then
        assertThat(severity).isEqualTo("critical external sign-in");
    }

    @ParameterizedTest
    @ValueSource(ints = {50126, 50053, 50055, 50140, 700016})
    void aFailedSignInShowsNobody(int code) {
        // When
        String severity = severity(
                signIn("2026-03-05T09:30:00Z", OUTSIDE, "SignInLogs", code),
                grant(""),
                signIn("2026-03-05T09:55:00Z", OFFICE));

        // Then
        assertThat(severity).isEqualTo("silent");
    }

    @Test
    void aSignInWithoutTheUserThatWasInterruptedShowsAServer() {
        // When
        String severity = severity(
                grant(""),
                signIn("2026-03-05T09:30:00Z", OUTSIDE, "NonInteractiveUserSignInLogs", 50076),
                signIn("2026-03-05T09:55:00Z", OFFICE));

        // Then
        assertThat(severity).isEqualTo("silent");
    }

    @Test
    void aSignInWithoutTheUserThatSucceededShowsThePerson() {
        // When
        String severity =
                severity(grant(""), signIn("2026-03-05T09:30:00Z", OUTSIDE, "NonInteractiveUserSignInLogs", 0));

        // Then
        assertThat(severity).isEqualTo("critical external sign-in");
    }

    @Test
    void mailReadByAnApplicationUnderThePersonsNameShowsTheApplicationsServer() {
        // Given
        String use = RawEvents.mailRead(RawEvents.ADMIN_ID, RawEvents.ADMIN, "reader", "2026-03-05T09:58:00Z", OUTSIDE);

        // When
        String beside = severity(use, grant(""), signIn("2026-03-05T09:55:00Z", OFFICE));
        String alone = severity(grant(""), use);

        // Then
        assertThat(beside).isEqualTo("silent");
        assertThat(alone).isEqualTo("high unknown none");
    }

    @Test
    void aSightingJustOutsideTheHourDoesNotCount() {
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

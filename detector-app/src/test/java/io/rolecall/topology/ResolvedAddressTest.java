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
    void the_address_of_a_grant_without_one_is_resolved_from_the_external_sign_in_of_its_actor() {
        // When
        String before = severity(signIn("2026-03-05T09:30:00Z", OUTSIDE), grant(""));
        String after = severity(grant(""), signIn("2026-03-05T10:30:00Z", OUTSIDE));

        // Then
        assertThat(List.of(before, after)).containsOnly("critical external sign-in");
    }

    @Test
    void so_is_that_of_a_grant_through_a_microsoft_front_end() {
        // When
        String severity = severity(signIn("2026-03-05T09:30:00Z", OUTSIDE), grant(FRONT_END));

        // Then
        assertThat(severity).isEqualTo("critical external sign-in");
    }

    @Test
    void one_external_sighting_outweighs_the_office() {
        // When
        String severity =
                severity(signIn("2026-03-05T09:55:00Z", OFFICE), grant(""), signIn("2026-03-05T10:40:00Z", OUTSIDE));

        // Then
        assertThat(severity).isEqualTo("critical external sign-in");
    }

    @Test
    void only_office_sightings_keep_it_silent() {
        // When
        String severity = severity(grant(""), signIn("2026-03-05T09:55:00Z", OFFICE));

        // Then
        assertThat(severity).isEqualTo("silent");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {50072, 50074, 50076, 50079, 50158, 53000, 53001, 53002, 53003, 53004, 65001, 65004, 90094, 90095})
    void a_sign_in_interrupted_after_the_right_password_shows_where_the_person_was(int code) {
        // When
        String severity = severity(grant(""), signIn("2026-03-05T09:30:00Z", OUTSIDE, "SignInLogs", code));

        // Then
        assertThat(severity).isEqualTo("critical external sign-in");
    }

    @ParameterizedTest
    @ValueSource(ints = {50126, 50053, 50055, 50140, 700016})
    void a_failed_sign_in_shows_nobody(int code) {
        // When
        String severity = severity(
                signIn("2026-03-05T09:30:00Z", OUTSIDE, "SignInLogs", code),
                grant(""),
                signIn("2026-03-05T09:55:00Z", OFFICE));

        // Then
        assertThat(severity).isEqualTo("silent");
    }

    @Test
    void a_sign_in_without_the_user_that_was_interrupted_shows_a_server() {
        // When
        String severity = severity(
                grant(""),
                signIn("2026-03-05T09:30:00Z", OUTSIDE, "NonInteractiveUserSignInLogs", 50076),
                signIn("2026-03-05T09:55:00Z", OFFICE));

        // Then
        assertThat(severity).isEqualTo("silent");
    }

    @Test
    void a_sign_in_without_the_user_that_succeeded_shows_the_person() {
        // When
        String severity =
                severity(grant(""), signIn("2026-03-05T09:30:00Z", OUTSIDE, "NonInteractiveUserSignInLogs", 0));

        // Then
        assertThat(severity).isEqualTo("critical external sign-in");
    }

    @Test
    void mail_read_by_an_application_under_the_persons_name_shows_the_applications_server() {
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
    void a_sighting_just_outside_the_hour_does_not_count() {
        // When
        String tooEarly = severity(signIn("2026-03-05T08:59:59Z", OUTSIDE), grant(""));
        String tooLate = severity(signIn("2026-03-05T11:00:01Z", OUTSIDE), grant(""));
        String justIn = severity(signIn("2026-03-05T09:00:00Z", OUTSIDE), grant(""));

        // Then
        assertThat(List.of(tooEarly, tooLate)).containsOnly("high unknown none");
        assertThat(justIn).isEqualTo("critical external sign-in");
    }

    @Test
    void a_slot_with_sightings_on_both_sides_of_the_boundary_counts() {
        // When
        String severity =
                severity(signIn("2026-03-05T08:55:00Z", OUTSIDE), signIn("2026-03-05T09:00:00Z", OUTSIDE), grant(""));

        // Then
        assertThat(severity).isEqualTo("critical external sign-in");
    }

    @Test
    void an_alert_is_withdrawn_when_the_network_turns_out_to_be_the_organisations() {
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
    void a_network_counts_only_while_it_was_the_organisations() {
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

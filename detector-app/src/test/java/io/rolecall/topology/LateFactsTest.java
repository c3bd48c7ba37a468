package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.schema.Alert;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import io.rolecall.state.Counts;
import io.rolecall.state.Names;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What the live service makes of facts that come later than {@code lateness}: 7 days; its history reaches back 37. */
class LateFactsTest {

    private static final String OUTSIDE = "198.51.100.7";
    private static final String OFFICE = "203.0.113.9";
    private static final String NEWEST = registration("other", "2026-03-20T10:00:00Z");
    private static final String REGISTRATION = registration("crm", "2026-02-20T10:00:00Z");
    private static final String GRANT =
            RawEvents.addAppRole("crm", RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite", "2026-02-21T10:00:00Z", OUTSIDE);

    /** More than a month of one application, and what tells the addresses and identities of its acts. */
    private static final List<String> MONTH = List.of(
            registration("crm", "2026-02-20T10:00:00Z"),
            RawEvents.addServicePrincipal("crm", "2026-02-20T10:00:05Z", OUTSIDE),
            RawEvents.addAppRole("crm", RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite", "2026-02-25T10:00:00Z", ""),
            RawEvents.signIn(RawEvents.ADMIN_ID, RawEvents.ADMIN, "2026-02-25T09:40:00Z", OUTSIDE),
            RawEvents.addSecret("crm", "59aeaebc-8a6b-44a6-9f24-7d55e64420c9", "2026-03-02T10:00:00Z", OUTSIDE),
            RawEvents.consent("crm", "alice@contoso.com", "Mail.Read offline_access", "2026-02-22T10:00:00Z"),
            RawEvents.consent("crm", "bob@contoso.com", "Mail.Read offline_access", "2026-02-22T11:00:00Z"),
            RawEvents.consent("crm", "carol@contoso.com", "Mail.Read offline_access", "2026-02-22T12:00:00Z"),
            registration("shop", "2026-03-20T10:00:00Z"),
            RawEvents.addAppRole("shop", RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite", "2026-03-24T09:00:00Z", OFFICE),
            RawEvents.signIn(RawEvents.ADMIN_ID, RawEvents.ADMIN, "2026-03-24T10:00:00Z", OFFICE));

    private static String registration(String app, String time) {
        return RawEvents.addApplication(app, time, OUTSIDE);
    }

    private static DetectorHarness live() {
        return new DetectorHarness(DetectorConfig.DEFAULT, List.of(DetectorHarness.OFFICE));
    }

    private static Counts history(DetectorHarness detector) {
        return new Counts(detector.detector().driver().getKeyValueStore(Names.HISTORY_COUNTS));
    }

    @Test
    void a_fact_later_than_lateness_is_evaluated_and_counted_as_late() {
        try (DetectorHarness detector = live()) {
            // Given
            detector.feed(NEWEST);

            // When
            detector.feed(GRANT, REGISTRATION, REGISTRATION);

            // Then
            assertThat(detector.alert("single-tenant-app-abuse").map(Alert::getSeverity))
                    .hasValue("critical");
            assertThat(detector.detector().drainRejected()).isEmpty();
            // A registration and a grant are facts of the application and of the person whose act it is.
            assertThat(List.of(
                            history(detector).get(Counts.NEW),
                            history(detector).get(Counts.DUPLICATE),
                            history(detector).get(Counts.LATE),
                            history(detector).get(Counts.TAKEN_LATE)))
                    .containsExactly(6L, 2L, 0L, 6L);
        }
    }

    @Test
    void a_fact_within_lateness_is_not_counted_as_late() {
        try (DetectorHarness detector = live()) {
            // When
            detector.feed(NEWEST, registration("crm", "2026-03-13T10:00:00Z"));

            // Then
            assertThat(history(detector).get(Counts.TAKEN_LATE)).isZero();
        }
    }

    @Test
    void a_fact_before_the_history_is_quarantined_as_late_and_the_next_one_lives() {
        try (DetectorHarness detector = live()) {
            // Given
            detector.feed(NEWEST);

            // When
            detector.feed(registration("old", "2026-02-11T09:59:59Z"), registration("kept", "2026-02-11T10:00:00Z"));

            // Then
            // As a fact of the application and of the person: one position, so one record of the quarantine.
            assertThat(detector.detector().drainRejected())
                    .extracting(Rejected::reason, Rejected::position)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(Reason.LATE, "test.ndjson:2/0"),
                            org.assertj.core.groups.Tuple.tuple(Reason.LATE, "test.ndjson:2/0"));
            assertThat(List.of(
                            history(detector).get(Counts.NEW),
                            history(detector).get(Counts.LATE),
                            history(detector).get(Counts.TAKEN_LATE)))
                    .containsExactly(4L, 2L, 2L);
        }
    }

    @Test
    void the_address_of_a_late_act_is_resolved_from_either_side() {
        for (List<String> late : List.of(MONTH.subList(2, 4), List.of(MONTH.get(3), MONTH.get(2)))) {
            try (DetectorHarness detector = live()) {
                // Given
                detector.feed(RawEvents.signIn(RawEvents.ADMIN_ID, RawEvents.ADMIN, "2026-03-24T10:00:00Z", OFFICE));
                detector.feed(NEWEST, REGISTRATION);

                // When
                detector.feed(late.toArray(String[]::new));

                // Then
                assertThat(detector.alert("single-tenant-app-abuse").map(Alert::getSeverity))
                        .hasValue("critical");
            }
        }
    }

    @Test
    void the_oldest_act_of_the_history_keeps_the_address_that_was_resolved_for_it() {
        try (DetectorHarness detector = live()) {
            // Given
            detector.feed(
                    registration("crm", "2026-02-11T00:30:00Z"),
                    RawEvents.addAppRole(
                            "crm", RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite", "2026-02-11T00:31:00Z", ""),
                    RawEvents.signIn(RawEvents.ADMIN_ID, RawEvents.ADMIN, "2026-02-10T23:40:00Z", OFFICE));
            List<Alert> before = detector.alerts();

            // When
            detector.feed(registration("other", "2026-03-20T00:10:00Z"));
            detector.feed(
                    RawEvents.addSecret("crm", "59aeaebc-8a6b-44a6-9f24-7d55e64420c9", "2026-03-19T10:00:00Z", OFFICE));

            // Then
            assertThat(detector.alert("single-tenant-app-abuse"))
                    .isEqualTo(before.stream()
                            .filter(alert -> alert.getDetection().equals("single-tenant-app-abuse"))
                            .findFirst());
        }
    }

    @Property(tries = 25)
    void within_the_history_the_order_of_arrival_does_not_matter(@ForAll("orders") List<String> order) {
        List<String> ofFiles;
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            ofFiles = standing(detector.feed(MONTH.toArray(String[]::new)).alerts());
        }
        try (DetectorHarness detector = live()) {
            // When
            List<String> ofService =
                    standing(detector.feed(order.toArray(String[]::new)).alerts());

            // Then
            assertThat(ofService).hasSizeGreaterThan(5).isEqualTo(ofFiles);
            assertThat(detector.detector().drainRejected()).isEmpty();
        }
    }

    @Provide
    Arbitrary<List<String>> orders() {
        return Arbitraries.shuffle(MONTH);
    }

    private static List<String> standing(List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .map(alert -> alert.getAlertId() + " " + alert.getSeverity() + " " + alert.getStatus() + " "
                        + alert.getTitle() + " " + alert.getActors())
                .sorted()
                .toList();
    }
}

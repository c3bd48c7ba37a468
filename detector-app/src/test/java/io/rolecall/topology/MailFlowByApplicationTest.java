package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Alert;
import io.rolecall.schema.UseSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connector is made by {@code ServicePrincipal_<id>}: the App ID in the record is Exchange's, not the caller's. */
class MailFlowByApplicationTest {

    private static final String OUTSIDE = "198.51.100.7";
    private static final String REGISTRATION = RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", OUTSIDE);
    private static final String GRANT =
            RawEvents.addAppRole("crm", RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite", "2026-03-05T10:00:00.1Z", OUTSIDE);
    private static final String CONNECTOR =
            RawEvents.connector("ServicePrincipal_" + RawEvents.spId("crm"), "2026-03-06T10:00:00Z", OUTSIDE);

    private static Optional<UseSummary> use(DetectorHarness detector) {
        return detector.alert("single-tenant-app-abuse")
                .flatMap(Alert::getInvestigation)
                .flatMap(found -> found.getUse());
    }

    @Test
    void the_connector_stands_in_the_investigation_of_the_applications_alert() {
        // Given
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // When
            detector.feed(REGISTRATION, GRANT, CONNECTOR);

            // Then
            UseSummary use = use(detector).orElseThrow();
            assertThat(use.getMailFlow()).containsExactly("New-InboundConnector");
            assertThat(use.getNotCovered()).singleElement().asString().contains("mail flow changed");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void also_when_it_comes_earlier_and_has_waited_in_vain_for_the_app_id(long seed) {
        // Given
        List<String> events = new ArrayList<>(List.of(REGISTRATION, GRANT, CONNECTOR, CONNECTOR));
        Collections.shuffle(events, new java.util.Random(seed));

        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // When
            events.forEach(event -> detector.feed(event).passes(Duration.ofMinutes(3)));

            // Then
            UseSummary use = use(detector).orElseThrow();
            assertThat(use.getMailFlow()).containsExactly("New-InboundConnector");
            assertThat(use.getNotCovered()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NT AUTHORITY\\SYSTEM (MSExchangeMigrationWorkflow)",
                "ServicePrincipal_00000000-0000-4000-8000-000000000001",
                "Admin@contoso.com"
            })
    void what_others_change_is_not_the_applications(String caller) {
        // Given
        String connector = RawEvents.connector(caller, "2026-03-06T10:00:00Z", OUTSIDE);

        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // When
            detector.feed(REGISTRATION, GRANT, connector);

            // Then
            assertThat(use(detector)).isEmpty();
        }
    }
}

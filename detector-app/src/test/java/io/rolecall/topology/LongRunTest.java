package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.schema.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What the service tells of an application over half a year, beside what {@code scan}, which forgets nothing, tells of the same events.
 * What may differ stands in {@code docs/decisions/low-watermark.md}, and nothing else may.
 */
class LongRunTest {

    private static final String OUTSIDE = "198.51.100.7";

    /** What tells the journey, and is never compared. */
    private static final Set<String> JOURNEY = Set.of("generation", "revision", "changeSummary", "emittedAt", "origin");

    /** What is known of acts that lie further back than the history, from the profile alone. */
    private static final Map<String, Set<String>> BY_DESIGN = Map.of(
            "application-consent",
            Set.of("actors", "explanation", "investigation"),
            "credential-on-privileged-app",
            Set.of(
                    "actors",
                    "evidence",
                    "evidenceCount",
                    "explanation",
                    "firstEventTime",
                    "investigation",
                    // Who gave the access, and that everybody is exposed, weighs; the profile tells neither.
                    "riskReasons",
                    "riskScore"),
            // When the act that was the first has left the history, a later one is told beside it.
            "rare-application",
            Set.of(
                    "actors",
                    "containment",
                    "evidence",
                    "evidenceCount",
                    "explanation",
                    "investigation",
                    "lastEventTime"));

    private static List<String> halfAYear() {
        List<String> events = new ArrayList<>();
        events.add(RawEvents.addApplication("crm", "2025-12-01T10:00:00Z", OUTSIDE));
        events.add(RawEvents.addServicePrincipal("crm", "2025-12-01T10:00:05Z", OUTSIDE));
        events.add(RawEvents.addAppRole(
                "crm", RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite", "2025-12-03T10:00:00Z", OUTSIDE));
        for (int month = 1; month <= 5; month++) {
            String day = "2026-0" + month + "-";
            for (int user = 2; user <= 4; user++) {
                events.add(RawEvents.consent(
                        "crm",
                        "u" + user + month + "@contoso.com",
                        "Mail.Read offline_access",
                        day + "0" + user + "T10:00:00Z"));
            }
            events.add(RawEvents.addApplication("app" + month, day + "05T10:00:00Z", OUTSIDE));
            events.add(RawEvents.addAppRole(
                    "app" + month, RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite", day + "06T10:00:00Z", OUTSIDE));
            events.add(RawEvents.addSecret(
                    "crm", "59aeaebc-8a6b-44a6-9f24-7d55e644200" + month, day + "20T10:00:00Z", OUTSIDE));
            events.add(RawEvents.signIn(RawEvents.ADMIN_ID, RawEvents.ADMIN, day + "21T10:00:00Z", OUTSIDE));
        }
        return events;
    }

    private static Map<String, Alert> alerts(DetectorHarness detector) {
        Map<String, Alert> standing = new TreeMap<>();
        detector.feed(halfAYear().toArray(String[]::new)).alerts().stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .forEach(alert -> standing.put(alert.getDetection() + " " + alert.getAlertId(), alert));
        return standing;
    }

    private static Set<String> differing(Alert one, Alert other) {
        Set<String> names = new TreeSet<>();
        one.getSchema().getFields().forEach(field -> {
            String before = String.valueOf(one.get(field.pos()));
            if (!JOURNEY.contains(field.name()) && !before.equals(String.valueOf(other.get(field.pos())))) {
                names.add(field.name());
            }
        });
        return names;
    }

    @Test
    void the_service_raises_the_alerts_of_scan_and_what_they_tell_differs_only_by_design() {
        // Given
        Map<String, Alert> scanned;
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            scanned = alerts(detector);
        }

        // When
        Map<String, Alert> raised;
        try (DetectorHarness detector = new DetectorHarness(DetectorConfig.DEFAULT, List.of(DetectorHarness.OFFICE))) {
            raised = alerts(detector);
        }

        // Then
        assertThat(raised.keySet()).hasSizeGreaterThan(20).isEqualTo(scanned.keySet());
        raised.forEach((id, alert) -> assertThat(BY_DESIGN.getOrDefault(alert.getDetection(), Set.of()))
                .as(id)
                .containsAll(differing(alert, scanned.getOrDefault(id, alert))));
    }
}

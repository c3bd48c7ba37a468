package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Probe;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.PolicyFile;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.source.split.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Acts in the histories of people and tenants get an address from sign-ins as those of applications do. */
class AddressesOfPeopleTest {

    private static final Catalogue CATALOGUE = Probe.beside(EveryAct.ofActors(), EveryAct.ofTenants());

    private static final String OUTSIDE = "198.51.100.7";
    private static final String OFFICE = "203.0.113.9";
    private static final String POLICY = RawEvents.act(
            "Update authorization policy", "2026-03-01T12:00:00Z", "", RawEvents.id("policy"), "Policy", """
            {"displayName":"PermissionGrantPolicyIdsAssignedToDefaultUserRole","oldValue":"[]","newValue":"[\\"x\\"]"}""");
    /** By name alone, so that it moves once the object id is known. */
    private static final String REGISTRATION = RawEvents.addApplication("crm", "2026-03-01T12:10:00Z", "")
            .replace("\"id\":\"" + RawEvents.ADMIN_ID + "\"", "\"id\":null");

    private static List<Alert> alerts(List<String> events) {
        try (InProcessDetector detector = new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                CATALOGUE,
                PolicyFile.defaults(CATALOGUE.parameters()),
                List.of(DetectorHarness.OFFICE),
                DetectorHarness.CLOCK)) {
            for (String event : events) {
                detector.feed(
                        new Chunk(event.getBytes(StandardCharsets.UTF_8), "test.ndjson", new int[] {1}, new int[] {0}));
            }
            return detector.finish().stream()
                    .filter(alert -> alert.getDetection().startsWith("probe"))
                    .filter(alert -> !alert.getStatus().equals("withdrawn"))
                    .map(alert -> Alert.newBuilder(alert)
                            .setRevision(1)
                            .setChangeSummary(null)
                            .setEmittedAt(null)
                            .build())
                    .toList();
        }
    }

    private static String signIn(String time, String ip) {
        return RawEvents.signIn(RawEvents.ADMIN_ID, RawEvents.ADMIN, time, ip);
    }

    @Test
    void the_address_comes_from_the_sign_ins_around_the_act() {
        // When
        List<Alert> alerts = alerts(
                List.of(signIn("2026-03-01T11:50:00Z", OUTSIDE), POLICY, signIn("2026-03-01T15:00:00Z", OFFICE)));

        // Then
        assertThat(alerts)
                .extracting(alert -> alert.getSubject().getKind())
                .containsExactlyInAnyOrder("actor", "tenant");
        assertThat(alerts)
                .flatExtracting(Alert::getActors)
                .extracting(actor -> actor.getIp().orElseThrow(), AlertActor::getIpClass, AlertActor::getBasis)
                .containsOnly(org.assertj.core.api.Assertions.tuple(OUTSIDE, "external", "sign-in"));
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void in_any_order_they_get_the_same(@ForAll long seed) {
        // Given
        List<String> events = List.of(
                signIn("2026-03-01T11:50:00Z", OFFICE),
                POLICY,
                REGISTRATION,
                signIn("2026-03-01T12:05:00Z", OUTSIDE),
                signIn("2026-03-01T12:30:00Z", OFFICE));
        List<String> delivered = new ArrayList<>(events);
        delivered.add(REGISTRATION);
        Collections.shuffle(delivered, new Random(seed));

        // When
        List<Alert> alerts = alerts(delivered);

        // Then
        assertThat(alerts).isEqualTo(alerts(events)).hasSize(3);
        assertThat(alerts)
                .flatExtracting(Alert::getActors)
                .extracting(AlertActor::getIpClass)
                .containsOnly("external");
    }
}

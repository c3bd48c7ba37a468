package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Probe;
import io.rolecall.event.Subject;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.PolicyFile;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.Chunk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** An application that acts is a subject of its act, beside the application that it acts on. */
class InitiatorFactsTest {

    private static final String PROBE = "probe-of-initiators";
    private static final String OUTSIDE = "198.51.100.7";
    private static final String USER = """
            {"user":{"id":"%s","displayName":null,"userPrincipalName":"%s","ipAddress":"%s","roles":[]}}""".formatted(RawEvents.ADMIN_ID, RawEvents.ADMIN, OUTSIDE);

    private static final String GRANT = grant("crm", "Mail.ReadWrite");

    private static String grant(String app, String role) {
        return RawEvents.addAppRole(app, RawEvents.MAIL_READ_WRITE, role, "2026-03-02T10:00:00Z", OUTSIDE);
    }

    /** The same event, done by an application; without App ID where the log knows only its service principal. */
    private static String by(String app, boolean withAppId, String event) {
        assertThat(event).contains(USER);
        return event.replace(
                USER, """
                {"app":{"appId":%s,"displayName":"%s","servicePrincipalId":"%s","servicePrincipalName":null}}""".formatted(withAppId ? "\"" + RawEvents.appId(app) + "\"" : "null", app, RawEvents.spId(app)));
    }

    private static Subject application(String app) {
        return Subject.application(RawEvents.TENANT, RawEvents.appId(app));
    }

    /** One policy for all, whose version stands on every alert. */
    private static InProcessDetector detector(Catalogue catalogue) {
        return new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                catalogue,
                PolicyFile.defaults(Probe.beside(EveryAct.ofInitiators()).parameters()),
                List.of(DetectorHarness.OFFICE),
                DetectorHarness.CLOCK);
    }

    private static void feed(InProcessDetector detector, List<String> events) {
        for (String event : events) {
            detector.feed(
                    new Chunk(event.getBytes(StandardCharsets.UTF_8), "test.ndjson", new int[] {1}, new int[] {0}));
        }
    }

    private static List<AppEvent> initiated(InProcessDetector detector, String app) {
        return detector.stores().history().initiated(application(app)).acts();
    }

    private static List<AppEvent> acts(InProcessDetector detector, String app) {
        return detector.stores().history().acts(application(app)).acts();
    }

    /** What stands in the end: alerts that were withdrawn tell of the journey. */
    private static List<Alert> standing(InProcessDetector detector, boolean probed) {
        return detector.finish().stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .filter(alert -> alert.getDetection().equals(PROBE) == probed)
                .map(alert -> Alert.newBuilder(alert)
                        .setRevision(1)
                        .setChangeSummary(null)
                        .setEmittedAt(null)
                        .build())
                .toList();
    }

    @Test
    void an_act_is_a_fact_of_both_applications_each_with_its_part() {
        try (InProcessDetector detector = detector(Probe.beside(EveryAct.ofInitiators()))) {
            // When
            feed(detector, List.of(by("deployer", true, GRANT)));

            // Then
            assertThat(acts(detector, "crm")).singleElement().satisfies(act -> assertThat(act.getPart())
                    .isEmpty());
            assertThat(initiated(detector, "deployer")).singleElement().satisfies(act -> assertThat(act.getPart())
                    .contains("initiator"));
            assertThat(acts(detector, "deployer")).isEmpty();
            assertThat(initiated(detector, "crm")).isEmpty();
        }
    }

    @Test
    void the_initiators_copy_is_not_written_when_no_detection_reads_it() {
        try (InProcessDetector detector = detector(Probe.beside())) {
            // When
            feed(detector, List.of(by("deployer", true, GRANT)));

            // Then
            assertThat(acts(detector, "crm")).hasSize(1);
            assertThat(initiated(detector, "deployer")).isEmpty();
            assertThat(detector.stores().profiles().get(application("deployer")))
                    .isEmpty();
        }
    }

    @Test
    void what_an_application_does_to_others_gives_it_no_permission_and_no_name() {
        try (InProcessDetector detector = detector(Probe.beside(EveryAct.ofInitiators()))) {
            // When
            feed(detector, List.of(by("deployer", true, GRANT)));

            // Then
            assertThat(detector.stores().profiles().get(application("deployer")))
                    .hasValueSatisfying(profile -> {
                        assertThat(profile.getHeld()).isEmpty();
                        assertThat(profile.getDisplayName()).isEmpty();
                        assertThat(profile.getServicePrincipalId()).isEmpty();
                    });
            assertThat(standing(detector, true)).singleElement().satisfies(alert -> {
                assertThat(alert.getSubject().getId()).isEqualTo(RawEvents.appId("deployer"));
                assertThat(alert.getApplication().orElseThrow().getDisplayName())
                        .contains("deployer");
                assertThat(alert.getGroupKey()).isEqualTo(RawEvents.TENANT + "/" + RawEvents.appId("deployer"));
            });
        }
    }

    @Test
    void an_application_that_changes_itself_has_both_parts() {
        try (InProcessDetector detector = detector(Probe.beside(EveryAct.ofInitiators()))) {
            // When
            feed(
                    detector,
                    List.of(
                            by("crm", false, GRANT),
                            RawEvents.addServicePrincipal("crm", "2026-03-01T10:00:00Z", OUTSIDE)));
            standing(detector, true);

            // Then
            assertThat(acts(detector, "crm")).hasSize(2);
            assertThat(initiated(detector, "crm")).hasSize(1);
        }
    }

    @Test
    void the_app_id_that_is_learned_late_takes_the_act_with_it_and_the_other_alert_is_withdrawn() {
        try (InProcessDetector detector = detector(Probe.beside(EveryAct.ofInitiators()))) {
            // Given
            feed(detector, List.of(by("deployer", false, GRANT)));
            detector.driver().advanceWallClockTime(Duration.ofMinutes(3));

            // When
            feed(detector, List.of(RawEvents.addServicePrincipal("deployer", "2026-03-01T10:00:00Z", OUTSIDE)));

            // Then
            assertThat(detector.finish())
                    .filteredOn(alert -> alert.getDetection().equals(PROBE))
                    .extracting(alert -> alert.getSubject().getId(), Alert::getStatus)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.api.Assertions.tuple(RawEvents.appId("deployer"), "open"),
                            org.assertj.core.api.Assertions.tuple(
                                    "sp:" + RawEvents.TENANT + "/" + RawEvents.spId("deployer"), "withdrawn"));
        }
    }

    private static List<String> events() {
        List<String> events = new ArrayList<>();
        events.add(RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", OUTSIDE));
        events.add(RawEvents.addServicePrincipal("deployer", "2026-02-01T10:00:00Z", OUTSIDE));
        events.add(RawEvents.addServicePrincipal("crm", "2026-03-01T11:00:00Z", OUTSIDE));
        events.add(by("deployer", false, GRANT));
        events.add(by("deployer", true, grant("erp", "Mail.Send")));
        events.add(by("crm", false, grant("crm", "Mail.Read")));
        events.add(by(
                "deployer",
                false,
                RawEvents.addSecret("crm", "59eaeebc-8a6b-44a6-9f24-7d55e64420c9", "2026-03-03T10:00:00Z", OUTSIDE)));
        return events;
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void neither_the_order_nor_duplicates_nor_waiting_change_whose_alerts_stand(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<String> delivered = new ArrayList<>(events());
        delivered.add(delivered.get(random.nextInt(delivered.size())));
        Collections.shuffle(delivered, random);

        // When
        List<Alert> inOrder;
        List<Alert> inAnyOrder;
        try (InProcessDetector detector = detector(Probe.beside(EveryAct.ofInitiators()))) {
            feed(detector, events());
            inOrder = standing(detector, true);
        }
        try (InProcessDetector detector = detector(Probe.beside(EveryAct.ofInitiators()))) {
            for (String event : delivered) {
                feed(detector, List.of(event));
                if (random.nextInt(3) == 0) {
                    detector.driver().advanceWallClockTime(Duration.ofMinutes(3));
                }
            }
            inAnyOrder = standing(detector, true);
        }

        // Then
        assertThat(inOrder).hasSize(4);
        assertThat(inAnyOrder).isEqualTo(inOrder);
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void the_alerts_of_the_others_are_the_same_with_and_without_the_initiators_copies(@ForAll long seed) {
        // Given
        List<String> delivered = new ArrayList<>(events());
        Collections.shuffle(delivered, new Random(seed));

        // When
        List<Alert> with;
        List<Alert> without;
        try (InProcessDetector detector = detector(Probe.beside(EveryAct.ofInitiators()))) {
            feed(detector, delivered);
            with = standing(detector, false);
        }
        try (InProcessDetector detector = detector(Probe.beside())) {
            feed(detector, delivered);
            without = standing(detector, false);
        }

        // Then
        assertThat(without).isNotEmpty();
        assertThat(uninvestigated(with)).isEqualTo(uninvestigated(without));
    }

    /** Without the investigation, which tells what an application did itself as far as that is kept. */
    private static List<Alert> uninvestigated(List<Alert> alerts) {
        return alerts.stream()
                .map(alert -> Alert.newBuilder(alert).setInvestigation(null).build())
                .toList();
    }
}

package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Detection;
import io.rolecall.detection.rule.MailFlowTampering;
import io.rolecall.detection.rule.PrivilegedChangeAfterAccess;
import io.rolecall.event.Subject;
import io.rolecall.inprocess.InProcessDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whoever adds a credential asks the application what it can do; the answer comes, changes and goes with the application's history. */
class RiskyAccessTest {

    private static final String OUTSIDE = "198.51.100.7";
    private static final String UPN = "eve@contoso.com";
    private static final List<Detection> DETECTIONS =
            List.of(new MailFlowTampering(), new PrivilegedChangeAfterAccess());

    private static final String REGISTERED = RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", OUTSIDE);
    private static final String GRANTED = RawGrants.role("crm", "Mail.Read", "2026-03-02T10:00:00Z");
    private static final String TAKEN = RawGrants.roleTaken("crm", "Mail.Read", "2026-03-05T10:00:00Z");
    private static final String SECRET = byEve(true, secret("2026-03-10T10:00:00Z"));
    private static final String CONNECTOR = connector("2026-03-11T10:00:00Z");

    private static String secret(String time) {
        return RawEvents.addSecret("crm", RawEvents.id("key" + time), time, OUTSIDE);
    }

    private static String connector(String time) {
        return RawEvents.connector(UPN, time, OUTSIDE).replace("\"UserType\":5", "\"UserType\":2");
    }

    /** The same act by a person whose object id the event shows or not. */
    private static String byEve(boolean statesId, String event) {
        String user = event.substring(event.indexOf("\"initiatedBy\":"), event.indexOf(",\"targetResources\""));
        return event.replace(
                user,
                "\"initiatedBy\":{\"user\":{\"id\":%s,\"userPrincipalName\":\"%s\",\"ipAddress\":\"%s\"}}"
                        .formatted(statesId ? "\"" + RawEvents.id("eve") + "\"" : "null", UPN, OUTSIDE));
    }

    private static String userMade(String time) {
        return RawEvents.act("Add user", time, OUTSIDE, RawEvents.id("new" + time), "User", "[]");
    }

    /** An event from before, by which the service principal's App ID becomes known. */
    private static String added(String time) {
        return RawEvents.addServicePrincipal("crm", time, OUTSIDE);
    }

    /** A grant for everybody of an API that it names by its object id alone. */
    private static String ofUnnamedApi(String time) {
        return byEve(true, RawEvents.addDelegatedGrant("crm", "Mail.Read", time, OUTSIDE))
                .replace("\"displayName\":\"Microsoft Graph\"", "\"displayName\":null")
                .replace(RawEvents.id("delegated crm"), RawEvents.id("delegated crm" + time));
    }

    private static List<String> found(String... events) {
        List<String> all = new ArrayList<>(List.of(events));
        all.add(REGISTERED);
        return List.copyOf(ProbeRun.inOrder(DETECTIONS, "{}", all).values());
    }

    @Example
    void a_credential_is_risky_by_what_the_application_holds() {
        assertThat(found(GRANTED, SECRET, CONNECTOR))
                .singleElement()
                .asString()
                .startsWith("mail-flow-tampering | open | high");
        assertThat(found(SECRET, CONNECTOR)).isEmpty();
    }

    @Example
    void what_the_application_learns_later_changes_the_answer() {
        assertThat(found(CONNECTOR, SECRET, GRANTED)).hasSize(1);
        assertThat(found(CONNECTOR, SECRET, GRANTED, TAKEN)).isEmpty();
    }

    @Example
    void a_grant_after_the_credential_counts_within_a_month() {
        assertThat(found(SECRET, CONNECTOR, RawGrants.role("crm", "Mail.Read", "2026-04-09T10:00:00Z")))
                .hasSize(1);
        assertThat(found(SECRET, CONNECTOR, RawGrants.role("crm", "Mail.Read", "2026-04-09T10:01:01Z")))
                .isEmpty();
    }

    @Example
    void the_person_may_become_known_under_a_better_name_after_the_answer() {
        String withoutId = byEve(false, secret("2026-03-10T10:00:00Z"));
        String pair = byEve(true, RawEvents.addApplication("other", "2026-03-12T10:00:00Z", OUTSIDE));

        assertThat(found(GRANTED, withoutId, CONNECTOR)).hasSize(1);
        assertThat(found(GRANTED, withoutId, CONNECTOR, pair)).hasSize(1);
        assertThat(found(withoutId, CONNECTOR, pair, GRANTED)).hasSize(1);
    }

    @Example
    void only_who_adds_a_credential_asks_and_only_the_application_that_gets_it() {
        try (InProcessDetector detector = ProbeRun.detector(DETECTIONS, "{}")) {
            ProbeRun.feed(detector, List.of(RawGrants.by("robot", true, secret("2026-03-10T10:00:00Z"))));
            detector.finish();
            Subject robot = Subject.application(RawEvents.TENANT, RawEvents.appId("robot"));
            Subject crm = Subject.application(RawEvents.TENANT, RawEvents.appId("crm"));

            assertThat(detector.stores().inquiries().isAsked(robot)).isFalse();
            // The secret alone names the registration, of which the App ID is not known.
            ProbeRun.feed(detector, List.of(RawEvents.addApplication("crm", "2026-03-09T10:00:00Z", OUTSIDE)));
            detector.finish();
            assertThat(detector.stores().inquiries().isAsked(crm)).isTrue();
        }
        try (InProcessDetector detector = ProbeRun.detector(DETECTIONS, "{}")) {
            ProbeRun.feed(detector, List.of(GRANTED, RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", OUTSIDE)));
            detector.finish();

            assertThat(detector.stores()
                            .inquiries()
                            .isAsked(Subject.application(RawEvents.TENANT, RawEvents.appId("crm"))))
                    .as("a grant that names role and API asks nothing")
                    .isFalse();
        }
    }

    @Example
    void of_very_many_credentials_the_latest_are_told() {
        List<String> events = new ArrayList<>(List.of(REGISTERED, GRANTED));
        for (int i = 0; i < 80; i++) {
            events.add(byEve(true, secret("2026-03-10T10:%02d:%02dZ".formatted(i / 60, i % 60))));
        }
        events.add(CONNECTOR);

        assertThat(ProbeRun.inOrder(DETECTIONS, "{}", events).values())
                .singleElement()
                .asString()
                .contains("mail-flow-tampering | open | high");
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void any_order_gives_the_same_final_alerts(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<String> events = new ArrayList<>(ProbeRun.some(random, RiskyAccessTest::any));
        events.add(random.nextInt(events.size() + 1), REGISTERED);

        // When
        Map<String, String> inOrder = ProbeRun.inOrder(DETECTIONS, "{}", events);
        Map<String, String> inAnyOrder = ProbeRun.inAnyOrder(DETECTIONS, "{}", events, random);

        // Then
        assertThat(inAnyOrder).isEqualTo(inOrder);
    }

    private static String any(Random random) {
        String time = "2026-03-" + (10 + random.nextInt(9)) + "T10:00:0" + random.nextInt(10) + "Z";
        return switch (random.nextInt(12)) {
            case 0, 1 -> RawGrants.role("crm", "Mail.Read", time);
            case 2 -> RawGrants.roleTaken("crm", "Mail.Read", time);
            case 3, 4 -> byEve(random.nextBoolean(), secret(time));
            case 5 -> RawGrants.by("robot", random.nextBoolean(), secret(time));
            case 6 -> connector(time);
            case 7 -> connector(time).replace("smtp:*;1", "smtp:contoso.com;1");
            case 8 -> byEve(random.nextBoolean(), userMade(time));
            case 9 -> RawGrants.by("robot", random.nextBoolean(), userMade(time));
            case 10 ->
                random.nextBoolean() ? ofUnnamedApi(time) : byEve(true, RawGrants.role("crm", "Mail.Read", time));
            default -> random.nextBoolean() ? added(time) : RawEvents.addApplication("crm", time, OUTSIDE);
        };
    }
}

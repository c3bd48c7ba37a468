package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Detection;
import io.rolecall.detection.rule.GrantByApplication;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What decides about a gift stands in the history of the application that made it, which may become known at any time. */
class GrantByApplicationTest {

    private static final String OUTSIDE = "198.51.100.7";
    private static final String TIER_0 = "RoleManagement.ReadWrite.Directory";
    private static final String OTHER_TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String MICROSOFT = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";
    private static final List<Detection> DETECTIONS = List.of(new GrantByApplication());

    private static String by(String app, String event) {
        return RawGrants.by(app, false, event);
    }

    private static String forOneUser(String app, String scope, String time) {
        return RawEvents.addDelegatedGrant(app, scope, time, OUTSIDE)
                .replace("AllPrincipals", "Principal")
                .replace(RawEvents.id("delegated " + app), RawEvents.id("for one " + app + time));
    }

    private static final String GIVEN = by("robot", RawGrants.role("crm", "Mail.Read", "2026-03-10T10:00:00Z"));

    private static List<String> found(String... events) {
        return List.copyOf(ProbeRun.inOrder(DETECTIONS, "{}", List.of(events)).values());
    }

    @Example
    void a_gift_for_one_user_counts() {
        // When
        List<String> found = found(
                RawEvents.addServicePrincipal("crm", "2026-03-01T08:00:00Z", OUTSIDE),
                by("robot", forOneUser("crm", "Mail.Read", "2026-03-10T10:00:00Z")));

        // Then
        assertThat(found).singleElement().asString().contains("medium").contains("[Mail.Read]");
    }

    @Example
    void what_is_learned_later_decides() {
        // When
        List<String> unknown = found(GIVEN);
        List<String> registered = found(
                GIVEN,
                RawEvents.addApplication("robot", "2026-01-01T08:00:00Z", OUTSIDE),
                RawEvents.addServicePrincipal("robot", "2026-01-01T08:00:01Z", OUTSIDE));
        List<String> another = found(GIVEN, RawGrants.signIn("robot", OTHER_TENANT, "2026-03-20T08:00:00Z"));
        List<String> microsoft = found(GIVEN, RawGrants.signIn("robot", MICROSOFT, "2026-03-20T08:00:00Z"));

        // Then
        assertThat(unknown).singleElement().asString().contains("| medium |");
        assertThat(another).singleElement().asString().contains("| high |");
        assertThat(registered).singleElement().asString().contains("| high |");
        assertThat(microsoft).isEmpty();
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void neither_order_nor_copies_change_the_answers_and_the_alerts(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<String> events = ProbeRun.some(random, GrantByApplicationTest::any);

        // When
        Map<String, String> inOrder = ProbeRun.inOrder(DETECTIONS, "{}", events);
        Map<String, String> inAnyOrder = ProbeRun.inAnyOrder(DETECTIONS, "{}", events, random);

        // Then
        assertThat(inAnyOrder).isEqualTo(inOrder);
    }

    private static String any(Random random) {
        String time = "2026-03-" + (10 + random.nextInt(15)) + "T10:00:0" + random.nextInt(10) + "Z";
        String initiator = random.nextInt(4) == 0 ? "crm" : random.nextBoolean() ? "robot" : "gadget";
        return switch (random.nextInt(11)) {
            case 0 -> RawEvents.addApplication(initiator, time, OUTSIDE);
            case 1 -> RawEvents.addServicePrincipal(initiator, time, OUTSIDE);
            case 2 -> RawGrants.role(initiator, TIER_0, time);
            case 3 -> RawGrants.roleTaken(initiator, TIER_0, time);
            case 4 -> RawGrants.signIn(initiator, random.nextBoolean() ? OTHER_TENANT : MICROSOFT, time);
            case 5 -> RawGrants.roleTaken("crm", "Mail.Read", time);
            case 6, 7 -> by(initiator, forOneUser("crm", random.nextBoolean() ? "Mail.Read" : "User.Read", time));
            case 8 -> RawGrants.role("crm", "Mail.Read", time);
            default -> by(initiator, RawGrants.role("crm", random.nextBoolean() ? "Mail.Read" : TIER_0, time));
        };
    }
}

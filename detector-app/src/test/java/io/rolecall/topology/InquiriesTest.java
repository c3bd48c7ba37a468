package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Asking;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.ProbeCard;
import io.rolecall.detection.QuestionKind;
import io.rolecall.detection.Reads;
import io.rolecall.detection.read.ActingApplication;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * An application gives another a secret or a role. Who it is, only its own history tells: it is asked, and answers whenever it learns
 * something new of itself.
 */
class InquiriesTest {

    private static final String OUTSIDE = "198.51.100.7";
    private static final String TIER_0 = "RoleManagement.ReadWrite.Directory";
    private static final String OTHER_TENANT = "11111111-2222-3333-4444-555555555555";
    private static final Set<String> ACTS = Set.of(Operations.ADD_APP_ROLE, Operations.UPDATE_APPLICATION_CREDENTIALS);

    /** Finds what was done by an application that could make itself administrator then. */
    private record DoneByTierZero(ProbeCard card) implements ProbeCard.Carrying {

        DoneByTierZero() {
            this(new ProbeCard(
                    "done-by-tier-zero",
                    Set.of(SubjectKind.APPLICATION),
                    Reads.of(ACTS)
                            .asking(new Asking(
                                    QuestionKind.ACTING_APPLICATION,
                                    (act, policy) -> ACTS.contains(act.getOperation())))));
        }

        @Override
        public Evaluation evaluate(DetectionInput in) {
            List<Finding> findings = new ArrayList<>();
            for (AppEvent act : in.history().acts()) {
                if (ACTS.contains(act.getOperation())) {
                    ActingApplication.of(in.answers(act, QuestionKind.ACTING_APPLICATION))
                            .filter(by -> !by.heldAt(act.getEventTime()).isEmpty())
                            .ifPresent(by -> findings.add(finding(act, by)));
                }
            }
            return Evaluation.of(findings, List.of());
        }

        private static Finding finding(AppEvent act, ActingApplication by) {
            List<Permission> held = by.heldAt(act.getEventTime());
            String says = "owner " + by.ownerTenant().orElse("unknown") + ", registered "
                    + by.registered().map(Facts::time).orElse("never") + ", first seen "
                    + by.firstSeen().map(Facts::time).orElse("never") + ", holds "
                    + held.stream().map(Permission::value).collect(Collectors.joining(", "));
            return ProbeRun.finding(act.getEventId(), act, Severity.HIGH, says, held);
        }
    }

    private static final List<Detection> DETECTIONS = List.of(new DoneByTierZero());

    /** A fact of the robot that names its service principal alone. */
    private static String withoutAppId(String time) {
        return RawEvents.addDelegatedGrant("robot", "User.Read", time, OUTSIDE)
                .replace(RawEvents.id("delegated robot"), RawEvents.id("delegated robot" + time));
    }

    private static final String REGISTERED = RawEvents.addApplication("robot", "2026-03-01T08:00:00Z", OUTSIDE);
    private static final String ADDED = RawEvents.addServicePrincipal("robot", "2026-03-01T08:00:01Z", OUTSIDE);
    private static final String GRANTED = RawGrants.role("robot", TIER_0, "2026-03-02T10:00:00Z");
    private static final String GIVEN =
            RawGrants.by("robot", true, RawGrants.role("crm", "Mail.Read", "2026-03-10T10:00:00Z"));

    private static List<String> found(String... events) {
        return List.copyOf(ProbeRun.inOrder(DETECTIONS, "{}", List.of(events)).values());
    }

    @Example
    void the_application_that_acts_tells_who_it_is() {
        assertThat(found(REGISTERED, ADDED, GRANTED, GIVEN))
                .singleElement()
                .asString()
                .contains("owner " + RawEvents.TENANT)
                .contains("registered 2026-03-01T08:00:00Z")
                .contains("holds " + TIER_0);
    }

    @Example
    void it_answers_also_what_it_learns_later() {
        assertThat(found(GIVEN, GRANTED, REGISTERED))
                .singleElement()
                .asString()
                .contains("registered 2026-03-01T08:00:00Z")
                .contains("first seen 2026-03-01T08:00:00Z");
        assertThat(found(GIVEN, GRANTED, RawGrants.signIn("robot", OTHER_TENANT, "2026-02-20T08:00:00Z")))
                .singleElement()
                .asString()
                .contains("owner " + OTHER_TENANT)
                .contains("first seen 2026-02-20T08:00:00Z");
    }

    @Example
    void while_nothing_is_known_of_it_nothing_is_found() {
        assertThat(found(GIVEN)).isEmpty();
        assertThat(found(REGISTERED, ADDED, GIVEN)).isEmpty();
    }

    @Example
    void a_removal_before_the_act_that_comes_late_withdraws_the_finding() {
        assertThat(found(GRANTED, GIVEN, RawGrants.roleTaken("robot", TIER_0, "2026-03-05T10:00:00Z")))
                .isEmpty();
        assertThat(found(GRANTED, GIVEN, RawGrants.roleTaken("robot", TIER_0, "2026-03-15T10:00:00Z")))
                .hasSize(1);
    }

    @Example
    void the_app_id_of_the_application_that_acts_may_become_known_later() {
        String given = RawGrants.by("robot", false, RawGrants.role("crm", "Mail.Read", "2026-03-10T10:00:00Z"));

        assertThat(found(ADDED, GRANTED, given)).hasSize(1);
        try (InProcessDetector detector = ProbeRun.detector(DETECTIONS, "{}")) {
            ProbeRun.feed(detector, List.of(given, withoutAppId("2026-03-03T10:00:00Z")));
            assertThat(ProbeRun.standing(detector.finish())).isEmpty();
            Subject unresolved = Subject.unresolved(RawEvents.TENANT, RawEvents.spId("robot"));
            assertThat(detector.stores().inquiries().isAsked(unresolved)).isTrue();

            ProbeRun.feed(detector, List.of(GRANTED));

            assertThat(ProbeRun.standing(detector.finish()).values())
                    .singleElement()
                    .asString()
                    .contains("first seen 2026-03-02T10:00:00Z");
            assertThat(detector.stores().inquiries().isAsked(unresolved)).isFalse();
        }
    }

    @Example
    void the_app_id_of_the_application_that_is_acted_on_may_become_known_later() {
        String secret = RawGrants.by(
                "robot", true, RawEvents.addSecret("crm", RawEvents.id("key"), "2026-03-10T10:00:00Z", OUTSIDE));
        try (InProcessDetector detector = ProbeRun.detector(DETECTIONS, "{}")) {
            ProbeRun.feed(detector, List.of(GRANTED, secret));
            detector.finish();
            ProbeRun.feed(detector, List.of(RawEvents.addApplication("crm", "2026-03-09T08:00:00Z", OUTSIDE)));
            detector.finish();
            ProbeRun.feed(detector, List.of(REGISTERED));

            assertThat(ProbeRun.standing(detector.finish()).values())
                    .singleElement()
                    .asString()
                    .contains("registered 2026-03-01T08:00:00Z");
            assertThat(detector.stores()
                            .inquiries()
                            .isAsked(Subject.application(RawEvents.TENANT, RawEvents.appId("robot"))))
                    .isTrue();
        }
    }

    @Example
    void without_a_detection_that_asks_nothing_is_asked() {
        List<Detection> silent = List.of(new SilentProbe(ProbeRun.card("silent", SubjectKind.APPLICATION, ACTS)));
        try (InProcessDetector detector = ProbeRun.detector(silent, "{}")) {
            ProbeRun.feed(detector, List.of(REGISTERED, GRANTED, GIVEN));
            detector.finish();

            assertThat(detector.stores()
                            .inquiries()
                            .isAsked(Subject.application(RawEvents.TENANT, RawEvents.appId("robot"))))
                    .isFalse();
        }
        assertThat(ProbeRun.inOrder(
                        DETECTIONS, "detections: { done-by-tier-zero: { enabled: false } }", List.of(GRANTED, GIVEN)))
                .isEmpty();
    }

    private record SilentProbe(ProbeCard card) implements ProbeCard.Carrying {

        @Override
        public Evaluation evaluate(DetectionInput in) {
            return Evaluation.of(List.of(), List.of());
        }
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void any_order_gives_the_same_final_alerts(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<String> events = ProbeRun.some(random, InquiriesTest::any);

        // When
        Map<String, String> inOrder = ProbeRun.inOrder(DETECTIONS, "{}", events);
        Map<String, String> inAnyOrder = ProbeRun.inAnyOrder(DETECTIONS, "{}", events, random);

        // Then
        assertThat(inAnyOrder).isEqualTo(inOrder);
    }

    private static String any(Random random) {
        String time = "2026-03-" + (10 + random.nextInt(15)) + "T10:00:0" + random.nextInt(10) + "Z";
        return switch (random.nextInt(10)) {
            case 0 -> REGISTERED;
            case 1 -> ADDED;
            case 2 -> RawGrants.role("robot", TIER_0, time);
            case 3 -> RawGrants.roleTaken("robot", TIER_0, time);
            case 4 -> RawGrants.signIn("robot", random.nextBoolean() ? OTHER_TENANT : RawEvents.TENANT, time);
            case 5 -> RawEvents.addApplication("crm", time, OUTSIDE);
            case 6 -> withoutAppId(time);
            case 7 ->
                RawGrants.by(
                        "robot",
                        random.nextBoolean(),
                        RawEvents.addSecret("crm", RawEvents.id("key" + time), time, OUTSIDE));
            default ->
                RawGrants.by(
                        random.nextInt(4) == 0 ? "crm" : "robot",
                        random.nextBoolean(),
                        RawGrants.role("crm", random.nextBoolean() ? "Mail.Read" : TIER_0, time));
        };
    }

    @Example
    void the_questions_of_one_finding_are_bounded() {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            events.add(RawGrants.role("robot" + i, TIER_0, "2026-03-02T10:00:00Z"));
            events.add(RawGrants.by(
                    "robot" + i, true, RawGrants.role("crm", "Mail.Read", "2026-03-10T10:00:%02dZ".formatted(i))));
        }
        try (InProcessDetector detector = ProbeRun.detector(DETECTIONS, "{}")) {
            events.forEach(event -> ProbeRun.feed(detector, List.of(event)));
            detector.finish();
            Subject crm = Subject.application(RawEvents.TENANT, RawEvents.appId("crm"));
            DetectionInput input = new DetectionInput(
                    detector.stores().view(crm).orElseThrow(),
                    DetectorHarness.policy().settings("consent-burst"),
                    DetectorHarness.policy(),
                    io.rolecall.network.PrefixAddressTable.of(List.of()),
                    java.time.Duration.ofHours(1),
                    io.rolecall.detection.Interval.ALL);

            assertThat(input.answers(input.history().acts(), QuestionKind.ACTING_APPLICATION))
                    .hasSize(16)
                    .allSatisfy((question, reply) -> assertThat(reply.known()).isTrue())
                    .doesNotContainKey(question("robot16"))
                    .containsKey(question("robot15"));
        }
    }

    private static io.rolecall.detection.Question question(String app) {
        return new io.rolecall.detection.Question(
                QuestionKind.ACTING_APPLICATION, Subject.application(RawEvents.TENANT, RawEvents.appId(app)), "");
    }
}

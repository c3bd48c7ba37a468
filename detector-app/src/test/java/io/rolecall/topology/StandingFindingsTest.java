package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.EvaluationOrder;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Interval;
import io.rolecall.detection.ProbeCard;
import io.rolecall.detection.Reads;
import io.rolecall.detection.Standing;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Grant;
import io.rolecall.detection.read.Grants;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * A detection that builds on the findings of another: it finds an owner that is added within a week after a role was given that has
 * not been taken back. Of the roles it knows only what the other detection found.
 */
class StandingFindingsTest {

    private static final String OUTSIDE = "198.51.100.7";
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Set<String> OWNERS = Set.of(Operations.ADD_OWNER_TO_SERVICE_PRINCIPAL);

    /** Finds a role that was given and not taken back. Directory roles are high. */
    private record RoleStands(ProbeCard card) implements ProbeCard.Carrying {

        RoleStands() {
            this(ProbeRun.card(
                    "role-stands",
                    SubjectKind.APPLICATION,
                    Set.of(Operations.ADD_APP_ROLE, Operations.REMOVE_APP_ROLE)));
        }

        @Override
        public Evaluation evaluate(DetectionInput in) {
            Map<Permission, Grant> given = new LinkedHashMap<>();
            Grants.of(in.history().acts()).stream()
                    .filter(grant -> !grant.undone())
                    .forEach(grant -> given.putIfAbsent(grant.permission(), grant));
            List<Finding> findings = given.values().stream()
                    .map(grant -> ProbeRun.finding(
                            grant.permission().value(),
                            grant.act(),
                            grant.permission().value().startsWith("Role") ? Severity.HIGH : Severity.MEDIUM,
                            "given",
                            List.of(grant.permission())))
                    .toList();
            return Evaluation.of(findings, List.of());
        }
    }

    /** Looks only at the owners around what changed, as detections of very many acts do. */
    private record OwnerAfterRole(ProbeCard card) implements ProbeCard.Carrying {

        OwnerAfterRole(String... read) {
            this(named("owner-after-role", read));
        }

        private static ProbeCard named(String id, String... read) {
            return new ProbeCard(
                    id, Set.of(SubjectKind.APPLICATION), Reads.of(OWNERS).findingsOf(read));
        }

        @Override
        public Evaluation evaluate(DetectionInput in) {
            Instant to = in.focus().to().isAfter(Instant.MAX.minus(WEEK))
                    ? Instant.MAX
                    : in.focus().to().plus(WEEK);
            Interval covered = new Interval(in.focus().from(), to);
            List<Finding> findings = new ArrayList<>();
            for (AppEvent act : in.history().acts()) {
                if (OWNERS.contains(act.getOperation()) && covered.contains(act.getEventTime())) {
                    List<Standing> before = in.standing().stream()
                            .filter(one -> new Interval(act.getEventTime().minus(WEEK), act.getEventTime())
                                    .contains(one.anchorTime()))
                            .toList();
                    if (!before.isEmpty()) {
                        findings.add(finding(act, before));
                    }
                }
            }
            return new Evaluation(findings, List.of(), covered);
        }

        private static Finding finding(AppEvent act, List<Standing> before) {
            Severity worst = before.stream().map(Standing::severity).reduce(Severity.LOW, Severity::max);
            String says = before.stream()
                    .map(one -> one.detection() + " " + one.status() + " " + Facts.time(one.anchorTime()))
                    .collect(Collectors.joining(", "));
            List<Permission> permissions =
                    before.stream().flatMap(one -> one.permissions().stream()).toList();
            return ProbeRun.finding(act.getEventId(), act, worst, says, permissions);
        }
    }

    private static final List<Detection> DETECTIONS = List.of(new OwnerAfterRole("role-stands"), new RoleStands());

    private static String role(String role, String time) {
        return RawEvents.addAppRole("crm", RawEvents.id(role), role, time, OUTSIDE);
    }

    private static String roleTaken(String role, String time) {
        return role(role, time)
                .replace(
                        "Add app role assignment to service principal",
                        "Remove app role assignment from service principal")
                .replace(RawEvents.id("grant crm" + role), RawEvents.id("removal crm" + role + time));
    }

    private static String owner(String time) {
        return RawEvents.act(
                "Add owner to service principal",
                time,
                OUTSIDE,
                RawEvents.spId("crm"),
                "ServicePrincipal",
                "{\"displayName\":\"ServicePrincipal.AppId\",\"oldValue\":null,\"newValue\":\"\\\""
                        + RawEvents.appId("crm") + "\\\"\"}");
    }

    private static String principal() {
        return RawEvents.addServicePrincipal("crm", "2026-03-01T08:00:00Z", OUTSIDE);
    }

    private static List<String> found(List<String> events) {
        return ProbeRun.inOrder(DETECTIONS, "{}", events).values().stream()
                .filter(line -> line.startsWith("owner-after-role"))
                .toList();
    }

    @Example
    void a_finding_of_another_detection_decides() {
        assertThat(found(List.of(
                        principal(),
                        role("Mail.Read", "2026-03-02T10:00:00Z"),
                        role("RoleManagement.ReadWrite.Directory", "2026-03-03T10:00:00Z"),
                        owner("2026-03-05T10:00:00Z"))))
                .singleElement()
                .asString()
                .contains("| high |")
                .contains("role-stands open 2026-03-02")
                .contains("[Mail.Read, RoleManagement.ReadWrite.Directory]");
    }

    @Example
    void the_finding_falls_when_the_one_it_stands_on_is_withdrawn() {
        assertThat(found(List.of(
                        principal(),
                        role("Mail.Read", "2026-03-02T10:00:00Z"),
                        owner("2026-03-05T10:00:00Z"),
                        roleTaken("Mail.Read", "2026-03-04T10:00:00Z"))))
                .isEmpty();
    }

    @Example
    void the_fact_that_refutes_it_may_lie_far_from_its_anchor() {
        assertThat(found(List.of(
                        principal(),
                        role("Mail.Read", "2026-03-02T10:00:00Z"),
                        owner("2026-03-05T10:00:00Z"),
                        roleTaken("Mail.Read", "2026-04-28T10:00:00Z"))))
                .isEmpty();
    }

    @Example
    void a_finding_that_comes_late_is_read_by_an_act_of_days_later() {
        assertThat(found(
                        List.of(principal(), owner("2026-03-08T10:00:00Z"), role("Mail.Read", "2026-03-02T10:00:00Z"))))
                .hasSize(1);
    }

    @Example
    void what_a_suppressed_alert_says_stands_and_what_a_disabled_detection_said_does_not() {
        List<String> events =
                List.of(principal(), role("Mail.Read", "2026-03-02T10:00:00Z"), owner("2026-03-05T10:00:00Z"));
        String suppressed = "exceptions: [ { id: known, detections: [role-stands], match: { appId: '"
                + RawEvents.appId("crm") + "' }, reason: r, owner: o, expires: 2100-01-01 } ]";

        assertThat(ProbeRun.inOrder(DETECTIONS, suppressed, events).values())
                .anyMatch(line -> line.contains("owner-after-role") && line.contains("role-stands suppressed"));
        assertThat(ProbeRun.inOrder(DETECTIONS, "detections: { role-stands: { enabled: false } }", events))
                .isEmpty();
    }

    @Example
    void what_changed_is_told_within_the_revision_interval_too() {
        // Given
        try (InProcessDetector detector = ProbeRun.detector(DETECTIONS, "{}")) {
            ProbeRun.feed(
                    detector,
                    List.of(principal(), role("Mail.Read", "2026-03-02T10:00:00Z"), owner("2026-03-05T10:00:00Z")));
            ProbeRun.feed(detector, List.of(roleTaken("Mail.Read", "2026-03-04T10:00:00Z")));

            assertThat(detector.finish())
                    .extracting(Alert::getDetection, Alert::getStatus)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple("role-stands", "withdrawn"),
                            org.assertj.core.groups.Tuple.tuple("owner-after-role", "withdrawn"));
        }
    }

    @Example
    void the_explanation_of_an_application_evaluates_in_the_same_order() {
        // Given
        try (InProcessDetector detector = ProbeRun.detector(DETECTIONS, "{}")) {
            ProbeRun.feed(
                    detector,
                    List.of(principal(), role("Mail.Read", "2026-03-02T10:00:00Z"), owner("2026-03-05T10:00:00Z")));

            assertThat(detector.explained(new Asked(SubjectKind.APPLICATION, RawEvents.appId("crm"))))
                    .singleElement()
                    .satisfies(application -> assertThat(application.evaluate())
                            .allSatisfy((detection, evaluation) ->
                                    assertThat(evaluation.findings()).hasSize(1))
                            .hasSize(2));
        }
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void any_order_gives_the_same_final_alerts(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<String> events = new ArrayList<>(List.of(principal()));
        for (int i = 2 + random.nextInt(8); i > 0; i--) {
            String role = List.of("Mail.Read", "Mail.Send", "RoleManagement.ReadWrite.Directory")
                    .get(random.nextInt(3));
            String time = "2026-03-" + (10 + random.nextInt(20)) + "T10:00:0" + random.nextInt(10) + "Z";
            events.add(
                    switch (random.nextInt(3)) {
                        case 0 -> role(role, time);
                        case 1 -> roleTaken(role, time);
                        default -> owner(time);
                    });
        }

        // When
        Map<String, String> inOrder = ProbeRun.inOrder(DETECTIONS, "{}", events);
        Map<String, String> inAnyOrder = ProbeRun.inAnyOrder(DETECTIONS, "{}", events, random);

        // Then
        assertThat(inAnyOrder).isEqualTo(inOrder);
    }

    @Example
    void a_detection_that_reads_findings_is_never_read_itself() {
        List<Detection> detections = List.of(
                new RoleStands(),
                new OwnerAfterRole("role-stands"),
                new OwnerAfterRole(OwnerAfterRole.named("third", "owner-after-role")));

        assertThatThrownBy(() -> ProbeRun.detector(detections, "{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Detection third reads the findings of owner-after-role, which reads findings itself: such a"
                                + " detection is never read.");
    }

    @Example
    void findings_are_read_of_detections_of_the_same_kind_of_subject_that_are_there() {
        Detection reader = new OwnerAfterRole("role-stands");
        Detection ofActors = new RoleStands(ProbeRun.card("role-stands", SubjectKind.ACTOR, OWNERS));

        assertThatThrownBy(() -> EvaluationOrder.of(List.of(reader)))
                .hasMessage("Detection owner-after-role reads the findings of role-stands, which is not among the"
                        + " detections.");
        assertThatThrownBy(() -> EvaluationOrder.of(List.of(ofActors, reader)))
                .hasMessage(
                        "Detection owner-after-role reads the findings of role-stands, which does not evaluate the same"
                                + " kinds of subjects.");
    }

    @Example
    void those_that_read_come_after_those_that_do_not() {
        assertThat(EvaluationOrder.of(DETECTIONS))
                .extracting(detection -> detection.id())
                .containsExactly("role-stands", "owner-after-role");
    }
}

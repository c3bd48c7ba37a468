package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.ActorHistory;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Interval;
import io.rolecall.detection.Probe;
import io.rolecall.detection.TenantHistory;
import io.rolecall.event.Subject;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.network.PrefixAddressTable;
import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyFile;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.Chunk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A fact is written once for each subject of which some detection reads it. */
class SubjectKindsTest {

    private static final Subject ACTOR = Subject.actor(RawEvents.TENANT, RawEvents.ADMIN_ID);
    private static final Subject APPLICATION = Subject.application(RawEvents.TENANT, RawEvents.appId("crm"));
    private static final Subject WHOLE_TENANT = Subject.tenant(RawEvents.TENANT);
    private static final List<Subject> SUBJECTS = List.of(APPLICATION, ACTOR, WHOLE_TENANT);
    private static final String OUTSIDE = "198.51.100.7";

    private static final List<String> EVENTS = List.of(
            RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", OUTSIDE),
            RawEvents.addServicePrincipal("crm", "2026-03-01T10:00:01Z", OUTSIDE),
            RawEvents.consent("crm", RawEvents.ADMIN, "Mail.Read", "2026-03-01T11:00:00Z")
                    .replace(RawEvents.id("user " + RawEvents.ADMIN), RawEvents.ADMIN_ID),
            RawEvents.act(
                    "Add owner to service principal",
                    "2026-03-01T10:30:00Z",
                    OUTSIDE,
                    RawEvents.spId("crm"),
                    "ServicePrincipal",
                    """
                    {"displayName":"ServicePrincipal.AppId","oldValue":null,"newValue":"\\"%s\\""}""".formatted(RawEvents.appId("crm"))),
            RawEvents.act(
                    "Update authorization policy",
                    "2026-03-01T12:00:00Z",
                    OUTSIDE,
                    RawEvents.id("policy"),
                    "Policy",
                    """
                    {"displayName":"PermissionGrantPolicyIdsAssignedToDefaultUserRole","oldValue":"[]","newValue":"[\\"x\\"]"}"""));

    private static final List<String> OF_THE_APPLICATION =
            List.of("add-application", "add-service-principal", "add-owner-to-service-principal");

    private static InProcessDetector fed(Catalogue catalogue) {
        InProcessDetector detector = new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                catalogue,
                PolicyFile.defaults(catalogue.parameters()),
                List.of(),
                DetectorHarness.CLOCK);
        for (String event : EVENTS) {
            detector.feed(
                    new Chunk(event.getBytes(StandardCharsets.UTF_8), "test.ndjson", new int[] {1}, new int[] {0}));
        }
        return detector;
    }

    private static List<List<String>> operations(Catalogue catalogue) {
        try (InProcessDetector detector = fed(catalogue)) {
            return SUBJECTS.stream()
                    .map(subject -> detector.stores().history().acts(subject).acts().stream()
                            .map(AppEvent::getOperation)
                            .toList())
                    .toList();
        }
    }

    @Test
    void with_detections_of_applications_alone_the_application_gets_the_fact() {
        // When
        List<List<String>> operations = operations(Probe.beside());

        // Then
        assertThat(operations).containsExactly(OF_THE_APPLICATION, List.of(), List.of());
    }

    @Test
    void a_person_gets_what_a_detection_of_people_reads_and_nothing_else() {
        // When
        List<List<String>> operations = operations(Probe.beside(EveryAct.ofActors()));

        // Then
        assertThat(operations)
                .containsExactly(
                        OF_THE_APPLICATION,
                        List.of("add-application", "consent-to-application", "update-authorization-policy"),
                        List.of());
    }

    @Test
    void a_tenant_gets_what_a_detection_of_tenants_reads() {
        // When
        List<List<String>> operations = operations(Probe.beside(EveryAct.ofTenants()));

        // Then
        assertThat(operations).containsExactly(OF_THE_APPLICATION, List.of(), List.of("update-authorization-policy"));
    }

    @Test
    void every_kind_of_subject_has_a_history_of_its_own() {
        Catalogue catalogue = Probe.beside(EveryAct.ofActors(), EveryAct.ofTenants());
        Policy policy = PolicyFile.defaults(catalogue.parameters());
        try (InProcessDetector detector = fed(catalogue)) {
            // When
            List<DetectionInput> inputs = SUBJECTS.stream()
                    .map(subject -> new DetectionInput(
                            detector.stores().view(subject).orElseThrow(),
                            policy.settings("probe-of-actors"),
                            policy,
                            PrefixAddressTable.of(List.of()),
                            Duration.ofHours(1),
                            Interval.ALL))
                    .toList();

            // Then
            assertThat(inputs.get(0).application()).isInstanceOf(ApplicationHistory.class);
            assertThat(inputs.get(1).actor()).isInstanceOf(ActorHistory.class);
            assertThat(inputs.get(2).tenant()).isInstanceOf(TenantHistory.class);
            assertThatThrownBy(() -> inputs.get(1).application())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ApplicationHistory");
            assertThat(Stream.of(inputs.get(0).history(), inputs.get(2).history()))
                    .noneMatch(ActorHistory.class::isInstance);
        }
    }
}

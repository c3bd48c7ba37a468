package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.ActorHistory;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Interval;
import io.rolecall.detection.TenantHistory;
import io.rolecall.event.Subject;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.network.PrefixAddressTable;
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
                    "Update authorization policy",
                    "2026-03-01T12:00:00Z",
                    OUTSIDE,
                    RawEvents.id("policy"),
                    "Policy",
                    """
                    {"displayName":"PermissionGrantPolicyIdsAssignedToDefaultUserRole","oldValue":"[]","newValue":"[\\"x\\"]"}"""));

    private static InProcessDetector fed(List<Detection> detections) {
        InProcessDetector detector = new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(), Probe.policy(), List.of(), DetectorHarness.CLOCK, detections);
        for (String event : EVENTS) {
            detector.feed(
                    new Chunk(event.getBytes(StandardCharsets.UTF_8), "test.ndjson", new int[] {1}, new int[] {0}));
        }
        return detector;
    }

    private static List<List<String>> operations(List<Detection> detections) {
        try (InProcessDetector detector = fed(detections)) {
            return SUBJECTS.stream()
                    .map(subject -> detector.stores().history().acts(subject).acts().stream()
                            .map(AppEvent::getOperation)
                            .toList())
                    .toList();
        }
    }

    @Test
    void withDetectionsOfApplicationsAloneTheApplicationGetsTheFact() {
        // When
        List<List<String>> operations = operations(Catalogue.all());

        // Then
        assertThat(operations)
                .containsExactly(List.of("add-application", "add-service-principal"), List.of(), List.of());
    }

    @Test
    void aPersonGetsWhatADetectionOfPeopleReadsAndNothingElse() {
        // When
        List<List<String>> operations = operations(Probe.besideTheCatalogue(Probe.ofActors()));

        // Then
        assertThat(operations)
                .containsExactly(
                        List.of("add-application", "add-service-principal"),
                        List.of("add-application", "consent-to-application", "update-authorization-policy"),
                        List.of());
    }

    @Test
    void aTenantGetsWhatADetectionOfTenantsReads() {
        // When
        List<List<String>> operations = operations(Probe.besideTheCatalogue(Probe.ofTenants()));

        // Then
        assertThat(operations)
                .containsExactly(
                        List.of("add-application", "add-service-principal"),
                        List.of(),
                        List.of("update-authorization-policy"));
    }

    @Test
    void everyKindOfSubjectHasAHistoryOfItsOwn() {
        try (InProcessDetector detector = fed(Probe.besideTheCatalogue(Probe.ofActors(), Probe.ofTenants()))) {
            // When
            List<DetectionInput> inputs = SUBJECTS.stream()
                    .map(subject -> new DetectionInput(
                            detector.stores().view(subject).orElseThrow(),
                            Probe.policy().settings("probe-of-actors"),
                            Probe.policy(),
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

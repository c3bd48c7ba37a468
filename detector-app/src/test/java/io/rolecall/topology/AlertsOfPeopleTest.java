package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.alert.AlertIds;
import io.rolecall.alert.AlertRenderer;
import io.rolecall.alert.OcsfChecker;
import io.rolecall.alert.OcsfFinding;
import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Blindness;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Probe;
import io.rolecall.event.Acts;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.explain.Explanation;
import io.rolecall.incident.OutputFormat;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.PolicyFile;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.Chunk;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts on people and tenants are whole alerts, and what led to them can be explained. */
class AlertsOfPeopleTest {

    private static final Catalogue CATALOGUE = Probe.beside(EveryAct.ofActors(), EveryAct.ofTenants());

    private static final String POLICY = RawEvents.act(
            "Update authorization policy",
            "2026-03-01T12:00:00Z",
            "198.51.100.7",
            RawEvents.id("policy"),
            "Policy",
            """
            {"displayName":"PermissionGrantPolicyIdsAssignedToDefaultUserRole","oldValue":"[]","newValue":"[\\"x\\"]"}""");

    private static InProcessDetector fed(Catalogue catalogue, Set<SubjectKind> keptInFull) {
        InProcessDetector detector = new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                catalogue,
                PolicyFile.defaults(catalogue.parameters()),
                List.of(DetectorHarness.OFFICE),
                DetectorHarness.CLOCK,
                keptInFull);
        detector.feed(new Chunk(POLICY.getBytes(StandardCharsets.UTF_8), "test.ndjson", new int[] {1}, new int[] {0}));
        return detector;
    }

    private static InProcessDetector probed() {
        return fed(CATALOGUE, Set.of());
    }

    private static Alert alert(InProcessDetector detector, String kind) {
        return detector.finish().stream()
                .filter(alert -> alert.getSubject().getKind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static Subject subject(String kind) {
        return kind.equals("actor")
                ? Subject.actor(RawEvents.TENANT, RawEvents.ADMIN_ID)
                : Subject.tenant(RawEvents.TENANT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"actor", "tenant"})
    void an_alert_names_its_subject_and_is_a_group_of_its_own(String kind) {
        try (InProcessDetector detector = probed()) {
            // When
            Alert alert = alert(detector, kind);

            // Then
            AppEvent act =
                    detector.stores().history().acts(subject(kind)).acts().get(0);
            assertThat(alert.getSubject().getId()).isEqualTo(subject(kind).id());
            assertThat(alert.getAlertId())
                    .isEqualTo(AlertIds.of(
                            "probe-of-" + kind + "s",
                            RawEvents.TENANT,
                            subject(kind).id(),
                            List.of(Acts.id(act))));
            assertThat(alert.getGroupKey()).isEqualTo(alert.getAlertId());
            assertThat(alert.getApplication()).isEmpty();
            assertThat(alert.getContainment())
                    .noneMatch(step -> step.getAction().contains("application")
                            || step.getAction().contains("service principal"));
        }
    }

    @ParameterizedTest
    @CsvSource({"actor,open", "actor,contained", "actor,suppressed", "tenant,open", "tenant,contained"})
    void every_format_takes_it(String kind, String status) throws IOException {
        try (InProcessDetector detector = probed()) {
            // Given
            Alert alert = Alert.newBuilder(alert(detector, kind))
                    .setStatus(status)
                    .setSuppressedBy(status.equals("suppressed") ? "x" : null)
                    .build();

            for (OutputFormat format : OutputFormat.values()) {
                // When
                StringWriter text = new StringWriter();
                AlertRenderer renderer = format.renderer(100, false, true);
                renderer.alert(alert, text);
                renderer.end(text);

                // Then
                assertThat(text.toString())
                        .as(format.label())
                        .contains(subject(kind).id());
            }
            assertThat(OcsfChecker.problems(OcsfFinding.of(alert, true))).isEmpty();
        }
    }

    private static String explained(InProcessDetector detector, Asked asked) {
        StringWriter text = new StringWriter();
        List<Alert> alerts = detector.finish();
        new Explanation(
                        new PrintWriter(text),
                        new Blindness(Map.of("entra-audit update-authorization-policy", 1L)),
                        PolicyFile.defaults(CATALOGUE.parameters()))
                .print(detector.explained(asked), explained -> alerts);
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {RawEvents.ADMIN_ID, RawEvents.ADMIN, "ADMIN@CONTOSO.COM"})
    void a_person_is_explained_by_any_of_their_names(String asked) {
        try (InProcessDetector detector = probed()) {
            // When
            String text = explained(detector, new Asked(SubjectKind.ACTOR, asked));

            // Then
            assertThat(text)
                    .contains(
                            "Actor " + RawEvents.ADMIN_ID + " in tenant " + RawEvents.TENANT + ", 1 act known",
                            "admin@contoso.com",
                            "timeline:",
                            "addresses:",
                            "198.51.100.7 (external): 1 act",
                            "probe-of-actors: fired",
                            "  alert rc-")
                    .doesNotContain("probe-of-tenants", "single-tenant-app-abuse", "No detection evaluates");
        }
    }

    @Test
    void a_tenant_is_explained() {
        try (InProcessDetector detector = probed()) {
            // When
            String text = explained(detector, new Asked(SubjectKind.TENANT, RawEvents.TENANT));

            // Then
            assertThat(text)
                    .contains("Tenant " + RawEvents.TENANT + ", 1 act known", "timeline:", "probe-of-tenants: fired")
                    .doesNotContain("probe-of-actors");
        }
    }

    @Test
    void what_no_detection_reads_is_kept_for_whoever_asks_in_files() {
        // Given
        Catalogue shipped = Catalogue.shipped();
        Catalogue ofApplications = Catalogue.of(
                shipped.all().stream()
                        .filter(detection -> detection.subjects().equals(Set.of(SubjectKind.APPLICATION)))
                        .toList(),
                id -> shipped.page(shipped.byId(id).orElseThrow()));
        try (InProcessDetector detector = fed(ofApplications, Set.of(SubjectKind.ACTOR))) {
            // When
            String text = explained(detector, new Asked(SubjectKind.ACTOR, RawEvents.ADMIN));

            // Then
            assertThat(text).contains("1 act known", "timeline:", "No detection evaluates people yet.");
            assertThat(detector.explained(new Asked(SubjectKind.TENANT, RawEvents.TENANT)))
                    .isEmpty();
        }
    }
}

package io.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.network.NetworksFile;
import io.rolecall.policy.PolicyFile;
import io.rolecall.schema.Alert;
import io.rolecall.source.split.Chunk;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys, grants, tenancies and consents count while they live: through {@code scan}, and as records in either order. */
class LifetimesTest {

    private static final Path FAULTS = Path.of("src/test/resources/faults");
    private static final Path NETWORKS = FAULTS.resolve("networks-variants.csv");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static String shown(String severity, String status, String detection) {
        return severity + " " + status + " " + detection;
    }

    /** What {@code scan} raises above informational. */
    private List<String> scanned(Path file, String... more) throws IOException {
        out.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(
                List.of("scan", file.toString(), "--networks", NETWORKS.toString(), "--format", "ndjson"));
        arguments.addAll(List.of(more));
        int code = TestConsole.run(out, err, Map.of(), "", arguments.toArray(String[]::new));
        assertThat(code).isEqualTo(ExitCode.DONE);
        List<String> alerts = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            JsonNode alert = new ObjectMapper().readTree(line);
            alerts.add(shown(
                    alert.path("severity").asText(),
                    alert.path("status").asText(),
                    alert.path("detection").asText()));
        }
        return aboveInformational(alerts);
    }

    /** The same of its lines as one record each. */
    private static List<String> asRecords(List<String> lines) {
        try (InProcessDetector detector = new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                Catalogue.shipped(),
                PolicyFile.defaults(Catalogue.shipped().parameters()),
                NetworksFile.read(NETWORKS),
                Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC))) {
            int line = 0;
            for (String record : lines) {
                line++;
                detector.feed(
                        new Chunk(record.getBytes(StandardCharsets.UTF_8), "records", new int[] {line}, new int[] {0}));
            }
            List<String> alerts = new ArrayList<>();
            for (Alert alert : detector.finish()) {
                alerts.add(shown(alert.getSeverity(), alert.getStatus(), alert.getDetection()));
            }
            return aboveInformational(alerts);
        }
    }

    private static List<String> aboveInformational(List<String> alerts) {
        return alerts.stream()
                .filter(alert -> !alert.startsWith("informational") && !alert.contains(" withdrawn "))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "17-dead-key.ndjson, high open mailbox-wide-access-granted",
        "18-two-and-admin.ndjson,",
        "05-multi-to-single.ndjson, critical open single-tenant-app-abuse; high open mailbox-wide-access-granted",
        "44-removed.ndjson, high contained illicit-consent",
    })
    void what_lived_when_it_mattered_counts(String file, String expected) throws IOException {
        // Given
        List<String> lines = Files.readAllLines(FAULTS.resolve(file));
        List<String> backwards = new ArrayList<>(lines);
        Collections.reverse(backwards);
        List<String> right = expected == null ? List.of() : List.of(expected.split("; "));

        // When
        List<String> scanned = scanned(FAULTS.resolve(file));

        // Then
        assertThat(scanned).isEqualTo(right);
        assertThat(asRecords(lines)).isEqualTo(right);
        assertThat(asRecords(backwards)).isEqualTo(right);
    }

    @Test
    void a_role_on_every_mailbox_is_read_and_stands_in_the_alert_of_a_credential() throws IOException {
        // Given
        String earlier =
                Files.readString(FAULTS.resolve("18-app-grants-app.json")).replace("2026-", "2025-");
        Path role = Files.writeString(folder.resolve("role.ndjson"), earlier);
        String secret = Files.readAllLines(FAULTS.resolve("17-dead-key.ndjson"))
                .get(1)
                .replace("2025-03-01", "2025-03-03")
                .replace("c44b5b69-e440-f06a-95fd-670719f42a8b", "aaaaaaaa-0000-4000-8000-00000000000a");
        Path both = Files.writeString(folder.resolve("both.ndjson"), earlier + "\n" + secret + "\n");

        // When
        List<String> alone = scanned(role);
        List<String> withSecret = scanned(both);

        // Then
        List<String> ofTheRole = List.of(
                "medium open application-creation-burst",
                "high open mailbox-wide-access-granted",
                "medium open grant-by-application");
        assertThat(alone).containsExactlyInAnyOrderElementsOf(ofTheRole);
        assertThat(err.toString()).contains("3 in = 3 decoded").doesNotContain("rejected, ");
        assertThat(withSecret)
                .containsAll(ofTheRole)
                .hasSize(ofTheRole.size() + 1)
                .contains("high open credential-on-privileged-app");
        assertThat(out.toString())
                .contains("{\"resource\":\"exchange-online\",\"value\":\"full_access_as_app\",\"type\":\"application\","
                        + "\"tier\":\"mailbox-wide\"}");
    }

    @Test
    void labels_that_no_network_has_and_former_names_are_warned_about_but_nothing_that_nobody_wrote()
            throws IOException {
        // Given
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                detections: { single-tenant-app-abuse: { permission-set: permissive } }
                trusted-automation:
                  - servicePrincipalId: 22222222-2222-3333-4444-555555555555
                    networks: [build-farm, office]
                    may: [assign-directory-role]
                """);

        // When
        scanned(FAULTS.resolve("17-dead-key.ndjson"), "--policy", policy.toString());

        // Then
        assertThat(err.toString().lines().filter(line -> line.startsWith("warning: ")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("policy.yaml:1", "permission-sets: [permissive]"),
                        line -> assertThat(line).contains("'build-farm'"));
    }

    @Test
    void an_id_that_is_no_guid_ends_the_run_with_its_line() throws IOException {
        // Given
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                trusted-automation:
                  - servicePrincipalId: pipeline
                    networks: [office]
                    may: [create-application]
                """);

        // When
        int code = TestConsole.run(out, err, Map.of(), "", "scan", FAULTS.toString(), "--policy", policy.toString());

        // Then
        assertThat(code).isEqualTo(ExitCode.BAD_CONFIGURATION);
        assertThat(err.toString()).contains("policy.yaml:2", "servicePrincipalId");
    }
}

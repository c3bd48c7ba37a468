package io.rolecall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolecall.detection.Catalogue;
import io.rolecall.scenario.CaseEvent;
import io.rolecall.scenario.Scenario;
import io.rolecall.scenario.ScenarioFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDiffTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2027-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACTS = """
            detection: single-tenant-app-abuse
            people: { mallory: outside, admin: office }
            cases:
            - name: three applications
              networks: [ { cidr: 198.51.100.0/24, label: office } ]
              events:
              - { at: +0d, by: mallory, do: register-application, app: Payroll Sync }
              - { at: +9d, by: mallory, do: assign-app-role, app: Payroll Sync, role: Mail.ReadWrite }
              - { at: +0d1h, by: admin, do: register-application, app: Office Scanner, from: 198.51.100.7 }
              - { at: +1d, by: admin, do: assign-app-role, app: Office Scanner, role: User.Read.All, from: 198.51.100.7 }
              - { at: +1d1h, by: admin, do: assign-app-role, app: Office Scanner, role: Mail.Read, from: 198.51.100.7 }
              - { at: +2d, by: mallory, do: register-application, app: Root, tenancy: multi }
              - { at: +3d, by: mallory, do: assign-app-role, app: Root, role: RoleManagement.ReadWrite.Directory }
              expect: []
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path log = Path.of("");
    private Path networks = Path.of("");
    private Path defaults = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Scenario.Case acts = ScenarioFile.read(
                        "acts", ACTS, path -> Files.readAllBytes(Path.of(path)), Catalogue.shipped())
                .cases()
                .get(0);
        log = folder.resolve("log.ndjson");
        Files.write(
                log,
                acts.events().stream()
                        .map(CaseEvent::event)
                        .map(event -> new String(event, UTF_8))
                        .toList());
        networks = file("networks.csv", "cidr,label\n198.51.100.0/24,office\n");
        defaults = file("defaults.yaml", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // policy | change | detection | old | new | setting | condition
                "detections: { single-tenant-app-abuse: { require-external-ip: false } } | appears"
                        + " | single-tenant-app-abuse | none | medium"
                        + " | detections.single-tenant-app-abuse.require-external-ip"
                        + " | It was granted from an address that is not the organisation's",
                "detections: { single-tenant-app-abuse: { window: 1d } } | severity"
                        + " | single-tenant-app-abuse | critical | high"
                        + " | detections.single-tenant-app-abuse.window"
                        + " | It was granted within the window, after which the severity is one lower",
                "detections: { privileged-role-granted: { severity: low } } | severity | privileged-role-granted | high"
                        + " | low | detections.privileged-role-granted.severity | ''",
                "detections: { privileged-role-granted: { enabled: false } } | vanishes | privileged-role-granted"
                        + " | high | none | detections.privileged-role-granted.enabled | ''",
                "permission-sets: { tier-0: { remove: [ { resource: microsoft-graph, value:"
                        + " RoleManagement.ReadWrite.Directory } ] } } | vanishes | privileged-role-granted | high | none"
                        + " | permission-sets.tier-0"
                        + " | A role of the sets tier-0, permissive was granted",
                "exceptions: [ { id: known, detections: [ privileged-role-granted ], match: { tenantId: TENANT },"
                        + " reason: r, owner: o, expires: 2099-01-01 } ] | status | privileged-role-granted | high | high"
                        + " | exceptions.known | ''"
            })
    void a_difference_is_told_with_the_setting_and_the_condition_that_made_it(
            String policy, String change, String detection, String old, String now, String setting, String condition)
            throws IOException {
        // Given
        Path changed = file("new.yaml", policy.replace("TENANT", tenant()));

        // When
        int code = diff(changed, "--format", "ndjson");

        // Then
        assertThat(code).isEqualTo(ExitCode.DONE);
        JsonNode found = Objects.requireNonNull(changes().get(detection), out::toString);
        assertThat(found.path("change").asText()).isEqualTo(change);
        assertThat(found.at("/old/severity").asText("none")).isEqualTo(old);
        assertThat(found.at("/new/severity").asText("none")).isEqualTo(now);
        assertThat(found.findValuesAsText("setting")).containsExactly(setting);
        assertThat(Set.copyOf(found.findValuesAsText("condition")))
                .isEqualTo(condition.isEmpty() ? Set.of() : Set.of(condition));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "detections: { single-tenant-app-abuse: { require-external-ip: false, window: 1d } }",
                "detections: { undeclared-permission: { enabled: false }, mailbox-wide-access-granted: { severity: low } }",
                "permission-sets: { permissive: { remove: [ { resource: microsoft-graph, value: Mail.Read } ] } }"
            })
    void two_scans_agree_with_it(String policy) throws IOException {
        // Given
        Path changed = file("new.yaml", policy);
        Map<String, String> byOld = scan(defaults);
        Map<String, String> byNew = scan(changed);

        // When
        diff(changed, "--format", "ndjson");

        // Then
        Set<String> differing = new TreeSet<>(byOld.keySet());
        differing.addAll(byNew.keySet());
        differing.removeIf(id -> byOld.getOrDefault(id, "").equals(byNew.getOrDefault(id, "")));
        Map<String, JsonNode> told = lines().stream()
                .collect(Collectors.toMap(line -> line.path("alertId").asText(), line -> line));
        assertThat(told.keySet()).isEqualTo(differing);
        told.forEach((id, line) -> {
            assertThat(side(line.path("old"))).isEqualTo(byOld.getOrDefault(id, ""));
            assertThat(side(line.path("new"))).isEqualTo(byNew.getOrDefault(id, ""));
        });
    }

    @Test
    void as_a_gate_it_passes_what_was_expected_and_refuses_anything_else() throws IOException {
        // Given
        Path changed = file("new.yaml", "detections: { undeclared-permission: { enabled: false } }");
        diff(changed, "--format", "ndjson");
        Path same = file("expected.ndjson", out.toString());
        Path none = file("none.ndjson", "");
        Path more = file("more.ndjson", out + "{\"alertId\":\"rc-1\",\"change\":\"appears\"}\n");

        // When
        int asExpected = diff(changed, "--expect", same.toString());
        int unexpected = diff(changed, "--expect", none.toString());
        int missing = diff(changed, "--expect", more.toString());

        // Then
        assertThat(asExpected).isEqualTo(ExitCode.DONE);
        assertThat(unexpected).isEqualTo(ExitCode.FOUND);
        assertThat(missing).isEqualTo(ExitCode.FOUND);
        assertThat(err.toString())
                .contains("as expected in " + same)
                .contains("not expected: vanishes rc-")
                .contains("expected and not there: appears rc-1");
    }

    @Test
    void a_line_that_is_no_difference_is_an_error_of_the_file_with_its_line() throws IOException {
        // Given
        Path wrong = file("expected.ndjson", "\n{\"alertId\":1}\n");

        // When
        int code = diff(defaults, "--expect", wrong.toString());

        // Then
        assertThat(code).isEqualTo(ExitCode.BAD_CONFIGURATION);
        assertThat(err.toString())
                .contains(wrong + ":2: no difference: a line is a JSON object with the texts alertId");
    }

    @Test
    void the_text_names_the_alert_both_sides_the_setting_and_the_condition() throws IOException {
        // Given
        Path changed = file("new.yaml", "detections: { single-tenant-app-abuse: { require-external-ip: false } }");

        // When
        diff(changed);

        // Then
        assertThat(out.toString())
                .contains("appears   New single-tenant application given Mail.Read: Office Scanner")
                .contains("none -> medium, open")
                .contains("detections.single-tenant-app-abuse.require-external-ip: true -> false")
                .contains(
                        "old: not met: It was granted from an address that is not the organisation's: from 198.51.100.7"
                                + " (organization network office).");
        assertThat(err.toString()).contains("1 appear, 0 vanish, 0 of another severity, 0 of another status");
    }

    private int diff(Path changed, String... more) {
        out.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of(
                "policy",
                "diff",
                defaults.toString(),
                changed.toString(),
                "--over",
                log.toString(),
                "--networks",
                networks.toString()));
        arguments.addAll(List.of(more));
        return TestConsole.run(CLOCK, out, err, Map.of(), "", arguments.toArray(String[]::new));
    }

    private Map<String, String> scan(Path policy) throws IOException {
        out.getBuffer().setLength(0);
        TestConsole.run(
                CLOCK,
                out,
                err,
                Map.of(),
                "",
                "scan",
                log.toString(),
                "--networks",
                networks.toString(),
                "--policy",
                policy.toString());
        Map<String, String> found = new TreeMap<>();
        lines().forEach(alert -> found.put(alert.path("alertId").asText(), side(alert)));
        return found;
    }

    private static String side(JsonNode alert) {
        return alert.isMissingNode()
                ? ""
                : alert.path("severity").asText() + " " + alert.path("status").asText();
    }

    /** One change a detection: there is one application that each is about. */
    private Map<String, JsonNode> changes() throws IOException {
        Map<String, JsonNode> found = new TreeMap<>();
        lines().forEach(line -> found.put(line.path("detection").asText(), line));
        return found;
    }

    private List<JsonNode> lines() throws JsonProcessingException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private String tenant() throws IOException {
        out.getBuffer().setLength(0);
        scan(defaults);
        return lines().get(0).path("tenantId").asText();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}

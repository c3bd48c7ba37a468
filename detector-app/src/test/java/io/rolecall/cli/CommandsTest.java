package io.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {

    private static final String APP = "7a1f0c52-93f6-4b7e-9a40-2f1f6f0b6a11";
    private static final String PRINCIPAL = "0f9d6c1e-55f0-4b3e-8f0e-1a2b3c4d5e6f";
    private static final String TENANT = "3b1c9a44-7d2e-4e0b-9a6f-0c5d8e7f6a21";

    /** A registration of a single-tenant application, in the shape of a diagnostic record. */
    private static final String REGISTRATION = record(
            "2024-05-01T08:00:00.1234567Z",
            "Add application",
            "5d0a3f31-2a4f-4f6f-9a55-7c3c7d1d2e01",
            "{\"id\":\"c1d2e3f4-0000-4000-8000-000000000001\",\"displayName\":\"Backup Sync\",\"type\":\"Application\","
                    + "\"modifiedProperties\":[" + property("AppId", "[\\\"" + APP + "\\\"]") + ","
                    + property("AvailableToOtherTenants", "[false]") + "]}");

    /** A grant of Graph's Mail.Read to it. */
    private static final String GRANT = record(
            "2024-05-03T09:00:00.1234567Z",
            "Add app role assignment to service principal",
            "5d0a3f31-2a4f-4f6f-9a55-7c3c7d1d2e02",
            "{\"id\":\"8429eb5c-faeb-4ade-8eac-acc003790769\",\"displayName\":\"Microsoft Graph\","
                    + "\"type\":\"ServicePrincipal\",\"modifiedProperties\":["
                    + property("AppRole.Id", "\\\"810c84a8-4a9e-49e6-bf7d-12d183f40d01\\\"") + ","
                    + property("AppRole.Value", "\\\"Mail.Read\\\"") + ","
                    + property("ServicePrincipal.ObjectID", "\\\"" + PRINCIPAL + "\\\"") + ","
                    + property("ServicePrincipal.AppId", "\\\"" + APP + "\\\"") + ","
                    + property(
                            "TargetId.ServicePrincipalNames",
                            "\\\"00000003-0000-0000-c000-000000000000;" + "https://graph.microsoft.com\\\"")
                    + "]}");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void scan_raises_the_alert_of_a_registration_and_a_grant_from_outside() throws IOException {
        // Given
        Path log = file("audit.ndjson", REGISTRATION + "\n" + GRANT + "\n");
        Path networks = file("networks.csv", "cidr,label\n198.51.100.0/24,office\n");

        // When
        int code = run("", "scan", log.toString(), "--networks", networks.toString(), "--fail-on", "high");

        // Then
        assertThat(code).isEqualTo(ExitCode.FOUND);
        JsonNode alert =
                new ObjectMapper().readTree(out.toString().lines().findFirst().orElse(""));
        assertThat(alert.path("detection").asText()).isEqualTo("single-tenant-app-abuse");
        assertThat(alert.path("severity").asText()).isEqualTo("critical");
        assertThat(alert.path("application").path("appId").asText()).isEqualTo(APP);
        assertThat(err.toString())
                .contains("total of 1 file: 2 in = 2 decoded + 0 duplicate + 0 skipped + 0 rejected")
                .contains("blind: consent-burst")
                .doesNotContain("hint");
    }

    @Test
    void scan_accounts_for_duplicates_and_rejects() throws IOException {
        // Given
        Path log = file("audit.json", "{\"records\":[" + REGISTRATION + "," + REGISTRATION + ",{\"a\":1},{\"cut");
        file("readme.md", "no log");

        // When
        int code = run(
                "", "scan", folder.toString(), folder.resolve("missing.json").toString());

        // Then
        assertThat(code).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(err.toString())
                .contains(log + ": 4 in = 1 decoded + 1 duplicate + 0 skipped + 2 rejected")
                .contains(log + ":1/2: rejected, not-an-event")
                .contains(log + ":1/3: rejected, truncated")
                .contains("readme.md: not read")
                .contains("missing.json: no such file")
                .contains("hint: no networks are loaded");
    }

    @ParameterizedTest
    @CsvSource({
        "empty.json,''",
        "blank.ndjson,'\n\n'",
        "none.json,'[]'",
        "batch.json,'{\"records\":[]}'",
        "header.csv,'A,B'"
    })
    void scan_that_found_no_element_says_so_and_ends_with_four(String name, String content) throws IOException {
        // Given
        Path log = file(name, content);

        // When
        int code = run("", "scan", log.toString(), "--fail-on", "low");

        // Then
        assertThat(code).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(err.toString())
                .contains("total of 1 file: 0 in = 0 decoded + 0 duplicate + 0 skipped + 0 rejected")
                .contains("0 alerts")
                .contains("rolecall: no element was found in any input");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void scan_of_no_log_at_all_ends_with_four() throws IOException {
        // Given
        Path nothing = Files.createDirectory(folder.resolve("nothing"));
        Path others = Files.createDirectory(folder.resolve("others"));
        Files.writeString(others.resolve("report.pdf"), "no log");

        // When
        int ofNothing = run("", "scan", nothing.toString());
        int ofOthers = run("", "scan", others.toString());

        // Then
        assertThat(ofNothing).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(ofOthers).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(err.toString())
                .contains("report.pdf: not read (no log file)")
                .contains("rolecall: no element was found in any input");
    }

    @Test
    void scan_of_elements_that_are_skipped_or_rejected_has_looked_at_something() throws IOException {
        // Given
        Path log = file("a.ndjson", "{\"a\":1}\n");

        // When
        int code = run("", "scan", log.toString());

        // Then
        assertThat(code).isZero();
        assertThat(err.toString()).contains("1 rejected").doesNotContain("no element");
    }

    @Test
    void scan_writes_every_format_to_a_file() throws IOException {
        // Given
        Path log = file("audit.ndjson", REGISTRATION + "\n" + GRANT + "\n");

        for (String format : new String[] {"ndjson", "ocsf", "table", "timesketch", "incidents", "incidents-ocsf"}) {
            Path target = folder.resolve("alerts." + format);

            // When
            int code = run("", "scan", log.toString(), "--format", format, "--output", target.toString());

            // Then
            assertThat(code).isZero();
            assertThat(target).content().isNotBlank();
            assertThat(out.toString()).isEmpty();
        }
    }

    @Test
    void decode_prints_one_event_a_line_from_standard_input() throws IOException {
        // When
        int code = run(
                REGISTRATION + "\n{\"broken\n",
                "decode",
                "-",
                "--rejects",
                folder.resolve("r.ndjson").toString());

        // Then
        assertThat(code).isZero();
        JsonNode event = new ObjectMapper().readTree(out.toString());
        assertThat(event.path("operation").asText()).isEqualTo("add-application");
        assertThat(event.path("appId").asText()).isEqualTo(APP);
        assertThat(event.path("position").asText()).isEqualTo("-:1/0");
        assertThat(err.toString()).contains("-:2/0: rejected, ").contains("2 in = 1 decoded");
        assertThat(folder.resolve("r.ndjson")).content().contains("\"position\":\"-:2/0\"");
    }

    @Test
    void explain_tells_the_conditions_and_the_blind_detections() throws IOException {
        // Given
        Path log = file("audit.ndjson", REGISTRATION + "\n" + GRANT + "\n");

        // When
        int code = run("", "explain", "--app", APP, log.toString());

        // Then
        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("single-tenant-app-abuse: fired")
                .contains("consent-burst: did not fire")
                .contains("blind: no ")
                .contains(log + ":1/0");
    }

    @Test
    void explain_shows_name_timeline_and_addresses() throws IOException {
        // Given
        Path log = file("audit.ndjson", GRANT + "\n" + REGISTRATION + "\n");
        Path networks = file("networks.csv", "cidr,label\n198.51.100.0/24,office\n");

        // When
        int code = run("", "explain", "--app", APP, log.toString(), "--networks", networks.toString());

        // Then
        assertThat(code).isZero();
        assertThat(out.toString().lines().toList())
                .containsSubsequence(
                        "  'Backup Sync', object id c1d2e3f4-0000-4000-8000-000000000001, service principal "
                                + PRINCIPAL + ", registered 2024-05-01T08:00:00Z, single tenancy",
                        "timeline:",
                        "  2024-05-01T08:00:00Z  admin@contoso.com registered the application 'Backup Sync'"
                                + " (single tenant), from 203.0.113.77 (external)",
                        "  2024-05-03T09:00:00Z  admin@contoso.com granted the application permission Mail.Read on"
                                + " Microsoft Graph to " + APP + ", from 203.0.113.77 (external)",
                        "addresses:",
                        "  203.0.113.77 (external): 2 acts, 2024-05-01T08:00:00Z to 2024-05-03T09:00:00Z");
    }

    @Test
    void explain_says_of_an_address_what_the_timeline_says_of_it() throws IOException {
        // Given a registration that the token service wrote, a grant from the office and an interrupted sign-in
        String written = REGISTRATION.replace(
                "\"additionalDetails\":[]", "\"additionalDetails\":[{\"key\":\"User-Agent\",\"value\":\"EvoSTS\"}]");
        String granted = GRANT.replace("203.0.113.77", "198.51.100.7");
        String interrupted = "{\"time\":\"2024-05-04T09:00:00Z\",\"category\":\"SignInLogs\",\"tenantId\":\"" + TENANT
                + "\",\"properties\":{\"id\":\"s1\",\"createdDateTime\":\"2024-05-04T09:00:00Z\",\"appId\":\"" + APP
                + "\",\"userId\":\"e4c722ac-3b83-478d-8f52-c388885dc301\",\"userPrincipalName\":\"ann@contoso.com\","
                + "\"ipAddress\":\"203.0.113.99\",\"isInteractive\":true,\"status\":{\"errorCode\":65001}}}";
        Path log = file("audit.ndjson", written + "\n" + granted + "\n" + interrupted + "\n");
        Path networks = file("networks.csv", "cidr,label\n198.51.100.0/24,office\n");

        // When
        int code = run("", "explain", "--app", APP, log.toString(), "--networks", networks.toString());

        // Then
        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("'Backup Sync' (single tenant), from 203.0.113.77 (microsoft-service)")
                .contains(", 2 acts known\n");
        assertThat(out.toString().lines().toList())
                .containsSubsequence(
                        "addresses:",
                        "  203.0.113.99 (external): 1 interrupted sign-in, 2024-05-04T09:00:00Z to 2024-05-04T09:00:00Z",
                        "  203.0.113.77 (microsoft-service): 1 act, 2024-05-01T08:00:00Z to 2024-05-01T08:00:00Z",
                        "  198.51.100.7 (organization office): 1 act, 2024-05-03T09:00:00Z to 2024-05-03T09:00:00Z");
    }

    @Test
    void explain_counts_the_acts_of_users_too() throws IOException {
        // Given
        String assigned = record(
                "2024-05-02T08:00:00.1234567Z",
                "Add app role assignment grant to user",
                "5d0a3f31-2a4f-4f6f-9a55-7c3c7d1d2e03",
                "{\"id\":\"" + PRINCIPAL
                        + "\",\"displayName\":\"Backup Sync\",\"type\":\"ServicePrincipal\",\"modifiedProperties\":["
                        + property("AppRole.Id", "\\\"00000000-0000-0000-0000-000000000000\\\"") + ","
                        + property("User.ObjectID", "\\\"e4c722ac-3b83-478d-8f52-c388885dc301\\\"") + ","
                        + property("User.UPN", "\\\"ann@contoso.com\\\"") + ","
                        + property("TargetId.ServicePrincipalNames", "\\\"" + APP + "\\\"") + "]}");
        Path log = file("audit.ndjson", assigned + "\n");

        // When
        run("", "explain", "--app", APP, log.toString());

        // Then
        assertThat(out.toString()).contains(", 1 act known\n").contains("2024-05-02T08:00:00Z  admin@contoso.com");
    }

    @Test
    void explain_takes_every_id_and_the_name_in_any_case() throws IOException {
        // Given
        Path log = file("audit.ndjson", REGISTRATION + "\n" + GRANT + "\n");

        for (String id : new String[] {
            APP.toUpperCase(Locale.ROOT), "C1D2E3F4-0000-4000-8000-000000000001", PRINCIPAL, "backup SYNC"
        }) {
            // When
            int code = run("", "explain", "--app", id, log.toString());

            // Then
            assertThat(code).as(id).isZero();
            assertThat(out.toString()).startsWith("Application " + APP + " in tenant ");
        }
    }

    @Test
    void explain_lists_applications_of_one_name() throws IOException {
        // Given
        String other = "11111111-2222-4333-8444-555555555555";
        String second = REGISTRATION
                .replace(APP, other)
                .replace("c1d2e3f4-0000-4000-8000-000000000001", "c1d2e3f4-0000-4000-8000-000000000002")
                .replace("5d0a3f31-2a4f-4f6f-9a55-7c3c7d1d2e01", "5d0a3f31-2a4f-4f6f-9a55-7c3c7d1d2e09");
        Path log = file("audit.ndjson", REGISTRATION + "\n" + GRANT + "\n" + second + "\n");

        // When
        int code = run("", "explain", "--app", "Backup Sync", log.toString());

        // Then
        assertThat(code).isZero();
        assertThat(out.toString())
                .startsWith("2 applications are meant")
                .contains(APP + "  'Backup Sync'", other + "  'Backup Sync'", "service principal " + PRINCIPAL)
                .doesNotContain("timeline:");
    }

    @Test
    void explain_of_what_nobody_knows_ends_with_one_and_prints_nothing() throws IOException {
        // Given
        Path log = file("audit.ndjson", REGISTRATION + "\n");

        for (String id : new String[] {PRINCIPAL, "Backup", "00000000-0000-4000-8000-00000000000f"}) {
            // When
            int code = run("", "explain", "--app", id, log.toString());

            // Then
            assertThat(code).as(id).isEqualTo(ExitCode.FOUND);
            assertThat(out.toString()).isEmpty();
            assertThat(err.toString()).contains("nothing is known of '" + id + "'");
        }
    }

    @Test
    void explain_tells_what_a_person_did_by_any_of_their_names() throws IOException {
        // Given
        Path log = file("audit.ndjson", REGISTRATION + "\n" + GRANT + "\n");

        // When
        int code = run("", "explain", "--actor", "ADMIN@contoso.com", log.toString());

        // Then
        assertThat(code).isZero();
        assertThat(out.toString())
                .contains(
                        "Actor ", " acts known", "timeline:", "addresses:", "application-creation-burst: did not fire");
    }

    @Test
    void explain_of_a_person_or_a_tenant_that_nobody_knows_ends_with_one() throws IOException {
        // Given
        Path log = file("audit.ndjson", REGISTRATION + "\n");

        // When
        int person = run("", "explain", "--actor", "nobody@contoso.com", log.toString());
        String ofPerson = err.toString();
        int tenant = run("", "explain", "--tenant", "00000000-0000-4000-8000-00000000000f", log.toString());

        // Then
        assertThat(person).isEqualTo(ExitCode.FOUND);
        assertThat(tenant).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString()).isEmpty();
        assertThat(ofPerson)
                .contains(
                        "nothing is known of 'nobody@contoso.com': it is no object id, user principal name or PUID of a"
                                + " person in these files");
        assertThat(err.toString()).contains("it is no id of a tenant in these files");
    }

    @Test
    void explain_asks_about_one_at_a_time() throws IOException {
        // Given
        Path log = file("audit.ndjson", REGISTRATION + "\n");

        // When
        int both = run("", "explain", "--app", APP, "--actor", "admin@contoso.com", log.toString());
        int none = run("", "explain", log.toString());

        // Then
        assertThat(both).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(none).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void lists_and_shows_the_detections() {
        // When
        int listed = run("", "detections", "list");
        int shown = run("", "detections", "show", "consent-burst");

        // Then
        assertThat(listed).isZero();
        assertThat(shown).isZero();
        assertThat(out.toString())
                .contains("Parameters (policy: detections.consent-burst)")
                .contains("threshold: 3 [2 to 30] - ")
                .contains("window: 1d [1m to 30d] - ");
    }

    @Test
    void refuses_wrong_usage_with_code_two() {
        for (String[] arguments : new String[][] {
            {},
            {"scan"},
            {"scan", "x.json", "--format", "xml"},
            {"scan", "x.json", "--fail-on", "severe"},
            {"detections"},
            {"detections", "show", "no-such"},
            {"nonsense"},
            {"decode", "--nonsense"}
        }) {
            // When
            int code = run("", arguments);

            // Then
            assertThat(code).as(String.join(" ", arguments)).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(err.toString()).contains("rolecall: ").doesNotContain("\tat ");
        }
    }

    @Test
    void refuses_a_bad_policy_with_line_field_and_code_three() throws IOException {
        // Given
        Path policy = file("policy.yaml", "detections:\n  consent-burst: { windw: 3d }\n");

        // When
        int code = run("", "policy", "validate", "--policy", policy.toString());

        // Then
        assertThat(code).isEqualTo(ExitCode.BAD_CONFIGURATION);
        assertThat(err.toString())
                .contains(policy + ":2: detections.consent-burst.windw")
                .doesNotContain("\tat ");
    }

    @Test
    void warns_loudly_of_an_exception_that_has_expired() throws IOException {
        // Given
        Path log = file("audit.ndjson", REGISTRATION + "\n");
        Path policy = file(
                "policy.yaml",
                "exceptions:\n  - { id: old-vendor, detections: [consent-burst], match: { appId: " + APP
                        + " }, reason: trial, owner: soc, expires: 2025-06-01 }\n");

        // When
        int code = run("", "scan", log.toString(), "--policy", policy.toString());

        // Then
        assertThat(code).isZero();
        assertThat(err.toString()).contains("EXPIRED exception old-vendor (soc)");
    }

    @Test
    void prints_a_policy_that_reads_back_to_the_same_version() throws IOException {
        // Given
        run("", "policy", "print");
        Path printed = file("printed.yaml", out.toString());

        // When
        int code = run("", "policy", "validate", "--policy", printed.toString());

        // Then
        assertThat(code).isZero();
        String version = out.toString().strip().replaceAll(".* ", "");
        assertThat(printed).content().contains(version);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void tells_the_version_and_help_of_every_command() {
        for (String command :
                new String[] {"scan", "decode", "explain", "detections", "policy", "generate-completion"}) {
            // When
            int code = run("", command, "--help");

            // Then
            assertThat(code).isZero();
            assertThat(out.toString())
                    .contains("Usage: rolecall " + command)
                    .contains("1 --fail-on, --fail-on-diff or a test found something, or explain knows");
        }
        assertThat(run("", "--version")).isZero();
        assertThat(run("", "generate-completion")).isZero();
    }

    @Test
    void fails_a_case_that_does_not_come_out_and_writes_junit() throws IOException {
        // Given
        Path scenario = file(
                "s.yaml",
                "detection: single-tenant-app-abuse\ncases:\n  - name: fires\n    events:\n      - " + REGISTRATION
                        + "\n      - " + GRANT + "\n    expect: [ { appId: " + APP
                        + ", permissions: [Mail.Read] } ]\n  - name: wrongly silent\n    events:\n      - "
                        + REGISTRATION
                        + "\n      - " + GRANT + "\n    delivery: [in-order]\n    expect: []\n");
        Path junit = folder.resolve("junit.xml");

        // When
        int code = run("", "detections", "test", scenario.toString(), "--junit", junit.toString());

        // Then
        assertThat(code).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString())
                .contains("ok      single-tenant-app-abuse: fires")
                .contains("not expected: ");
        assertThat(junit).content().contains("failures=\"1\"").contains("name=\"wrongly silent\"");
    }

    @Test
    void refuses_a_bad_scenario_with_code_three() throws IOException {
        // Given
        Path scenario = file(
                "s.yaml", "detection: none-such\ncases:\n  - nme: x\n    events: []\n    expect: [ { appid: y } ]\n");

        // When
        int code = run("", "detections", "test", scenario.toString());

        // Then
        assertThat(code).isEqualTo(ExitCode.BAD_CONFIGURATION);
        assertThat(err.toString())
                .contains("s.yaml:1: detection")
                .contains("appid")
                .contains("nme");
    }

    private int run(String stdin, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return TestConsole.run(out, err, Map.of(), stdin, arguments);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static String property(String name, String value) {
        return "{\"displayName\":\"" + name + "\",\"oldValue\":null,\"newValue\":\"" + value + "\"}";
    }

    private static String record(String time, String operation, String correlation, String target) {
        return "{\"time\":\"" + time + "\",\"operationName\":\"" + operation
                + "\",\"category\":\"AuditLogs\",\"tenantId\":\""
                + TENANT + "\",\"correlationId\":\"" + correlation + "\",\"callerIpAddress\":\"203.0.113.77\","
                + "\"properties\":{\"id\":\"Directory_" + correlation + "_ABCDE_1\",\"activityDisplayName\":\""
                + operation
                + "\",\"activityDateTime\":\"" + time.replace("Z", "+00:00") + "\",\"correlationId\":\"" + correlation
                + "\",\"result\":\"success\",\"initiatedBy\":{\"user\":{\"id\":\"e4c722ac-3b83-478d-8f52-c388885dc30f\","
                + "\"userPrincipalName\":\"admin@contoso.com\",\"ipAddress\":\"203.0.113.77\"}},\"targetResources\":["
                + target + "],\"additionalDetails\":[]}}";
    }
}

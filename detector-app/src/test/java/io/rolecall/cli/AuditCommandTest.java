package io.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code audit}: its output, its baseline, its exit codes. */
class AuditCommandTest {

    private static final String APP = "Payroll Sync";
    private static final String[] ACTS = {
        "at: +0d, by: admin, do: register-application, app: Payroll Sync, roles: [Mail.ReadWrite]",
        "at: +9d, by: mallory, do: assign-app-role, app: Payroll Sync, role: Mail.ReadWrite",
        "at: +9d1h, by: mallory, do: add-credential, app: Payroll Sync, named: '=cmd|calc'",
        "at: +10d, do: application-sign-in, app: Payroll Sync, key: key",
        "at: +11d, by: ann, do: consent, app: Viewer, scopes: [Mail.Read, offline_access]",
        "at: +12d, by: mallory, do: change-redirect-uris, app: Payroll Sync, add: 'http://payroll.example.net/a'"
    };
    private static final String NETWORKS = "cidr,label\n203.0.113.0/24,office\n";

    @TempDir
    private Path folder;

    private AuditRun audit(String... options) throws IOException {
        Path networks = Files.writeString(folder.resolve("networks.csv"), NETWORKS);
        List<String> arguments = new ArrayList<>(
                List.of(AuditRun.acts(folder, "acts.ndjson", ACTS).toString(), "--networks", networks.toString()));
        arguments.addAll(List.of(options));
        return AuditRun.with(arguments.toArray(String[]::new));
    }

    @Test
    void an_entry_tells_what_the_application_may_do_since_when_and_by_whom() throws IOException {
        // Given
        String[] options = {};

        // When
        AuditRun run = audit(options);

        // Then
        JsonNode entry = run.of(APP);
        assertThat(run.exitCode).isZero();
        assertThat(entry.path("kind").asText()).isEqualTo("application");
        assertThat(entry.path("registeredBy").asText()).isEqualTo("admin@contoso.com");
        assertThat(entry.path("state").asText()).isEqualTo("enabled");
        assertThat(entry.path("tenancy").asText()).isEqualTo("single");
        JsonNode permission = entry.path("permissions").get(0);
        assertThat(permission.path("value").asText()).isEqualTo("Mail.ReadWrite");
        assertThat(permission.path("type").asText()).isEqualTo("application");
        assertThat(permission.path("tier").asText()).isEqualTo("mailbox-wide");
        assertThat(permission.path("for").asText()).isEqualTo("everybody");
        assertThat(permission.path("by").asText()).isEqualTo("mallory@contoso.com");
        assertThat(permission.path("since").asText()).startsWith("2026-01-10T00:00:00");
        assertThat(entry.path("owners").get(0).path("name").asText()).isEqualTo("admin@contoso.com");
        assertThat(entry.path("credentials").get(0).path("by").asText()).isEqualTo("mallory@contoso.com");
        assertThat(entry.path("lastUsed").asText()).startsWith("2026-01-11T00:00:00");
        assertThat(entry.path("lastAuthorised").asText()).startsWith("2026-01-10T00:00:00");
        assertThat(entry.path("asOf").asText()).startsWith("2026-01-13T00:00:00");
    }

    @Test
    void open_alerts_stand_there_with_their_ids_and_the_incident_of_their_group() throws IOException {
        // Given
        String[] options = {};

        // When
        AuditRun run = audit(options);

        // Then
        JsonNode entry = run.of(APP);
        assertThat(entry.path("severity").asText()).isEqualTo("critical");
        assertThat(entry.path("alerts").get(0).path("detection").asText()).isEqualTo("single-tenant-app-abuse");
        assertThat(entry.path("alerts").get(0).path("alertId").asText()).matches("rc-[0-9a-f]{40}");
        assertThat(entry.path("incidentId").asText())
                .isEqualTo("ri-" + sha256(entry).substring(0, 40));
    }

    private static String sha256(JsonNode entry) {
        return io.rolecall.event.Hashes.sha256(
                entry.path("tenantId").asText() + "/" + entry.path("appId").asText());
    }

    @Test
    void two_audits_are_equal_byte_for_byte_whatever_the_order_and_the_copies() throws IOException {
        // Given
        AuditRun first = audit();
        List<String> events = new ArrayList<>(Files.readAllLines(folder.resolve("acts.ndjson")));
        events.addAll(events.subList(0, events.size() / 2));
        Collections.shuffle(events, new Random(7));
        Path shuffled = Files.write(folder.resolve("shuffled.ndjson"), events);

        // When
        AuditRun again = audit();
        AuditRun other = AuditRun.with(
                shuffled.toString(),
                "--networks",
                folder.resolve("networks.csv").toString());

        // Then
        assertThat(again.out).isEqualTo(first.out).isNotEmpty();
        assertThat(other.out).isEqualTo(first.out);
    }

    @Test
    void a_baseline_leaves_what_is_new_changed_and_gone() throws IOException {
        // Given
        Path before = folder.resolve("before.ndjson");
        audit("--output", before.toString());
        String[] later = {
            ACTS[0],
            ACTS[1],
            ACTS[2],
            ACTS[3],
            ACTS[4],
            ACTS[5],
            "at: +20d, do: application-sign-in, app: Payroll Sync, key: key",
            "at: +21d, by: mallory, do: assign-app-role, app: Payroll Sync, role: Files.Read.All",
            "at: +22d, by: admin, do: register-application, app: Newcomer",
            "at: +23d, by: admin, do: delete-service-principal, app: Viewer"
        };
        Path acts = AuditRun.acts(folder, "later.ndjson", later);

        // When
        AuditRun run = AuditRun.with(
                acts.toString(),
                "--networks",
                folder.resolve("networks.csv").toString(),
                "--baseline",
                before.toString());

        // Then
        assertThat(run.entries())
                .extracting(entry -> entry.path("change").asText() + " "
                        + entry.path("displayName").asText())
                .containsExactly("changed Payroll Sync", "new Newcomer", "gone Viewer");
        assertThat(AuditRun.texts(run.of(APP).path("changes")))
                .contains(
                        "new permission Files.Read.All of Microsoft Graph (application, for everybody)",
                        "new finding medium undeclared-permission Files.Read.All of Microsoft Graph (application)")
                .noneMatch(change -> change.contains("lastUsed"));
    }

    @Test
    void that_time_passes_is_no_change() throws IOException {
        // Given
        Path before = folder.resolve("before.ndjson");
        audit("--output", before.toString());

        // When
        AuditRun run =
                audit("--as-of", "2026-01-20T00:00:00Z", "--baseline", before.toString(), "--fail-on", "informational");

        // Then
        assertThat(run.out).isEmpty();
        assertThat(run.exitCode).isZero();
    }

    @Test
    void acts_after_the_time_of_the_audit_are_left_out() throws IOException {
        // Given
        String time = "2026-01-05T00:00:00Z";

        // When
        AuditRun run = audit("--as-of", time);

        // Then
        assertThat(run.out.lines()).hasSize(1);
        JsonNode entry = run.only();
        assertThat(entry.path("asOf").asText()).isEqualTo(time);
        assertThat(entry.path("permissions")).isEmpty();
        assertThat(entry.path("credentials")).isEmpty();
        assertThat(entry.path("alerts")).hasSize(1);
        assertThat(entry.path("alerts").get(0).path("detection").asText()).isEqualTo("risky-permission-requested");
        assertThat(entry.path("findings")).isEmpty();
        assertThat(entry.path("lastAuthorised").asText()).isEqualTo("never");
    }

    @ParameterizedTest
    @CsvSource({"critical, 1", "high, 1", "informational, 1"})
    void fail_on_looks_at_findings_and_open_alerts(String severity, int code) throws IOException {
        // Given
        String[] options = {"--fail-on", severity};

        // When
        AuditRun run = audit(options);

        // Then
        assertThat(run.exitCode).isEqualTo(code);
        assertThat(run.out).isNotEmpty();
    }

    @Test
    void fail_on_is_silent_where_nothing_is_as_bad() throws IOException {
        // Given
        Path acts = AuditRun.acts(folder, "quiet.ndjson", ACTS[0], ACTS[5]);

        // When
        AuditRun medium = AuditRun.with(acts.toString(), "--fail-on", "medium");
        AuditRun high = AuditRun.with(acts.toString(), "--fail-on", "high");

        // Then
        assertThat(medium.exitCode).isEqualTo(1);
        assertThat(high.exitCode).isZero();
    }

    @Test
    void the_table_has_the_worst_first_in_eighty_columns() throws IOException {
        // Given
        String[] options = {"--format", "table"};

        // When
        AuditRun run = audit(options);
        AuditRun wide = audit("--format", "table", "--wide");

        // Then
        assertThat(run.out.lines()).allMatch(line -> line.length() <= 80);
        assertThat(run.out)
                .startsWith("CRITICAL       Payroll Sync (")
                .contains("redirect-unsafe", "-> Remove the address");
        assertThat(run.out.lines().reduce((one, last) -> last).orElseThrow()).startsWith("2 entries, ");
        assertThat(wide.out).contains("registered   2026-01-01 00:00:00Z by admin@contoso.com");
    }

    @Test
    void csv_has_a_row_an_entry_and_no_cell_that_is_a_formula() throws IOException {
        // Given
        Path acts =
                AuditRun.acts(folder, "formula.ndjson", "at: +0d, by: admin, do: register-application, app: '=1+1'");

        // When
        AuditRun run = AuditRun.with(acts.toString(), "--format", "csv");

        // Then
        assertThat(run.out.lines()).hasSize(2);
        assertThat(run.out)
                .startsWith("kind,severity,tenantId,id,displayName,state,")
                .contains(",'=1+1,");
    }

    @Test
    void what_is_no_baseline_is_told_with_its_line_before_the_work() throws IOException {
        // Given
        Path wrong = Files.writeString(folder.resolve("wrong.ndjson"), "{\"alertId\":\"rc-1\"}\n");

        // When
        AuditRun run = audit("--baseline", wrong.toString());
        AuditRun missing = audit("--baseline", folder.resolve("none.ndjson").toString());

        // Then
        assertThat(run.exitCode).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.err).contains("wrong.ndjson: line 1 is no entry of a whole audit");
        assertThat(run.out).isEmpty();
        assertThat(missing.exitCode).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(missing.err).contains("none.ndjson");
    }

    @Test
    void where_nothing_is_found_the_silence_is_explained() throws IOException {
        // Given
        Path empty = Files.writeString(folder.resolve("empty.json"), "[]");

        // When
        AuditRun run = AuditRun.with(empty.toString());

        // Then
        assertThat(run.exitCode).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.err).contains("neither a log nor an export");
    }

    @Test
    void what_only_files_use_is_refused_for_the_service() {
        // Given
        String[] options = {"--networks", "networks.csv", "--at", "now"};

        // When
        AuditRun run = AuditRun.with(options);
        AuditRun nobody = AuditRun.with("--service", "http://127.0.0.1:1");

        // Then
        assertThat(run.exitCode).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err).contains("--networks, --at: only for files to audit");
        assertThat(nobody.exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(nobody.err).contains("no service answers at http://127.0.0.1:1/");
    }

    @ParameterizedTest
    @CsvSource({
        "Disable account, '', disabled",
        "Delete user, '', deleted",
        "Delete user, Restore user, ''",
        "Disable account, Enable account, ''"
    })
    void an_owner_whom_a_log_shows_gone_is_told(String operation, String then, String gone) throws IOException {
        // Given
        Path acts = AuditRun.acts(folder, "acts.ndjson", ACTS[0]);
        JsonNode owner = AuditRun.with(acts.toString()).of(APP).path("owners").get(0);
        List<String> events = new ArrayList<>(Files.readAllLines(acts));
        events.add(ofUser(operation, owner, "2026-01-20T08:00:00Z"));
        if (!then.isEmpty()) {
            events.add(ofUser(then, owner, "2026-01-21T08:00:00Z"));
        }
        Files.write(acts, events);

        // When
        AuditRun run = AuditRun.with(acts.toString());

        // Then
        assertThat(run.findings(APP))
                .isEqualTo(gone.isEmpty() ? List.of() : List.of("medium owner-gone admin@contoso.com"));
        assertThat(run.of(APP).path("owners").get(0).path("gone").asText()).isEqualTo(gone);
    }

    private static String ofUser(String operation, JsonNode owner, String time) {
        return """
                {"time": "%s", "category": "AuditLogs", "operationName": "%s", "properties": {"id": "Directory_%s",\
                 "activityDateTime": "%s", "activityDisplayName": "%s", "result": "success", "category": "UserManagement",\
                 "initiatedBy": {"user": {"id": "9d1c1a0e-0000-4000-8000-000000000001", "userPrincipalName": "hr@contoso.com"}},\
                 "targetResources": [{"type": "User", "id": "%s", "userPrincipalName": "%s"}]}}""".formatted(
                        time,
                        operation,
                        time,
                        time,
                        operation,
                        owner.path("id").asText(),
                        owner.path("name").asText());
    }
}

package io.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolecall.inventory.GraphAnswers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryCommandTest {

    private static final String OTHER_TENANT = "75243ab2-44f8-435c-a7a6-b479385df6d4";
    private static final Instant WRITTEN = Instant.parse("2025-11-03T09:00:00Z");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void a_dry_run_prints_the_facts_of_a_folder_with_the_tenant_that_the_export_tells() throws IOException {
        // Given
        file("applications.json", GraphAnswers.page("applications", GraphAnswers.application()));
        file("principals.json", GraphAnswers.page("servicePrincipals", principals()));
        file("roles.json", GraphAnswers.page("x", GraphAnswers.appRoleAssignment()));
        file("grants.json", GraphAnswers.page("x", GraphAnswers.permissionGrant("AllPrincipals", "null")));
        file("readme.md", "no export");

        // When
        int code = run("", "inventory", "import", folder.toString(), "--dry-run");

        // Then
        assertThat(code).isZero();
        assertThat(err.toString())
                .contains("Would write: 1 applications, 2 service principals, 1 app role assignments,"
                        + " 1 delegated permission grants.")
                .contains("readme.md: not read (no export)");
        assertThat(out.toString().lines()).hasSize(5).allSatisfy(line -> {
            JsonNode fact = new ObjectMapper().readTree(line);
            assertThat(fact.path("source").asText()).isEqualTo("inventory");
            assertThat(fact.path("tenantId").asText()).isEqualTo(GraphAnswers.TENANT);
        });
    }

    @Test
    void what_a_full_audit_lacks_is_said_at_the_end() throws IOException {
        // Given
        Path file = file("applications.json", GraphAnswers.page("applications", GraphAnswers.application()));

        // When
        int code = run("", "inventory", "import", file.toString(), "--dry-run", "--tenant", OTHER_TENANT);

        // Then
        assertThat(code).isZero();
        assertThat(err.toString())
                .contains("For a full audit these are missing, each with what gets it:")
                .contains("  service principals: az ad sp list --all > export/principals.json\n");
    }

    @Test
    void what_has_no_time_of_its_own_has_that_of_its_file() throws IOException {
        // Given
        Path grants = folder.resolve("grants.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(grants))) {
            zip.putNextEntry(new ZipEntry("principals.json"));
            zip.write(GraphAnswers.page("servicePrincipals", principals()).getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("grants.json"));
            zip.write(GraphAnswers.permissionGrant("AllPrincipals", "null").getBytes(StandardCharsets.UTF_8));
        }
        Files.setLastModifiedTime(grants, FileTime.from(WRITTEN));

        // When
        run("", "inventory", "import", grants.toString(), "--dry-run", "--tenant", OTHER_TENANT);
        String ofFile = out.toString();
        run(
                "",
                "inventory",
                "import",
                grants.toString(),
                "--dry-run",
                "--tenant",
                OTHER_TENANT,
                "--at",
                "2025-12-24T00:00:00Z");

        // Then
        assertThat(ofFile).contains("\"eventTime\":\"2025-11-03T09:00:00Z\"").contains(OTHER_TENANT);
        assertThat(out.toString()).contains("\"eventTime\":\"2025-12-24T00:00:00Z\"");
    }

    @Test
    void standard_input_and_gzip_are_read_too() throws IOException {
        // Given
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(GraphAnswers.application().getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("applications.json.gz"), packed.toByteArray());

        // When
        int code = run(
                GraphAnswers.page("servicePrincipals", principals()),
                "inventory",
                "import",
                file.toString(),
                "-",
                "--dry-run");

        // Then
        assertThat(code).isZero();
        assertThat(err.toString()).contains("1 applications, 2 service principals");
    }

    @Test
    void a_file_that_cannot_be_read_keeps_the_others_from_nothing() throws IOException {
        // Given
        Path good = file("applications.json", GraphAnswers.application() + "\n{\"displayName\":\"somebody\"}");
        Path rejects = folder.resolve("rejects");

        // When
        int code = run(
                "",
                "inventory",
                "import",
                good.toString(),
                folder.resolve("missing.json").toString(),
                "--dry-run",
                "--tenant",
                GraphAnswers.TENANT,
                "--rejects",
                rejects.toString());

        // Then
        assertThat(code).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(out.toString()).contains(GraphAnswers.APP_ID);
        assertThat(err.toString())
                .contains("missing.json: no such file")
                .contains(": rejected, not-an-event: neither an application");
        assertThat(rejects).content().contains("somebody");
    }

    @Test
    void an_unknown_tenant_is_an_error_that_names_the_option() throws IOException {
        // Given
        Path file = file("applications.json", GraphAnswers.application());

        // When
        int code = run("", "inventory", "import", file.toString(), "--dry-run");

        // Then
        assertThat(code).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).contains("the export names no tenant").contains("--tenant ID");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void the_configured_tenant_is_taken_unless_the_export_is_of_another() throws IOException {
        // Given
        Path applications = file("applications.json", GraphAnswers.application());
        Path all = file("all.json", "[" + GraphAnswers.application() + "," + principals() + "]");
        environment.put("ROLECALL_TENANT_ID", OTHER_TENANT);

        // When
        int silent = run("", "inventory", "import", applications.toString(), "--dry-run");
        String facts = out.toString();
        int contradicting = run("", "inventory", "import", all.toString(), "--dry-run");

        // Then
        assertThat(silent).isZero();
        assertThat(facts).contains("\"tenantId\":\"" + OTHER_TENANT + "\"");
        assertThat(contradicting).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString())
                .contains("the export is of tenant " + GraphAnswers.TENANT)
                .contains(OTHER_TENANT)
                .contains("--tenant ID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"contoso.com", "", "3b1c9a44"})
    void a_tenant_is_a_guid(String tenant) throws IOException {
        // Given
        Path file = file("applications.json", GraphAnswers.application());

        // When
        int code = run("", "inventory", "import", file.toString(), "--dry-run", "--tenant", tenant);

        // Then
        assertThat(code).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).contains("is no tenant id");
    }

    @Test
    void without_a_broker_in_the_configuration_the_error_names_the_key() throws IOException {
        // Given
        Path file = file("applications.json", GraphAnswers.application());
        environment.put("ROLECALL_REGISTRY_SCHEMA_REGISTRY_URL", "mock://inventory");

        // When
        int code = run("", "inventory", "import", file.toString(), "--tenant", OTHER_TENANT);

        // Then
        assertThat(code).isEqualTo(ExitCode.BAD_CONFIGURATION);
        assertThat(err.toString()).contains("kafka.bootstrap.servers");
    }

    private static String principals() {
        return GraphAnswers.servicePrincipal() + "," + GraphAnswers.graphServicePrincipal();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private int run(String stdin, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return TestConsole.run(out, err, environment, stdin, arguments);
    }
}

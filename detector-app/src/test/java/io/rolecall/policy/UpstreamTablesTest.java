package io.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamTablesTest {

    private static final String MICROSOFT = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";
    private static final String SOMEBODY = "11111111-2222-4333-8444-555555555555";
    private static final String ROGUE = "aaaaaaaa-0000-4000-8000-000000000001";
    private static final String UNOWNED = "aaaaaaaa-0000-4000-8000-000000000002";
    private static final String OWNED = "aaaaaaaa-0000-4000-8000-000000000003";
    private static final String OF_SOMEBODY = "aaaaaaaa-0000-4000-8000-000000000004";
    private static final String CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

    @TempDir
    private Path folder;

    @BeforeEach
    void upstream() throws IOException {
        write("GraphAppRoles.csv", "Id,Value,DisplayName", "2,Mail.Read,x", "1,Mail.Read,x");
        write("GraphDelegateRoles.csv", "Id,Value", "3,Mail.Read");
        write(
                "MicrosoftApps.csv",
                "AppId,AppDisplayName,AppOwnerOrganizationId,Source",
                UNOWNED + ",Outlook Mobile,,Learn",
                OWNED.toUpperCase(java.util.Locale.ROOT) + ",\"Sway, and more\"," + MICROSOFT + ",Graph",
                OF_SOMEBODY + ",Zoom," + SOMEBODY + ",Graph");
        write("OtherMicrosoftApps.csv", "AppId,AppDisplayName,AppOwnerOrganizationId,Source");
        write(
                "curated_mthcht.csv",
                "appname,appid,metadata_category,metadata_severity,metadata_comment,metadata_reference",
                "\"Docu,Sign\"," + ROGUE.toUpperCase(java.util.Locale.ROOT)
                        + ",malicious,info,made up,https://example.com/report",
                "Outlook," + UNOWNED + ",risky,low,,https://example.com",
                "Sway," + OWNED + ",malicious,low,,https://example.com",
                "Azure CLI," + CLI + ",risky,low,,https://example.com",
                "Zoom," + OF_SOMEBODY + ",risky,critical,,https://example.com/zoom",
                "Slack,aaaaaaaa-0000-4000-8000-000000000005,legitimate,critical,,https://example.com",
                "Slack,aaaaaaaa-0000-4000-8000-000000000006,compliance,critical,,https://example.com");
        write("entra_role_wids.json", "{\"b\":{\"name\":\"Alpha\",\"privileged\":true},\"a\":{\"name\":\"Beta\"}}");
        write("versions.csv", "project,commit,date", "merill/microsoft-info,abc,2027-01-02");
    }

    private void write(String name, String... lines) throws IOException {
        Files.write(folder.resolve(name), java.util.List.of(lines));
    }

    @Test
    void malicious_and_risky_ones_stay_and_microsofts_go() throws IOException {
        // Given the files of other projects

        // When
        Map<String, String> tables = new UpstreamTables(folder).written();

        // Then
        assertThat(tables.get("known-abused-applications.csv"))
                .isEqualTo("appId,name,class,reference\n" + ROGUE
                        + ",\"Docu,Sign\",malicious,https://example.com/report\n" + OF_SOMEBODY
                        + ",Zoom,risky,https://example.com/zoom\n");
        assertThat(tables.get("microsoft-apps.csv")).isEqualTo("appId,name\n" + OWNED + ",\"Sway, and more\"\n");
        assertThat(tables.get("directory-roles.csv")).isEqualTo("id,name,privileged\nb,Alpha,true\na,Beta,false\n");
        assertThat(tables.get("graph-permissions.csv"))
                .isEqualTo("id,value,type\n1,Mail.Read,application\n2,Mail.Read,application\n3,Mail.Read,delegated\n");
    }

    @Test
    void the_provenance_of_what_was_fetched_anew_changes_and_no_other() throws IOException {
        // Given the commit of one project

        // When
        String provenance = new UpstreamTables(folder).written().getOrDefault("PROVENANCE.csv", "");

        // Then
        assertThat(provenance.lines().filter(line -> line.contains(",abc,2027-01-02,")))
                .hasSize(2)
                .allMatch(line -> line.contains("merill/microsoft-info"));
        assertThat(provenance.lines().filter(line -> !line.contains(",abc,")))
                .containsAll(ReferenceData.rows("reference/PROVENANCE.csv").stream()
                        .filter(row -> !ReferenceData.column(row, "source").contains("merill"))
                        .map(row -> row.values().stream()
                                .map(value -> value.contains(",") ? '"' + value + '"' : value)
                                .reduce((one, other) -> one + "," + other)
                                .orElseThrow())
                        .toList());
    }
}

package io.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.inventory.GraphAnswers;
import io.rolecall.inventory.HoundAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an export of Graph adds to the audit, alone or beside logs. */
class AuditExportsTest {

    private static final String CRM = "CRM Sync";
    private static final String KEY = "59eaeebc-8a6b-44a6-9f24-7d55e64420c9";
    private static final String SECRETS =
            "\"passwordCredentials\": [{\"keyId\": \"" + KEY + "\", \"hint\": \"abc\", \"secretText\": null}]";
    private static final Instant WRITTEN = Instant.parse("2026-01-20T00:00:00Z");

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.from(WRITTEN));
        return file;
    }

    private void export(String application, String... more) throws IOException {
        file("applications.json", GraphAnswers.page("applications", application));
        file(
                "principals.json",
                GraphAnswers.page(
                        "servicePrincipals", GraphAnswers.servicePrincipal(), GraphAnswers.graphServicePrincipal()));
        for (int i = 0; i < more.length; i++) {
            file("more-" + i + ".json", more[i]);
        }
    }

    private AuditRun audit() {
        return AuditRun.with(folder.toString());
    }

    private static String with(String property) {
        return GraphAnswers.application().replaceFirst("\\{", "{ " + property + ",");
    }

    private static String secret(String from, String until) {
        return GraphAnswers.application()
                .replace(
                        SECRETS,
                        "\"passwordCredentials\": [{\"keyId\": \"" + KEY + "\", \"displayName\": \"sync\","
                                + " \"startDateTime\": \"" + from + "\", \"endDateTime\": \"" + until + "\"}]");
    }

    @Test
    void an_export_alone_tells_what_there_is_and_calls_the_rest_unknown() throws IOException {
        // Given
        export(
                GraphAnswers.application(),
                GraphAnswers.page("x", GraphAnswers.appRoleAssignment()),
                GraphAnswers.page("x", GraphAnswers.permissionGrant("AllPrincipals", "null")));

        // When
        AuditRun run = audit();

        // Then
        JsonNode entry = run.of(CRM);
        assertThat(run.exitCode).isZero();
        assertThat(entry.path("asOf").asText()).isEqualTo("2026-01-20T00:00:00Z");
        assertThat(entry.path("tenantId").asText()).isEqualTo(GraphAnswers.TENANT);
        assertThat(entry.path("state").asText()).isEqualTo("enabled");
        assertThat(entry.path("tenancy").asText()).isEqualTo("single");
        assertThat(entry.path("publisher").path("owner").asText()).isEqualTo("this tenant");
        assertThat(entry.path("publisher").path("domain").asText()).isEqualTo("contoso.com");
        assertThat(entry.path("registeredAt").asText()).isEqualTo("2019-09-17T19:10:35.2742618Z");
        assertThat(entry.path("lastUsed").asText()).isEqualTo("unknown");
        assertThat(entry.path("lastAuthorised").asText()).isEqualTo("2021-02-15T16:39:38.2975029Z");
        assertThat(AuditRun.texts(entry.path("unknown"))).containsExactly("owners");
        assertThat(entry.path("redirects")).hasSize(2);
        assertThat(entry.path("permissions").get(0).path("value").asText()).isEqualTo("Mail.ReadWrite");
        assertThat(entry.path("permissions").get(0).path("since").asText()).isEqualTo("2021-02-15T16:39:38.2975029Z");
        assertThat(entry.path("permissions").get(0).path("by").asText()).isEqualTo("unknown");
        assertThat(run.findings(CRM))
                .containsExactly(
                        "medium tenant-wide-scopes Directory.ReadWrite.All of Microsoft Graph (delegated)",
                        "medium undeclared-permission Directory.ReadWrite.All of Microsoft Graph (delegated)");
    }

    @Test
    void what_was_not_exported_is_unknown_and_what_is_empty_is_known_to_be() throws IOException {
        // Given
        file("applications.json", GraphAnswers.application().replace("\"keyCredentials\": [],", ""));

        // When
        AuditRun run = AuditRun.with(folder.toString(), "--tenant", GraphAnswers.TENANT);

        // Then
        assertThat(AuditRun.texts(run.of(CRM).path("unknown")))
                .containsExactly("permissions", "users", "owners", "credentials");
        assertThat(run.of(CRM).path("state").asText()).isEqualTo("unknown");
    }

    @Test
    void an_export_with_owners_tells_that_there_is_none() throws IOException {
        // Given
        export(with("\"owners\": []"));

        // When
        AuditRun run = audit();

        // Then
        assertThat(run.findings(CRM)).containsExactly("low no-owner");
    }

    @Test
    void owners_that_were_not_asked_for_are_not_none() throws IOException {
        // Given
        export(with("\"owners\": null"));

        // When
        AuditRun run = audit();

        // Then
        assertThat(run.findings(CRM)).isEmpty();
        assertThat(AuditRun.texts(run.of(CRM).path("unknown"))).contains("owners");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"accountEnabled\": false', medium owner-gone ann@contoso.com, disabled",
        "'\"deletedDateTime\": \"2025-12-01T00:00:00Z\"', medium owner-gone ann@contoso.com, deleted",
        "'\"accountEnabled\": true, \"deletedDateTime\": null', '', ''"
    })
    void an_owner_who_is_gone_is_told(String state, String finding, String gone) throws IOException {
        // Given
        export(with("\"owners\": [{\"@odata.type\": \"#microsoft.graph.user\","
                + " \"id\": \"3605b373-c171-48f9-ac51-0540355f60b0\", \"userPrincipalName\": \"ann@contoso.com\", "
                + state + "}]"));

        // When
        AuditRun run = audit();

        // Then
        assertThat(run.findings(CRM)).isEqualTo(finding.isEmpty() ? List.of() : List.of(finding));
        assertThat(run.of(CRM).path("owners").get(0).path("gone").asText()).isEqualTo(gone);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-01-01T00:00:00Z, 2026-01-01T00:00:00Z, low credential-expired",
        "2026-01-01T00:00:00Z, 2029-01-01T00:00:00Z, low credential-over-long",
        "2025-06-01T00:00:00Z, 2027-06-01T00:00:00Z, ''"
    })
    void a_credential_has_its_end_from_the_export(String from, String until, String finding) throws IOException {
        // Given
        export(secret(from, until));

        // When
        AuditRun run = audit();

        // Then
        assertThat(run.findings(CRM))
                .isEqualTo(finding.isEmpty() ? List.of() : List.of(finding + " secret 'sync' " + KEY));
        assertThat(run.of(CRM).path("credentials").get(0).path("expiresAt").asText())
                .isEqualTo(until);
        assertThat(run.of(CRM).path("credentials").get(0).path("lastUsed").asText())
                .isEqualTo("unknown");
    }

    @Test
    void a_certificate_that_signs_saml_tokens_is_no_credential() throws IOException {
        // Given
        String half = "{\"keyId\": \"%s\", \"displayName\": \"CN=Microsoft Azure Federated SSO Certificate\","
                + " \"usage\": \"%s\", \"startDateTime\": \"2025-12-01T00:00:00Z\", \"endDateTime\": \"2028-12-01T00:00:00Z\"}";
        String sign = half.formatted("11111111-2222-4333-8444-555555555555", "Sign");
        String verify = half.formatted("11111111-2222-4333-8444-666666666666", "Verify");
        export(GraphAnswers.application());
        file(
                "principals.json",
                GraphAnswers.page(
                        "servicePrincipals",
                        GraphAnswers.servicePrincipal()
                                .replace("\"keyCredentials\": []", "\"keyCredentials\": [" + sign + "," + verify + "]")
                                .replace(
                                        "\"passwordCredentials\": []",
                                        "\"passwordCredentials\": [" + sign.replace("\"usage\": \"Sign\",", "") + "]"),
                        GraphAnswers.graphServicePrincipal()));

        // When
        AuditRun run = audit();

        // Then
        assertThat(run.of(CRM).path("credentials")).hasSize(1);
        assertThat(run.findings(CRM)).isEmpty();
    }

    @Test
    void an_unsafe_redirect_address_of_an_export_is_told() throws IOException {
        // Given
        export(GraphAnswers.application().replace("https://crm.contoso.com/auth", "http://crm.contoso.com/auth"));

        // When
        AuditRun run = audit();

        // Then
        assertThat(run.findings(CRM)).containsExactly("medium redirect-unsafe http://crm.contoso.com/auth");
    }

    @Test
    void an_application_that_the_export_calls_disabled_has_dead_grants() throws IOException {
        // Given
        export(GraphAnswers.application(), GraphAnswers.page("x", GraphAnswers.appRoleAssignment()));
        file(
                "principals.json",
                GraphAnswers.page(
                        "servicePrincipals",
                        GraphAnswers.servicePrincipal()
                                .replace("\"accountEnabled\": true", "\"accountEnabled\": false"),
                        GraphAnswers.graphServicePrincipal()));

        // When
        AuditRun run = audit();

        // Then
        assertThat(run.findings(CRM)).containsExactly("low dead-grant Mail.ReadWrite of Microsoft Graph (application)");
    }

    @Test
    void logs_and_an_export_of_one_application_are_one_entry_of_the_tenant_of_both() throws IOException {
        // Given
        String before = ", appId: " + GraphAnswers.APP_ID + ", servicePrincipalId: " + GraphAnswers.PRINCIPAL_ID;
        export(with("\"owners\": []"), GraphAnswers.page("x", GraphAnswers.appRoleAssignment()));
        Path logs = AuditRun.acts(
                folder,
                "acts.ndjson",
                "at: +30d, by: admin, do: remove-app-role, app: CRM Sync, role: Mail.ReadWrite" + before,
                "at: +31d, by: mallory, do: assign-app-role, app: CRM Sync, role: Files.Read.All" + before,
                "at: +32d, by: admin, do: add-owner, app: CRM Sync, owner: admin, objectId: " + GraphAnswers.OBJECT_ID
                        + ", appId: " + GraphAnswers.APP_ID);
        String tenant = AuditRun.with(logs.toString()).of(CRM).path("tenantId").asText();

        // When
        AuditRun run = AuditRun.with(folder.toString(), "--tenant", tenant);

        // Then
        JsonNode entry = run.of(CRM);
        assertThat(entry.path("permissions")).hasSize(1);
        assertThat(entry.path("permissions").get(0).path("value").asText()).isEqualTo("Files.Read.All");
        assertThat(entry.path("permissions").get(0).path("by").asText()).isEqualTo("mallory@contoso.com");
        assertThat(entry.path("owners").get(0).path("name").asText()).isEqualTo("admin@contoso.com");
        assertThat(run.findings(CRM))
                .containsExactly("medium undeclared-permission Files.Read.All of Microsoft Graph (application)");
        assertThat(entry.path("asOf").asText()).startsWith("2026-02-02");
    }

    @Test
    void an_object_that_cannot_be_used_is_told_and_the_others_are_audited() throws IOException {
        // Given
        export(GraphAnswers.application());
        file("applications.json", GraphAnswers.application() + "\n{\"displayName\":\"somebody\"}");

        // When
        AuditRun run = audit();

        // Then
        assertThat(run.err).contains("applications.json:").contains("not-an-event");
        assertThat(run.of(CRM).path("displayName").asText()).isEqualTo(CRM);
    }

    @Test
    void exported_grants_of_single_users_are_theirs() throws IOException {
        // Given
        String user = "3605b373-c171-48f9-ac51-0540355f60b0";
        export(
                GraphAnswers.application(),
                GraphAnswers.page("x", GraphAnswers.permissionGrant("Principal", "\"" + user + "\"")));

        // When
        AuditRun run = audit();

        // Then
        assertThat(run.findings(CRM)).isEmpty();
        assertThat(run.of(CRM).path("users").path("everybody").asBoolean()).isFalse();
        assertThat(AuditRun.texts(run.of(CRM).path("users").path("first"))).containsExactly(user);
        assertThat(run.of(CRM).path("permissions")).hasSize(2).allSatisfy(permission -> {
            assertThat(permission.path("for").asText()).isEqualTo("users");
            assertThat(permission.path("users").asInt()).isEqualTo(1);
        });
    }

    @Test
    void owners_and_states_of_azurehound_are_those_of_the_export() throws IOException {
        // Given
        file(
                "hound.json",
                HoundAnswers.file(
                        HoundAnswers.application(),
                        HoundAnswers.applicationOwner(GraphAnswers.APP_ID),
                        HoundAnswers.principal(GraphAnswers.PRINCIPAL_ID, GraphAnswers.APP_ID, CRM),
                        HoundAnswers.principalOwner()));

        // When
        AuditRun run = audit();

        // Then
        JsonNode entry = run.of(CRM);
        assertThat(entry.path("owners")).hasSize(1);
        assertThat(entry.path("owners").get(0).path("name").asText()).isEqualTo("diego.larsen@contoso.com");
        assertThat(AuditRun.texts(entry.path("unknown"))).doesNotContain("owners");
        assertThat(run.findings(CRM)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]"})
    void owners_that_azurehound_could_not_list_are_unknown(String owners) throws IOException {
        // Given: it writes the same for none, and for owners that it was not let to read
        file(
                "hound.json",
                HoundAnswers.file(
                        HoundAnswers.application(),
                        HoundAnswers.object(
                                "AZAppOwner",
                                "{\"appId\": \"%s\", \"owners\": %s}".formatted(GraphAnswers.APP_ID, owners))));

        // When
        AuditRun run = AuditRun.with(folder.toString(), "--tenant", GraphAnswers.TENANT);

        // Then
        assertThat(run.findings(CRM)).isEmpty();
        assertThat(AuditRun.texts(run.of(CRM).path("unknown"))).contains("owners");
    }

    @Test
    void owners_that_powershell_was_not_asked_for_are_not_none() throws IOException {
        // Given
        export(with("\"Owners\": []"));

        // When
        AuditRun run = audit();

        // Then
        assertThat(run.findings(CRM)).isEmpty();
        assertThat(AuditRun.texts(run.of(CRM).path("unknown"))).contains("owners");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-first.json", "z-last.json"})
    void an_application_that_is_exported_once_with_its_owners_and_once_without_has_them(String name)
            throws IOException {
        // Given
        export(GraphAnswers.application());
        file(name, with("\"owners\": [{\"id\": \"" + HoundAnswers.OWNER_ID + "\"}]"));

        // When
        AuditRun run = audit();

        // Then
        assertThat(run.of(CRM).path("owners")).hasSize(1);
        assertThat(run.of(CRM).path("credentials")).hasSize(1);
    }

    @Test
    void a_secret_on_the_service_principal_is_none_of_those_that_an_export_of_the_registration_tells()
            throws IOException {
        // Given
        String ofPrincipal = "11111111-2222-4333-8444-555555555555";
        Path logs = AuditRun.acts(
                folder,
                "acts.ndjson",
                "at: +1d, by: mallory, do: add-credential, on: service-principal, app: CRM Sync, appId: "
                        + GraphAnswers.APP_ID + ", servicePrincipalId: " + GraphAnswers.PRINCIPAL_ID + ", keyId: "
                        + ofPrincipal);
        String tenant = AuditRun.with(logs.toString()).of(CRM).path("tenantId").asText();
        file("applications.json", GraphAnswers.page("applications", GraphAnswers.application()));

        // When
        AuditRun run = AuditRun.with(folder.toString(), "--tenant", tenant);

        // Then
        assertThat(run.of(CRM).path("credentials").findValuesAsText("keyId"))
                .containsExactlyInAnyOrder(KEY, ofPrincipal);
    }

    @ParameterizedTest
    @CsvSource({"+30d, ''", "+1d, " + KEY})
    void an_exported_secret_is_there_until_a_later_act_removes_it(String removed, String left) throws IOException {
        // Given
        Path logs = AuditRun.acts(
                folder,
                "acts.ndjson",
                "at: " + removed + ", by: admin, do: remove-credential, app: CRM Sync, appId: " + GraphAnswers.APP_ID
                        + ", objectId: " + GraphAnswers.OBJECT_ID + ", keyId: " + KEY);
        String tenant = AuditRun.with(logs.toString()).of(CRM).path("tenantId").asText();
        file("applications.json", GraphAnswers.page("applications", GraphAnswers.application()));

        // When
        AuditRun run = AuditRun.with(folder.toString(), "--tenant", tenant);

        // Then
        assertThat(run.of(CRM).path("credentials").findValuesAsText("keyId"))
                .isEqualTo(left.isEmpty() ? List.of() : List.of(left));
    }
}

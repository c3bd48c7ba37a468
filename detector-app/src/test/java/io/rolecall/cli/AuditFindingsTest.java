package io.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each finding of the audit on logs, each beside what comes near and is none. */
class AuditFindingsTest {

    private static final String APP = "Payroll Sync";
    private static final String MAIL = "Mail.ReadWrite of Microsoft Graph (application)";
    private static final String REGISTER =
            "at: +0d, by: admin, do: register-application, app: Payroll Sync, roles: [Mail.ReadWrite]";
    private static final String GRANT =
            "at: +0d1h, by: admin, do: assign-app-role, app: Payroll Sync, role: Mail.ReadWrite";

    /** Another application and a user sign in every four days, for a hundred days: the logs of sign-ins are delivered. */
    private static final List<String> WATCHED = List.of(
            "at: +0d, by: admin, do: register-application, app: Other",
            "at: +0d, do: application-sign-in, app: Other, key: k, times: 26, every: 4d",
            "at: +0d, by: ann, do: sign-in, app: Other, times: 26, every: 4d",
            "at: +0d, by: ann, do: sign-in, app: Other, silent: true, times: 26, every: 4d");

    @TempDir
    private Path folder;

    private List<String> findings(String... lines) throws IOException {
        return AuditRun.ofActs(folder, lines).findings(APP);
    }

    private static String[] watched(String... lines) {
        return Stream.concat(WATCHED.stream(), Stream.of(lines)).toArray(String[]::new);
    }

    @Test
    void what_is_registered_and_owned_and_used_has_no_finding() throws IOException {
        // Given
        String[] acts = watched(
                REGISTER,
                GRANT,
                "at: +0d1h, by: admin, do: add-credential, app: Payroll Sync",
                "at: +0d2h, do: application-sign-in, app: Payroll Sync, key: key, times: 26, every: 4d");

        // When
        AuditRun run = AuditRun.ofActs(folder, acts);

        // Then
        assertThat(run.findings(APP)).isEmpty();
        assertThat(run.of(APP).path("unknown")).isEmpty();
        assertThat(run.of(APP).path("lastUsed").asText()).startsWith("2026-04-11T02:00:00");
    }

    @Test
    void an_application_registered_without_an_owner_has_none() throws IOException {
        // Given
        String registered = REGISTER + ", without: owner";

        // When
        List<String> findings = findings("at: +0d, by: admin, do: register-application, app: Other", registered);

        // Then
        assertThat(findings).containsExactly("low no-owner");
    }

    @Test
    void an_owner_who_was_removed_is_none_and_weighs_more_beside_a_far_reaching_permission() throws IOException {
        // Given
        String removal = "at: +2d, by: admin, do: remove-owner, app: Payroll Sync, owner: admin";

        // When
        List<String> findings = findings(REGISTER, GRANT, removal);

        // Then
        assertThat(findings).containsExactly("medium no-owner");
    }

    @Test
    void whether_there_is_an_owner_is_unknown_where_no_log_tells_of_owners() throws IOException {
        // Given
        String registered = REGISTER + ", without: owner";

        // When
        AuditRun run = AuditRun.ofActs(folder, registered);

        // Then
        assertThat(run.findings(APP)).isEmpty();
        assertThat(AuditRun.texts(run.of(APP).path("unknown"))).contains("owners");
    }

    @Test
    void the_owners_of_an_application_older_than_the_logs_are_unknown() throws IOException {
        // Given
        String[] acts = {
            "at: +0d, by: admin, do: register-application, app: Other",
            "at: +1d, by: admin, do: remove-owner, app: Payroll Sync, owner: ann",
            GRANT
        };

        // When
        AuditRun run = AuditRun.ofActs(folder, acts);

        // Then
        assertThat(run.findings(APP)).isEmpty();
        assertThat(AuditRun.texts(run.of(APP).path("unknown"))).contains("owners", "permissions", "credentials");
        assertThat(run.of(APP).path("lastUsed").asText()).isEqualTo("unknown");
    }

    @Test
    void a_privilege_that_nobody_used_for_ninety_days_is_one_too_many() throws IOException {
        // Given
        String[] acts = watched(REGISTER, GRANT, "at: +8d, do: application-sign-in, app: Payroll Sync");

        // When
        List<String> findings = findings(acts);

        // Then
        assertThat(findings).containsExactly("medium privilege-unused " + MAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at: +12d, do: application-sign-in, app: Payroll Sync",
                "at: +40d, do: read-mail, app: Payroll Sync, mailbox: ann",
                "at: +50d, by: { app: Payroll Sync }, do: create-user, user: ann"
            })
    void a_privilege_that_was_used_within_ninety_days_is_none(String use) throws IOException {
        // Given
        String[] acts = watched(REGISTER, GRANT, use);

        // When
        List<String> findings = findings(acts);

        // Then
        assertThat(findings).isEmpty();
    }

    @Test
    void a_privilege_that_was_given_less_than_ninety_days_ago_is_not_called_unused() throws IOException {
        // Given
        String later = GRANT.replace("+0d1h", "+30d");

        // When
        List<String> findings =
                findings(watched(REGISTER, "at: +1d, do: application-sign-in, app: Payroll Sync", later));

        // Then
        assertThat(findings).isEmpty();
    }

    @Test
    void without_logs_of_sign_ins_nothing_is_called_unused() throws IOException {
        // Given
        String late = "at: +100d, by: admin, do: register-application, app: Other";

        // When
        AuditRun run = AuditRun.ofActs(folder, REGISTER, GRANT, late);

        // Then
        assertThat(run.findings(APP)).isEmpty();
        assertThat(run.of(APP).path("lastUsed").asText()).isEqualTo("unknown");
    }

    @Test
    void with_logs_of_users_sign_ins_alone_a_role_of_the_application_is_not_called_unused() throws IOException {
        // Given
        String ofUsers = "at: +0d, by: ann, do: sign-in, app: Other, silent: true, times: 26, every: 4d";

        // When
        AuditRun run = AuditRun.ofActs(folder, REGISTER, GRANT, ofUsers);

        // Then
        assertThat(run.findings(APP)).isEmpty();
        assertThat(run.of(APP).path("lastUsed").asText()).isEqualTo("unknown");
    }

    @Test
    void logs_of_sign_ins_that_end_before_the_audit_call_nothing_unused() throws IOException {
        // Given
        String[] acts = watched(REGISTER, GRANT, "at: +160d, by: admin, do: register-application, app: Late");

        // When
        List<String> findings = findings(acts);

        // Then
        assertThat(findings).isEmpty();
    }

    @Test
    void a_gap_in_dense_logs_of_sign_ins_calls_nothing_unused() throws IOException {
        // Given
        String[] acts = {
            REGISTER,
            GRANT,
            "at: +1d, do: application-sign-in, app: Payroll Sync",
            "at: +0d, do: application-sign-in, app: Other, times: 40, every: 1d",
            "at: +70d, do: application-sign-in, app: Other, times: 35, every: 1d"
        };

        // When
        List<String> findings = findings(acts);

        // Then
        assertThat(findings).isEmpty();
    }

    @Test
    void an_application_that_nobody_ever_used_is_nobodys() throws IOException {
        // Given
        String[] acts = watched(REGISTER, GRANT);

        // When
        AuditRun run = AuditRun.ofActs(folder, acts);

        // Then
        assertThat(run.findings(APP)).containsExactly("high nobodys-application", "medium privilege-unused " + MAIL);
        assertThat(run.of(APP).path("lastUsed").asText()).isEqualTo("never");
    }

    @Test
    void an_application_without_a_far_reaching_permission_is_not_called_nobodys() throws IOException {
        // Given
        String harmless = "at: +0d1h, by: admin, do: assign-app-role, app: Payroll Sync, role: User.Read.All";

        // When
        List<String> findings = findings(watched(REGISTER.replace("Mail.ReadWrite", "User.Read.All"), harmless));

        // Then
        assertThat(findings).isEmpty();
    }

    @Test
    void a_credential_that_was_never_used_is_told() throws IOException {
        // Given
        String[] acts = watched(
                REGISTER,
                "at: +0d1h, by: mallory, do: add-credential, app: Payroll Sync, key: spare",
                "at: +0d2h, by: admin, do: add-credential, app: Payroll Sync, key: used",
                "at: +1d, do: application-sign-in, app: Payroll Sync, key: used, times: 25, every: 4d");

        // When
        AuditRun run = AuditRun.ofActs(folder, acts);

        // Then
        assertThat(run.findings(APP)).hasSize(1).first().asString().startsWith("low credential-unused secret 'spare' ");
        assertThat(run.of(APP).path("credentials")).hasSize(2).allSatisfy(key -> {
            boolean spare = key.path("name").asText().equals("spare");
            assertThat(key.path("lastUsed").asText()).startsWith(spare ? "never" : "2026-0");
            assertThat(key.path("by").asText()).startsWith(spare ? "mallory" : "admin");
            assertThat(key.path("ageDays").asInt()).isEqualTo(99);
            assertThat(key.path("expiresAt").asText()).isEqualTo("unknown");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at: +2d, by: admin, do: remove-credential, app: Payroll Sync, key: spare",
                "at: +2d, do: application-sign-in, app: Payroll Sync, key: spare, times: 25, every: 4d",
                "at: +2d, by: ann, do: sign-in, app: Payroll Sync, times: 25, every: 4d"
            })
    void a_credential_that_is_gone_or_used_or_serves_users_is_not_called_unused(String act) throws IOException {
        // Given
        String added = "at: +0d1h, by: admin, do: add-credential, app: Payroll Sync, key: spare";

        // When
        List<String> findings = findings(watched(REGISTER, added, act));

        // Then
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://payroll.example.net/auth, medium",
        "https://*.contoso.com/auth, high",
        "https://a1b2.ngrok-free.app/auth, high",
        "https://198.51.100.9/auth, medium",
        "https://payroll.netlify.app/auth, medium",
        "payroll://auth, low"
    })
    void a_redirect_address_that_others_can_receive_is_unsafe(String address, String severity) throws IOException {
        // Given
        String added = "at: +1d, by: admin, do: change-redirect-uris, app: Payroll Sync, add: '" + address + "'";

        // When
        List<String> findings = findings(REGISTER, added);

        // Then
        assertThat(findings).containsExactly(severity + " redirect-unsafe " + address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/auth",
                "https://payroll.contoso.com/auth",
                "com.contoso.payroll://auth",
                "ms-appx-web://microsoft.aad.brokerplugin/1",
                "urn:ietf:wg:oauth:2.0:oob",
                "https://login.microsoftonline.com/common/oauth2/nativeclient"
            })
    void a_redirect_address_of_the_device_or_with_https_is_safe(String address) throws IOException {
        // Given
        String added = "at: +1d, by: admin, do: change-redirect-uris, app: Payroll Sync, add: '" + address + "'";

        // When
        AuditRun run = AuditRun.ofActs(folder, REGISTER, added);

        // Then
        assertThat(run.findings(APP)).isEmpty();
        assertThat(run.of(APP).path("redirects").get(0).path("uri").asText()).isEqualTo(address);
    }

    @Test
    void a_redirect_address_that_was_removed_is_no_finding() throws IOException {
        // Given
        String address = "http://payroll.example.net/auth";
        String[] acts = {
            REGISTER,
            "at: +1d, by: admin, do: change-redirect-uris, app: Payroll Sync, add: '" + address + "'",
            "at: +2d, by: admin, do: change-redirect-uris, app: Payroll Sync, remove: '" + address + "'"
        };

        // When
        List<String> findings = findings(acts);

        // Then
        assertThat(findings).isEmpty();
    }

    @Test
    void a_disabled_application_that_still_holds_permissions_has_dead_grants() throws IOException {
        // Given
        String disabled = "at: +5d, by: admin, do: disable-service-principal, app: Payroll Sync";

        // When
        AuditRun run = AuditRun.ofActs(folder, REGISTER, GRANT, disabled);

        // Then
        assertThat(run.findings(APP)).containsExactly("low dead-grant " + MAIL);
        assertThat(run.of(APP).path("state").asText()).isEqualTo("disabled");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at: +6d, by: admin, do: enable-service-principal, app: Payroll Sync",
                "at: +6d, by: admin, do: remove-app-role, app: Payroll Sync, role: Mail.ReadWrite"
            })
    void enabled_again_or_without_permissions_it_has_none(String act) throws IOException {
        // Given
        String disabled = "at: +5d, by: admin, do: disable-service-principal, app: Payroll Sync";

        // When
        List<String> findings = findings(REGISTER, GRANT, disabled, act);

        // Then
        assertThat(findings).isEmpty();
    }

    @Test
    void a_risky_scope_for_everybody_is_tenant_wide() throws IOException {
        // Given
        String[] acts = {
            "at: +0d, by: admin, do: register-application, app: Payroll Sync, scopes: [Mail.Read, User.Read]",
            "at: +1d, by: admin, do: consent, app: Payroll Sync, scopes: [Mail.Read, User.Read], for: everybody"
        };

        // When
        AuditRun run = AuditRun.ofActs(folder, acts);

        // Then
        assertThat(run.findings(APP))
                .containsExactly("medium tenant-wide-scopes Mail.Read of Microsoft Graph (delegated)");
        assertThat(run.of(APP).path("users").path("everybody").asBoolean()).isTrue();
    }

    @Test
    void a_scope_that_was_there_before_the_logs_is_tenant_wide_too_until_it_is_removed() throws IOException {
        // Given
        String amended =
                "at: +1d, by: admin, do: consent, app: Payroll Sync, scopes: [User.Read], for: everybody, was: [Mail.Read]";
        String removed =
                "at: +2d, by: admin, do: remove-delegated-grant, app: Payroll Sync, scopes: [Mail.Read], for: everybody";

        // When
        AuditRun run = AuditRun.ofActs(folder, amended);
        List<String> afterwards = findings(amended, removed);

        // Then
        assertThat(run.findings(APP))
                .containsExactly("medium tenant-wide-scopes Mail.Read of Microsoft Graph (delegated)");
        assertThat(run.of(APP).path("permissions").get(0).path("since").asText())
                .isEqualTo("unknown");
        assertThat(afterwards).isEmpty();
    }

    @Test
    void the_same_scope_for_one_user_is_not_and_names_the_user() throws IOException {
        // Given
        String[] acts = {
            "at: +0d, by: admin, do: register-application, app: Payroll Sync, scopes: [Mail.Read, User.Read]",
            "at: +1d, by: ann, do: consent, app: Payroll Sync, scopes: [Mail.Read, User.Read]"
        };

        // When
        AuditRun run = AuditRun.ofActs(folder, acts);

        // Then
        assertThat(run.findings(APP)).isEmpty();
        assertThat(run.of(APP).path("users").path("count").asInt()).isEqualTo(1);
        assertThat(run.of(APP).path("permissions")).hasSize(2).allSatisfy(permission -> {
            assertThat(permission.path("for").asText()).isEqualTo("users");
            assertThat(permission.path("by").asText()).isEqualTo("ann@contoso.com");
        });
    }

    @Test
    void a_permission_that_the_registration_does_not_declare_is_told() throws IOException {
        // Given
        String undeclared = "at: +2d, by: admin, do: assign-app-role, app: Payroll Sync, role: Files.Read.All";

        // When
        AuditRun run = AuditRun.ofActs(folder, REGISTER, GRANT, undeclared);

        // Then
        assertThat(run.findings(APP))
                .containsExactly("medium undeclared-permission Files.Read.All of Microsoft Graph (application)");
        assertThat(run.of(APP).path("permissions"))
                .allSatisfy(permission -> assertThat(permission.path("declared").asText())
                        .isEqualTo(permission.path("value").asText().equals("Mail.ReadWrite") ? "yes" : "no"));
    }

    @Test
    void declared_afterwards_or_of_a_registration_not_seen_it_is_not() throws IOException {
        // Given
        String granted = "at: +2d, by: admin, do: assign-app-role, app: Payroll Sync, role: Files.Read.All";
        String declared =
                "at: +3d, by: admin, do: declare-permissions, app: Payroll Sync, roles: [Mail.ReadWrite, Files.Read.All]";

        // When
        List<String> afterwards = findings(REGISTER, granted, declared);
        AuditRun unseen = AuditRun.ofActs(folder, granted);

        // Then
        assertThat(afterwards).isEmpty();
        assertThat(unseen.findings(APP)).isEmpty();
        assertThat(unseen.of(APP).path("permissions").get(0).path("declared").asText())
                .isEqualTo("unknown");
    }

    @Test
    void a_setting_that_was_opened_is_told_until_it_is_set_back() throws IOException {
        // Given
        String opened = "at: +1d, by: mallory, do: change-consent-policy,"
                + " changes: { AllowUserConsentForRiskyApps: ['[false]', '[true]'] }";
        String back = "at: +9d, by: admin, do: change-consent-policy,"
                + " changes: { AllowUserConsentForRiskyApps: ['[true]', '[false]'] }";

        // When
        AuditRun open = AuditRun.ofActs(folder, opened);
        AuditRun closed = AuditRun.ofActs(folder, opened, back);

        // Then
        assertThat(AuditRun.findings(open.entries().get(0)))
                .containsExactly("high consent-settings-open AllowUserConsentForRiskyApps");
        assertThat(AuditRun.findings(closed.entries().get(0))).isEmpty();
        assertThat(closed.entries().get(0).path("settings").get(0).path("by").asText())
                .isEqualTo("admin@contoso.com");
    }

    @Test
    void directory_and_azure_roles_are_permissions_too_and_count_when_they_are_unused() throws IOException {
        // Given
        String[] acts = watched(
                REGISTER.replace("[Mail.ReadWrite]", "[User.Read.All]"),
                "at: +1d, by: admin, do: assign-directory-role, app: Payroll Sync, role: Global Administrator",
                "at: +1d, by: admin, do: assign-directory-role, app: Payroll Sync, role: Directory Readers",
                "at: +1d, by: admin, do: assign-azure-role, app: Payroll Sync, role: Owner, scope: /subscriptions/3f2b0b5e-1a44-4c5e-8a77-0d6f3b1a2c3d",
                "at: +1d, by: admin, do: assign-directory-role, app: Payroll Sync, role: Exchange Administrator",
                "at: +2d, by: admin, do: remove-directory-role, app: Payroll Sync, role: Exchange Administrator",
                "at: +3d, do: application-sign-in, app: Payroll Sync");

        // When
        AuditRun run = AuditRun.ofActs(folder, acts);

        // Then
        assertThat(run.of(APP).path("permissions"))
                .extracting(permission -> permission.path("type").asText() + " "
                        + permission.path("value").asText() + " "
                        + permission.path("tier").asText())
                .containsExactlyInAnyOrder(
                        "azure-role Owner privileged",
                        "directory-role Global Administrator privileged",
                        "directory-role Directory Readers ");
        assertThat(run.findings(APP))
                .containsExactly(
                        "medium privilege-unused Global Administrator of Entra ID for the whole directory (directory-role)",
                        "medium privilege-unused Owner of Azure for /subscriptions/3f2b0b5e-1a44-4c5e-8a77-0d6f3b1a2c3d (azure-role)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "microsoft-user-default-legacy, custom | microsoft-user-default-legacy | 1",
                "microsoft-user-default-legacy | microsoft-user-default-low | 0",
                "microsoft-user-default-low | microsoft-user-default-legacy | 1"
            })
    void consent_to_any_application_is_open_however_it_came_to_that(String was, String now, int findings)
            throws IOException {
        // Given
        String changed = "at: +1d, by: admin, do: change-consent-policy,"
                + " changes: { PermissionGrantPolicyIdsAssignedToDefaultUserRole: ['[\"" + was + "\"]', '[\"" + now
                + "\"]'] }";

        // When
        AuditRun run = AuditRun.ofActs(folder, changed);

        // Then
        assertThat(AuditRun.findings(run.entries().get(0))).hasSize(findings);
    }
}

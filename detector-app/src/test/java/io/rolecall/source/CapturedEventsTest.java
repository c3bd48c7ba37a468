package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Activity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.AppRoleToUser;
import io.rolecall.schema.Consent;
import io.rolecall.schema.ConsentPolicyChange;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.OwnerChange;
import io.rolecall.schema.Registration;
import io.rolecall.schema.ServicePrincipalState;
import io.rolecall.schema.SignIn;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapturedEventsTest {

    private static final String SPLUNK = "splunk_security_content/";
    private static final String OTRF = "otrf_security_datasets/";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "azure_active_directory_add_app_role_assignment_to_service_principal.json",
                "o365_add_app_role_assignment_to_service_principal_.json"
            })
    void an_app_role_assignment_shows_the_client_and_not_the_api(String file) {
        // When
        AppEvent event = Decoding.one(Decoding.sample(SPLUNK + file));

        // Then
        assertThat(event.getAppId()).contains("5f91ce94-4cc5-4ebe-aeb6-f074e57201bb");
        assertThat(event.getServicePrincipalId()).contains("2e5c2fd0-cca4-452c-9891-a07c0dafd964");
        assertThat(event.getAppDisplayName()).contains("STRT_Oauth");
        assertThat(event.getCorrelationId()).contains("ed53faec-49b5-444f-b6af-b928558ca433");
        assertThat(event.getActor().getType()).isEqualTo("application");
        assertThat(event.getActor().getServicePrincipalId()).contains("fc8c8125-bc0c-499d-8344-e53c6e3caa81");
        assertThat(event.getActor().getName()).contains("LegacyTestOAuthApp");
        assertThat(event.getActor().getIp()).isEmpty();
        assertThat(Decoding.details(event, AppRole.class))
                .isEqualTo(AppRole.newBuilder()
                        .setResourceAppId("00000002-0000-0ff1-ce00-000000000000")
                        .setResourceName("Office 365 Exchange Online")
                        .setRoleId("dc890d15-9560-4a4c-9b7f-a736ec74ec40")
                        .setRoleValue("full_access_as_app")
                        .build());
    }

    @Test
    void a_registration_in_the_unified_audit_log_is_read_out_of_pretty_printed_values() {
        // When
        AppEvent event =
                Decoding.one(Decoding.sample("det_eng_samples/t1550.001_default_rclone_app_registration.json"));

        // Then
        assertThat(event.getSource()).isEqualTo("m365-audit");
        assertThat(event.getEnvelope()).isEqualTo("unified-audit");
        assertThat(event.getEventTime()).isEqualTo(Instant.parse("2023-06-27T10:40:37Z"));
        assertThat(event.getTenantId()).isEqualTo("8d4121ed-0008-406d-bff9-0d5bb312183c");
        assertThat(event.getAppId()).contains("cd3133dd-0eb1-4283-ad9c-7e04202d3069");
        assertThat(event.getAppObjectId()).contains("cee72eb3-e2d1-47e4-aee9-2035ef580de1");
        assertThat(event.getActor().getId()).contains("7dccacb0-c3ff-4b02-964b-dd04c5a8f9fe");
        assertThat(event.getActor().getUserAgent().orElseThrow()).startsWith("Mozilla/5.0");
        Registration registration = Decoding.details(event, Registration.class);
        assertThat(registration.getTenancy()).contains("multi");
        assertThat(registration.getRedirectUris()).containsExactly("http://localhost:53682/");
        assertThat(registration.getPublisherDomain()).contains("contoso.onmicrosoft.com");
        assertThat(registration.getRequestedPermissions())
                .extracting(permission -> permission.getId() + " " + permission.getType())
                .containsExactly("e1fe6dd8-ba31-4d61-89e7-88639da4683d delegated");
    }

    @Test
    void a_service_principal_shows_its_app_id() {
        // When
        AppEvent event = Decoding.one(Decoding.sample(SPLUNK + "azure_active_directory_add_service_principal.json"));

        // Then
        assertThat(event.getAppId()).contains("e06366ca-8489-4748-b6a2-d7e4332f45c1");
        assertThat(event.getServicePrincipalId()).contains("2dedf863-ac93-4f45-87b3-e32f48145380");
        assertThat(event.getAppObjectId()).isEmpty();
        assertThat(event.getActor().getIp()).isEmpty();
        assertThat(Decoding.details(event, ServicePrincipalState.class).getAccountEnabled())
                .contains(true);
    }

    @Test
    void a_consent_for_everybody_shows_its_scopes_and_whom_it_covers() {
        // When
        AppEvent event = Decoding.one(Decoding.sample(SPLUNK + "o365_consent_to_application_.json"));

        // Then
        assertThat(event.getAppId()).contains("95106c0e-3519-450e-8e38-7f326d873454");
        assertThat(event.getServicePrincipalId()).contains("21ad62af-992e-4a9f-b6c1-67aa6c8a6eb4");
        Consent consent = Decoding.details(event, Consent.class);
        assertThat(consent.getAdminConsent()).contains(true);
        assertThat(consent.getOnBehalfOfAll()).contains(true);
        assertThat(consent.getScopes()).containsExactly("User.Read");
    }

    @Test
    void a_blocked_consent_targets_the_application_and_keeps_its_reason() {
        // When
        AppEvent event = Decoding.one(Decoding.sample(SPLUNK + "azure_active_directory_consent_to_application.json"));

        // Then
        assertThat(event.getOutcome()).isEqualTo("failure");
        assertThat(event.getOutcomeReason())
                .contains("Microsoft.Online.Security.UserConsentBlockedForRiskyAppsException");
        assertThat(event.getAppObjectId()).contains("6228c72e-8895-4681-bbda-238132dc4f3c");
        assertThat(event.getServicePrincipalId()).isEmpty();
        assertThat(Decoding.details(event, Consent.class).getScopes()).contains("Mail.ReadWrite", "User.Read");
    }

    @Test
    void a_secret_shows_its_key_id_and_no_app_id() {
        // When
        AppEvent event = Decoding.one(Decoding.sample(OTRF + "AADAuditEvents.json", 0));

        // Then
        assertThat(event.getEnvelope()).isEqualTo("log-analytics");
        assertThat(event.getOperation()).isEqualTo("update-application-certificates-and-secrets-management");
        assertThat(event.getAppId()).isEmpty();
        assertThat(event.getAppObjectId()).contains("11b49e19-2326-4be6-93cb-7f37439bbd81");
        CredentialChange change = Decoding.details(event, CredentialChange.class);
        assertThat(change.getAdded())
                .extracting(key -> key.getKeyId() + " " + key.getType().orElse(""))
                .containsExactly("59eaeebc-8a6b-44a6-9f24-7d55e64420c9 Password");
        assertThat(change.getRemoved()).isEmpty();
    }

    @Test
    void a_delegated_grant_shows_its_service_principal_and_no_app_id() {
        // When
        AppEvent event = Decoding.one(Decoding.sample(OTRF + "AADAuditEvents.json", 3));

        // Then
        assertThat(event.getAppId()).isEmpty();
        assertThat(event.getServicePrincipalId()).contains("0d2f5969-011b-460d-ac74-3291d227d49f");
        DelegatedGrant grant = Decoding.details(event, DelegatedGrant.class);
        assertThat(grant.getResourceId()).contains("401dd906-ea4f-4d41-b762-7e936d222368");
        assertThat(grant.getConsentType()).contains("all-principals");
        assertThat(grant.getScopes()).containsExactly("User.Read", "Mail.ReadWrite");
        assertThat(grant.getAdded()).containsExactly("Mail.ReadWrite");
        assertThat(grant.getRemoved()).isEmpty();
    }

    @Test
    void a_single_sign_on_assignment_keeps_its_role_and_user() {
        // When
        AppEvent event = Decoding.one(Decoding.sample(SPLUNK + "o365_add_app_role_assignment_grant_to_user_.json"));

        // Then
        assertThat(event.getAppId()).contains("3e71560f-3e31-45ab-b439-46328fe55b88");
        assertThat(event.getActor().getIp()).contains("40.124.84.4");
        AppRoleToUser role = Decoding.details(event, AppRoleToUser.class);
        assertThat(role.getUserId()).contains("7646f1a9-620c-4630-b5e4-b02838be5562");
        assertThat(role.getUserPrincipalName()).contains("vagrant@rodsoto.onmicrosoft.com");
        assertThat(role.getRoleId()).contains("97edced9-9f34-4eef-9b49-84a5ebcd5167");
    }

    @Test
    void the_first_target_of_an_owner_event_is_the_owner_and_not_the_application() {
        // When
        AppEvent event = Decoding.one(Decoding.sample(SPLUNK + "azure_active_directory_add_owner_to_application.json"));

        // Then
        assertThat(event.getAppId()).contains("f0748f3d-45f2-4e2e-a4e1-f2e2b5271bdf");
        assertThat(event.getAppObjectId()).contains("bb2479d8-5e89-4480-bb7e-3178d5a5d469");
        assertThat(Decoding.details(event, OwnerChange.class).getOwnerId())
                .contains("dd92f1af-43d7-47d9-b93c-a78c6b635180");
    }

    @Test
    void a_changed_authorization_policy_shows_values_before_and_after() {
        // When
        AppEvent event =
                Decoding.one(Decoding.sample(SPLUNK + "azure_active_directory_update_authorization_policy.json"));

        // Then
        assertThat(Decoding.details(event, ConsentPolicyChange.class).getChanges())
                .extracting(change -> change.getProperty() + " "
                        + change.getOld().orElse("") + " " + change.getNew$().orElse(""))
                .containsExactly(
                        "AllowUserConsentForRiskyApps false true",
                        "PermissionGrantPolicyIdsAssignedToDefaultUserRole"
                                + " ManagePermissionGrantsForSelf.microsoft-user-default-legacy"
                                + " microsoft-user-default-legacy");
    }

    @Test
    void a_sign_in_happened_when_it_was_created_and_not_when_it_was_delivered() {
        // When
        AppEvent event = Decoding.one(Decoding.sample(SPLUNK + "azure_active_directory_sign_in_activity.json"));

        // Then
        assertThat(event.getEventTime()).isEqualTo(Instant.parse("2023-10-24T20:01:11.9490387Z"));
        assertThat(event.getOutcome()).isEqualTo("failure");
        SignIn signIn = Decoding.details(event, SignIn.class);
        assertThat(signIn.getKind()).isEqualTo("interactive");
        assertThat(signIn.getErrorCode()).contains(50076);
        assertThat(signIn.getCountry()).contains("US");
        assertThat(signIn.getAsn()).contains(12271L);
    }

    @Test
    void a_sign_in_of_the_unified_audit_log_is_a_sign_in() {
        // When
        AppEvent event = Decoding.one(Decoding.sample(SPLUNK + "o365_userloggedin.json"));

        // Then
        assertThat(event.getOperation()).isEqualTo("sign-in");
        assertThat(event.getSource()).isEqualTo("m365-audit");
        assertThat(event.getActor().getId()).contains("2d2f9e2c-8350-4d98-852e-3f06daaf7185");
        assertThat(event.getActor().getIp()).contains("54.68.231.63");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_graph_sign_in_comes_out_of_its_raw_text(int index) {
        // Given
        String page = Decoding.sample("cribl_azure_graph_rest/7cieEB_graph_signins.json");
        String element = Decoding.parse(page).get(index).toString();

        // When
        AppEvent event = Decoding.one(element);

        // Then
        assertThat(event.getEnvelope()).isEqualTo("_raw/graph");
        assertThat(event.getSource()).isEqualTo("entra-sign-in");
        assertThat(event.getEventId()).matches("x-[0-9a-f]{32}");
    }

    @Test
    void mail_read_over_rest_belongs_to_the_client_and_not_to_the_api() {
        // When
        AppEvent event = Decoding.one(Decoding.sample(OTRF + "OfficeActivityEvents.json", 0));

        // Then
        assertThat(event.getAppId()).contains("5a95e683-08ad-424e-a441-1d1aec52c02c");
        MailboxUse use = Decoding.details(event, MailboxUse.class);
        assertThat(use.getMailbox()).contains("pgustavo@simulandlabs.com");
        assertThat(use.getItems()).contains(7L);
    }

    @Test
    void mail_read_comes_out_of_a_cloud_app_event_with_power_shell_text() {
        // When
        AppEvent event = Decoding.one(Decoding.sample(OTRF + "Microsoft365DefenderEvents.json", 7));

        // Then
        assertThat(event.getEnvelope()).isEqualTo("cloud-app-events");
        assertThat(event.getAppId()).contains("5a95e683-08ad-424e-a441-1d1aec52c02c");
        assertThat(Decoding.details(event, MailboxUse.class).getItems()).contains(7L);
    }

    @Test
    void an_azure_activity_of_a_user_is_not_the_portals() {
        // When
        AppEvent event =
                Decoding.one(Decoding.sample(SPLUNK + "azure_audit_create_or_update_an_azure_automation_account.json"));

        // Then
        assertThat(event.getEnvelope()).isEqualTo("rest");
        assertThat(event.getActor().getType()).isEqualTo("user");
        assertThat(event.getActor().getName()).contains("evilAdmin@contoso.com");
        assertThat(event.getAppId()).isEmpty();
        assertThat(event.getTenantId()).isEqualTo("ad251139-d600-4f45-a8ba-9f6ca1e5a93d");
        assertThat(Decoding.details(event, Activity.class).getClientAppId())
                .contains("c44b4083-3bb0-49c1-b47d-974e53cbdf3c");
    }
}

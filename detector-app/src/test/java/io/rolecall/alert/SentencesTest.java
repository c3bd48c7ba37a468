package io.rolecall.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.Operations;
import io.rolecall.policy.Resources;
import io.rolecall.schema.Activity;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRoleToUser;
import io.rolecall.schema.Consent;
import io.rolecall.schema.Credential;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.OwnerChange;
import io.rolecall.schema.RedirectChange;
import io.rolecall.schema.Registration;
import io.rolecall.schema.RequestedPermission;
import io.rolecall.schema.SignIn;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {

    private static AppEvent act(String operation, Object details) {
        return Given.event("e", operation, Given.GRANTED, "alice")
                .setDetails(details)
                .build();
    }

    @Test
    void a_consent_names_its_scopes_and_whom_it_binds() {
        // Given
        AppEvent act = act(
                Operations.CONSENT,
                Consent.newBuilder()
                        .setOnBehalfOfAll(true)
                        .setScopes(List.of("Mail.Read", "offline_access"))
                        .build());

        // When
        String sentence = Sentences.of(act);

        // Then
        assertThat(sentence)
                .isEqualTo("alice@contoso.com consented to the application 'Payroll Sync' on behalf of all users"
                        + " (Mail.Read, offline_access)");
    }

    @Test
    void a_failure_is_told_as_one_with_its_reason() {
        // Given
        AppEvent act = Given.event("e", Operations.ADD_APPLICATION, Given.GRANTED, "alice")
                .setOutcome("failure")
                .setOutcomeReason("Authorization_RequestDenied")
                .setAppId(null)
                .setAppDisplayName(null)
                .setDetails(Registration.newBuilder().build())
                .build();

        // When
        String sentence = Sentences.of(act);

        // Then
        assertThat(sentence)
                .isEqualTo("alice@contoso.com failed to register an application the log does not name:"
                        + " Authorization_RequestDenied");
    }

    @Test
    void a_change_of_the_registration_tells_what_it_asks_for_now_and_not_what_it_asked_for_before() {
        // Given
        RequestedPermission userRead = requested("e1fe6dd8-ba31-4d61-89e7-88639da4683d", "delegated");
        RequestedPermission mailReadWrite = requested("e2a3a72e-5f79-4c64-b1b1-878b674786c9", "application");
        RequestedPermission unknown = requested("00000000-1111-2222-3333-444444444444", "application");
        AppEvent act = act(
                Operations.UPDATE_APPLICATION,
                Registration.newBuilder()
                        .setPreviouslyRequested(List.of(userRead))
                        .setRequestedPermissions(List.of(userRead, mailReadWrite, unknown))
                        .build());

        // When
        String sentence = Sentences.of(act);

        // Then
        assertThat(sentence)
                .isEqualTo("alice@contoso.com changed the application 'Payroll Sync', which now asks for"
                        + " Mail.ReadWrite, 00000000-1111-2222-3333-444444444444");
    }

    private static RequestedPermission requested(String id, String type) {
        return RequestedPermission.newBuilder()
                .setResourceAppId(Resources.MICROSOFT_GRAPH)
                .setId(id)
                .setType(type)
                .build();
    }

    @Test
    void a_new_secret_is_told_by_name_and_key_id() {
        // Given
        Credential secret = Credential.newBuilder()
                .setKeyId("k1")
                .setType("Password")
                .setUsage("Verify")
                .setDisplayName("backup")
                .build();
        AppEvent act = act(
                Operations.UPDATE_APPLICATION_CREDENTIALS,
                CredentialChange.newBuilder().setAdded(List.of(secret)).build());

        // When
        String sentence = Sentences.of(act);

        // Then
        assertThat(sentence).isEqualTo("alice@contoso.com added the secret 'backup' k1 to 'Payroll Sync'");
    }

    @Test
    void a_delegated_grant_tells_what_was_really_added() {
        // Given
        AppEvent act = act(
                Operations.ADD_DELEGATED_GRANT,
                DelegatedGrant.newBuilder()
                        .setResourceName("Microsoft Graph")
                        .setConsentType("all-principals")
                        .setScopes(List.of("User.Read", "Mail.Send"))
                        .setAdded(List.of("Mail.Send"))
                        .build());

        // When
        String sentence = Sentences.of(act);

        // Then
        assertThat(sentence)
                .isEqualTo("alice@contoso.com granted the delegated permissions Mail.Send on Microsoft Graph"
                        + " for all users to 'Payroll Sync'");
    }

    @Test
    void an_assignment_an_owner_and_a_redirect_address_have_their_sentences() {
        // Given
        AppEvent assignment = act(
                Operations.ADD_APP_ROLE_TO_USER,
                AppRoleToUser.newBuilder()
                        .setUserPrincipalName("bob@contoso.com")
                        .setRoleId("r1")
                        .build());
        AppEvent owner = act(
                Operations.ADD_OWNER_TO_APPLICATION,
                OwnerChange.newBuilder().setOwnerName("bob@contoso.com").build());
        AppEvent redirect = act(
                Operations.UPDATE_APPLICATION,
                RedirectChange.newBuilder()
                        .setAdded(List.of("https://evil.example"))
                        .build());

        // When
        List<String> sentences = List.of(Sentences.of(assignment), Sentences.of(owner), Sentences.of(redirect));

        // Then
        assertThat(sentences)
                .containsExactly(
                        "alice@contoso.com assigned bob@contoso.com to 'Payroll Sync'",
                        "alice@contoso.com made bob@contoso.com an owner of 'Payroll Sync'",
                        "alice@contoso.com added the redirect address https://evil.example to 'Payroll Sync'");
    }

    @Test
    void use_of_mail_and_mail_flow_have_their_sentences() {
        // Given
        AppEvent read = act(
                Operations.MAIL_ITEMS_ACCESSED,
                MailboxUse.newBuilder()
                        .setAction("read")
                        .setMailbox("ceo@contoso.com")
                        .setItems(40L)
                        .build());
        AppEvent connector = act(
                "new-inbound-connector",
                MailFlow.newBuilder()
                        .setCmdlet("New-InboundConnector")
                        .setOutside(List.of("*"))
                        .build());

        // When
        List<String> sentences = List.of(Sentences.of(read), Sentences.of(connector));

        // Then
        assertThat(sentences)
                .containsExactly(
                        "alice@contoso.com read 40 mail items in ceo@contoso.com",
                        "alice@contoso.com ran New-InboundConnector (outside: *)");
    }

    @Test
    void an_application_that_acts_is_called_one() {
        // Given
        AppEvent act = Given.event("e", Operations.DELETE_APPLICATION, Given.GRANTED, "alice")
                .setActor(Actor.newBuilder()
                        .setType("application")
                        .setName("Deployer")
                        .build())
                .build();

        // When
        String sentence = Sentences.of(act);

        // Then
        assertThat(sentence).isEqualTo("The application 'Deployer' deleted the application 'Payroll Sync'");
    }

    @Test
    void the_tool_is_known_by_client_or_user_agent() {
        // Given
        List<String> agents = List.of(
                "EvoSTS",
                "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.17763.1971",
                "AZURECLI/2.50.0",
                "Mozilla/5.0 (X11; Linux x86_64) Firefox/121.0",
                "Swagger-Codegen/1.0.0.0/csharp/msal");

        // When
        List<String> tools = agents.stream()
                .map(agent ->
                        Actor.newBuilder().setType("user").setUserAgent(agent).build())
                .map(actor -> Given.event("e", "x", Given.GRANTED, "a")
                        .setActor(actor)
                        .build())
                .map(event -> ActingTool.of(event).orElse("none"))
                .toList();
        AppEvent portal = Given.event("e", "x", Given.GRANTED, "a")
                .setActor(Actor.newBuilder()
                        .setType("user")
                        .setAppId("74658136-14ec-4630-ad9b-26e160ff0fc6")
                        .setUserAgent("Mozilla/5.0")
                        .build())
                .build();

        // Then
        assertThat(tools).containsExactly("consent-prompt", "powershell", "azure-cli", "browser", "other");
        assertThat(ActingTool.of(portal)).contains("portal");
    }

    @Test
    void the_tool_of_an_act_in_azure_is_known_by_the_client_of_the_token() {
        // Given
        AppEvent act = Given.event("e", "x", Given.GRANTED, "a")
                .setActor(Actor.newBuilder()
                        .setType("user")
                        .setName("a@contoso.com")
                        .build())
                .setDetails(Activity.newBuilder()
                        .setAction("microsoft.storage/storageaccounts/listkeys/action")
                        .setClientAppId("04B07795-8ddb-461a-bbee-02f9e1bf7b46")
                        .build())
                .build();

        // When, Then
        assertThat(ActingTool.of(act)).contains("azure-cli");
    }

    @Test
    void an_interrupted_sign_in_is_told_apart_from_a_failed_one() {
        // Given
        SignIn stopped = SignIn.newBuilder()
                .setKind("interactive")
                .setResourceName("Microsoft Graph")
                .setErrorCode(50076)
                .build();
        AppEvent.Builder event = Given.event("e", Operations.SIGN_IN, Given.GRANTED, "bob")
                .setOutcome("failure")
                .setOutcomeReason("a second factor is required");

        // When, Then
        assertThat(Sentences.of(event.setDetails(stopped).build()))
                .isEqualTo("bob@contoso.com was interrupted while signing in to Microsoft Graph: a second factor is"
                        + " required");
        assertThat(Sentences.of(event.setDetails(
                                SignIn.newBuilder(stopped).setErrorCode(50126).build())
                        .build()))
                .startsWith("bob@contoso.com failed to sign in");
    }
}

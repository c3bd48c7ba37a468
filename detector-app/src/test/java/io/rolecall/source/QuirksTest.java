package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Activity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.AppRoleToUser;
import io.rolecall.schema.Consent;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.RedirectChange;
import io.rolecall.schema.Registration;
import io.rolecall.schema.SignIn;
import io.rolecall.source.split.DecodeSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuirksTest {

    private static final String USER =
            "{'user':{'id':'3bd47e42-37c9-442f-a2b4-f04de61ef0ce','userPrincipalName':'a@contoso.com'}}";
    private static final String OBJECT = "bb2479d8-5e89-4480-bb7e-3178d5a5d469";
    private static final String KEY = "[KeyIdentifier=%s,KeyType=Password,KeyUsage=Verify,DisplayName=a, b]";
    private static final String FIRST = "11111111-2222-3333-4444-555555555555";
    private static final String SECOND = "99999999-2222-3333-4444-555555555555";

    /** A diagnostic record about an application; single quotes stand for double ones. */
    private static String record(String operation, String initiator, String properties) {
        return json("{'time':'2024-01-01T00:00:00Z','operationName':'" + operation + "','category':'AuditLogs',"
                + "'tenantId':'75243ab2-44f8-435c-a7a6-b479385df6d4','properties':{'id':'e1','result':'success',"
                + "'initiatedBy':" + initiator + ",'targetResources':[{'id':'" + OBJECT
                + "','type':'Application','modifiedProperties':[" + properties + "]}]}}");
    }

    private static String property(String name, String old, String now) {
        return "{'displayName':'" + name + "','oldValue':" + old + ",'newValue':" + now + "}";
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    @Test
    void a_portal_edit_is_the_users_although_it_names_an_application() {
        // Given
        String initiator = USER.substring(0, USER.length() - 1) + ",'app':{'displayName':'ADIbizaUX'}}";

        // When
        AppEvent event = Decoding.one(record("Update application", initiator, ""));

        // Then
        assertThat(event.getActor().getType()).isEqualTo("user");
        assertThat(event.getActor().getName()).contains("a@contoso.com");
    }

    @Test
    void an_initiator_of_microsoft_without_ids_keeps_its_name_alone() {
        // Given
        String initiator = "{'user':null,'app':{'appId':null,'servicePrincipalId':null,"
                + "'displayName':'Microsoft Azure AD Internal - Jit Provisioning'}}";

        // When
        AppEvent event = Decoding.one(record("Update application", initiator, ""));

        // Then
        assertThat(event.getActor().getType()).isEqualTo("application");
        assertThat(event.getActor().getId()).isEmpty();
        assertThat(event.getActor().getName()).contains("Microsoft Azure AD Internal - Jit Provisioning");
    }

    @Test
    void an_empty_initiator_is_nobody() {
        // When
        AppEvent event = Decoding.one(record("Update application", "{}", ""));

        // Then
        assertThat(event.getActor().getType()).isEqualTo("unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'[true]'", "'true'", "'\\'true\\''", "true", "[true]", "'[\\r\\n  true\\r\\n]'", "'True'"})
    void a_value_reads_the_same_in_every_encoding(String value) {
        // Given
        String encoded = value.replace("\\'", "\\\"");

        // When
        AppEvent event =
                Decoding.one(record("Add application", USER, property("AvailableToOtherTenants", "'[]'", encoded)));

        // Then
        assertThat(Decoding.details(event, Registration.class).getTenancy()).contains("multi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "null", "'[]'", "[]", "'\\'\\''", "{}", "7"})
    void an_empty_value_is_an_absent_fact(String value) {
        // Given
        String encoded = value.replace("\\'", "\\\"");

        // When
        AppEvent event = Decoding.one(record("Add application", USER, property("PublisherDomain", "null", encoded)));

        // Then
        assertThat(Decoding.details(event, Registration.class).getPublisherDomain())
                .isEqualTo(value.equals("7") ? java.util.Optional.of("7") : java.util.Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "AzureADMyOrg, single",
        "AzureADMultipleOrgs, multi",
        "AzureADandPersonalMicrosoftAccount, multi-and-personal",
        "PersonalMicrosoftAccount, personal"
    })
    void the_sign_in_audience_tells_the_tenancy(String audience, String tenancy) {
        // When
        AppEvent event = Decoding.one(
                record("Add application", USER, property("SignInAudience", "null", "['" + audience + "']")));

        // Then
        assertThat(Decoding.details(event, Registration.class).getTenancy()).contains(tenancy);
    }

    @Test
    void a_first_credential_follows_an_empty_set() {
        // When
        AppEvent event = Decoding.one(credentials("'[]'", "['" + KEY.formatted(FIRST) + "']"));

        // Then
        CredentialChange change = Decoding.details(event, CredentialChange.class);
        assertThat(change.getAdded()).hasSize(1);
        assertThat(change.getAdded().get(0).getKeyId()).isEqualTo(FIRST);
        assertThat(change.getAdded().get(0).getDisplayName()).contains("a, b");
    }

    @Test
    void a_rotation_is_the_difference_by_key_id() {
        // When
        AppEvent event =
                Decoding.one(credentials("['" + KEY.formatted(FIRST) + "']", "['" + KEY.formatted(SECOND) + "']"));

        // Then
        CredentialChange change = Decoding.details(event, CredentialChange.class);
        assertThat(change.getAdded()).extracting(key -> key.getKeyId()).containsExactly(SECOND);
        assertThat(change.getRemoved()).extracting(key -> key.getKeyId()).containsExactly(FIRST);
    }

    @Test
    void two_empty_sets_added_no_credential() {
        // When
        AppEvent event = Decoding.one(credentials("'[]'", "'[]'"));

        // Then
        assertThat(Decoding.details(event, CredentialChange.class).getAdded()).isEmpty();
    }

    private static String credentials(String old, String now) {
        return record(
                "Update application – Certificates and secrets management ",
                USER,
                property("KeyDescription", old, now));
    }

    @Test
    void one_update_of_several_things_is_several_events_with_one_id() throws RejectedElementException {
        // Given
        String update = record(
                "Update application",
                USER,
                String.join(
                        ",",
                        property("AvailableToOtherTenants", "[false]", "[true]"),
                        property("AppAddress", "[{'Address':'https://a'}]", "[{'Address':'https://b'}]"),
                        property(
                                "FederatedIdentityCredentials",
                                "'[]'",
                                "[{'Issuer':'https://i','Subject':'s','Audiences':['api://x']}]"),
                        property("KeyDescription", "'[]'", "['" + KEY.formatted(FIRST) + "']")));

        // When
        List<AppEvent> events = Decoding.all(update);

        // Then
        assertThat(events).extracting(AppEvent::getEventId).containsOnly("e1");
        assertThat(events)
                .extracting(event -> event.getDetails().orElseThrow().getClass().getSimpleName())
                .containsExactly("Registration", "RedirectChange", "FederatedCredentialChange", "CredentialChange");
        RedirectChange redirect = Decoding.details(events.get(1), RedirectChange.class);
        assertThat(redirect.getAdded()).containsExactly("https://b");
        assertThat(redirect.getRemoved()).containsExactly("https://a");
    }

    @Test
    void an_empty_stub_of_an_update_is_one_event_without_details() {
        // When
        AppEvent event = Decoding.one(record("Update application", USER, ""));

        // Then
        assertThat(event.getDetails()).isEmpty();
        assertThat(event.getAppObjectId()).contains(OBJECT);
    }

    @Test
    void a_grant_is_told_by_its_scopes_and_not_by_its_name() {
        // When
        AppEvent event = Decoding.one(record(
                "Remove delegated permission grant",
                USER,
                property("DelegatedPermissionGrant.Scope", "' User.Read'", "' User.Read Mail.Read'") + ","
                        + property("DelegatedPermissionGrant.ConsentType", "null", "'Principal'") + ","
                        + property("ServicePrincipal.AppId", "null", "''")));

        // Then
        DelegatedGrant grant = Decoding.details(event, DelegatedGrant.class);
        assertThat(grant.getAdded()).containsExactly("Mail.Read");
        assertThat(grant.getRemoved()).isEmpty();
        assertThat(grant.getConsentType()).contains("principal");
        assertThat(event.getAppId()).isEmpty();
    }

    @Test
    void a_removed_role_keeps_its_facts_in_the_old_values() {
        // When
        AppEvent event = Decoding.one(record(
                "Remove app role assignment from service principal",
                USER,
                property("AppRole.Value", "'Mail.Read'", "null") + ","
                        + property("ServicePrincipal.AppId", "'" + FIRST + "'", "''")));

        // Then
        assertThat(event.getAppId()).contains(FIRST);
        assertThat(Decoding.details(event, AppRole.class).getRoleValue()).contains("Mail.Read");
    }

    @Test
    void a_role_of_zeros_given_to_a_user_is_a_consent_and_has_no_role() {
        // When
        AppEvent event = Decoding.one(record(
                "Add app role assignment grant to user",
                USER,
                property("AppRole.Id", "null", "'00000000-0000-0000-0000-000000000000'")));

        // Then
        assertThat(Decoding.details(event, AppRoleToUser.class).getRoleId()).isEmpty();
    }

    @Test
    void the_scopes_of_a_consent_are_those_right_of_the_arrow_of_every_group() {
        // Given
        String permissions = "[[Id: a, ClientId: " + FIRST + ", ResourceId: r, ConsentType: Principal, Scope: Old.One]]"
                + " => [[Id: b, ClientId: " + FIRST + ", PrincipalId: , ConsentType: Principal, Scope: Old.One A.Read,"
                + " CreatedDateTime: , LastModifiedDateTime ], [Id: c, ClientId: " + FIRST + ", Scope: B.Read]]; ";

        // When
        AppEvent event = Decoding.one(record(
                "Consent to application",
                USER,
                property("ConsentAction.Permissions", "null", "'" + permissions + "'") + ","
                        + property("ConsentContext.OnBehalfOfAll", "null", "'False'")));

        // Then
        Consent consent = Decoding.details(event, Consent.class);
        assertThat(consent.getScopes()).containsExactly("Old.One", "A.Read", "B.Read");
        assertThat(consent.getOnBehalfOfAll()).contains(false);
        assertThat(event.getServicePrincipalId()).contains(FIRST);
    }

    @ParameterizedTest
    @CsvSource({
        "'success', success",
        "'failure', failure",
        "0, success",
        "1, failure",
        "'timeout', failure",
        "'PartiallySucceeded', success",
        "null, success"
    })
    void a_result_is_read_in_every_shape(String result, String outcome) {
        // Given
        String value = result.matches("[01]|null") ? result : "'" + result + "'";
        String element = record("Add application", USER, "").replace("\"success\"", json(value));

        // When
        AppEvent event = Decoding.one(element);

        // Then
        assertThat(event.getOutcome()).isEqualTo(outcome);
    }

    @Test
    void a_wrong_type_in_an_optional_field_is_an_absent_fact() {
        // Given
        String element = json("{'time':'2024-01-01T00:00:00Z','operationName':'Add application','tenantId':['x'],"
                + "'callerIpAddress':{},'correlationId':7.5,'properties':{'id':{},'initiatedBy':'nobody',"
                + "'targetResources':[7,null,{'id':[],'type':{},'modifiedProperties':'none'}],'additionalDetails':'None',"
                + "'activityDateTime':'2024-01-01T00:00:00Z','result':[]}}");
        DecodeSettings settings = DecodeSettings.DEFAULT.withEverything(true);
        EventDecoder decoder = new EventDecoder(settings, operation -> false);

        // When
        List<AppEvent> events = decode(decoder, element);

        // Then
        assertThat(events).hasSize(1);
        assertThat(events.get(0).getTenantId()).isEqualTo("unknown");
        assertThat(events.get(0).getAppId()).isEmpty();
    }

    private static List<AppEvent> decode(EventDecoder decoder, String element) {
        try {
            return decoder.decode(Decoding.parse(element), "p", Decoding.REFERENCE);
        } catch (RejectedElementException rejected) {
            throw new AssertionError(rejected);
        }
    }

    @Test
    void lower_case_keys_a_numeric_result_and_nine_decimals_are_read() {
        // When
        AppEvent event =
                Decoding.one(json("{'operationname':'Sign-in activity','category':'ServicePrincipalSignInLogs',"
                        + "'time':'2023-07-26 23:00:20.889','resulttype':7000215,'calleripaddress':'12.12.12.12',"
                        + "'properties':{'appId':'" + FIRST + "','servicePrincipalId':'" + SECOND
                        + "','createdDateTime':'2023-07-26 22:58:30.983201900','servicePrincipalCredentialKeyId':'"
                        + OBJECT
                        + "'}}"));

        // Then
        assertThat(event.getEnvelope()).isEqualTo("diagnostic-lower-case");
        assertThat(event.getEventTime()).hasToString("2023-07-26T22:58:30.983201900Z");
        assertThat(event.getActor().getServicePrincipalId()).contains(SECOND);
        assertThat(event.getOutcome()).isEqualTo("failure");
        SignIn signIn = Decoding.details(event, SignIn.class);
        assertThat(signIn.getKind()).isEqualTo("service-principal");
        assertThat(signIn.getErrorCode()).contains(7000215);
        assertThat(signIn.getCredentialKeyId()).contains(OBJECT);
    }

    @Test
    void a_managed_identity_has_no_address() {
        // When
        AppEvent event = Decoding.one(json("{'operationName':'Sign-in activity','category':'ManagedIdentitySignInLogs',"
                + "'time':'2023-07-26T23:00:20Z','resultType':'0','properties':{'appId':'" + FIRST
                + "','servicePrincipalId':'" + SECOND + "','ipAddress':''}}"));

        // Then
        assertThat(Decoding.details(event, SignIn.class).getKind()).isEqualTo("managed-identity");
        assertThat(event.getActor().getIp()).isEmpty();
        assertThat(event.getOutcome()).isEqualTo("success");
    }

    @Test
    void the_tenant_of_a_log_analytics_row_is_not_its_workspace() {
        // When
        AppEvent event = Decoding.one(
                json(
                        "{'TenantId':'" + FIRST + "','AADTenantId':'" + SECOND
                                + "','TimeGenerated [UTC]':'4/28/2021, 2:54:37.000 PM','OperationName':'Add user','Result':'success'}"));

        // Then
        assertThat(event.getTenantId()).isEqualTo(SECOND);
        assertThat(event.getEnvelope()).isEqualTo("log-analytics");
    }

    @Test
    void the_assignee_of_an_azure_role_stands_in_the_request_body_and_the_evidence_is_the_callers() {
        // When
        AppEvent event = Decoding.one("""
                {"time":"2024-12-17T10:30:00.0000000Z","operationName":"MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE",
                 "category":"Administrative","resultType":"Success","callerIpAddress":"1.1.1.1",
                 "identity":{"authorization":{"evidence":{"principalId":"6b6d44f0-b13a-46a0-bfde-161324d4c34d",
                 "principalType":"User"}}},"properties":{"requestbody":
                 "{\\"Properties\\":{\\"PrincipalId\\":\\"770797c4-e05a-43f9-bda2-1f1f379987ae\\",\\"PrincipalType\\":\\"ServicePrincipal\\",\\"RoleDefinitionId\\":\\"/providers/Microsoft.Authorization/roleDefinitions/8E3AF657-A8FF-443C-A75C-2FE8C4BCB635\\",\\"Scope\\":\\"/subscriptions/s\\"}}"}}
                """);

        // Then
        assertThat(event.getOperation()).isEqualTo("microsoft-authorization-roleassignments-write");
        assertThat(event.getServicePrincipalId()).contains("770797c4-e05a-43f9-bda2-1f1f379987ae");
        assertThat(event.getActor().getId()).contains("6b6d44f0-b13a-46a0-bfde-161324d4c34d");
        var assignment = Decoding.details(event, Activity.class).getAssignment().orElseThrow();
        assertThat(assignment.getRoleDefinitionId()).contains("8e3af657-a8ff-443c-a75c-2fe8c4bcb635");
        assertThat(assignment.getScope()).contains("/subscriptions/s");
    }

    @Test
    void a_connector_open_to_every_domain_leads_outside() {
        // When
        AppEvent event = Decoding.one(json("{'CreationTime':'2023-06-03T08:13:00','Operation':'New-InboundConnector',"
                + "'RecordType':1,'ResultStatus':'True','UserId':'a@contoso.com','ClientIP':'20.92.124.182:24528',"
                + "'AppId':'497effe9-df71-4043-a8bb-14cf78c4b63b','ClientAppId':'','Parameters':["
                + "{'Name':'SenderDomains','Value':'smtp:*;1'},{'Name':'SenderIPAddresses','Value':'13.90.41.248'},"
                + "{'Name':'TlsSenderCertificateName','Value':''},{'Name':'Name','Value':'relay.example.com'}]}"));

        // Then
        MailFlow flow = Decoding.details(event, MailFlow.class);
        assertThat(flow.getOutside()).containsExactly("*", "13.90.41.248");
        assertThat(flow.getParameters()).doesNotContainKey("TlsSenderCertificateName");
        assertThat(event.getActor().getIp()).contains("20.92.124.182");
        assertThat(event.getAppId()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "497effe9-df71-4043-a8bb-14cf78c4b63b, 497effe9-df71-4043-a8bb-14cf78c4b63b",
        "FB78D390-0C51-40CD-8E17-FDBFAB77341B, fb78d390-0c51-40cd-8e17-fdbfab77341b",
        "00000002-0000-0ff1-ce00-000000000000, ''"
    })
    void the_tool_of_exchange_with_which_a_person_ran_a_command_is_their_client(String logged, String client) {
        // When
        AppEvent event = Decoding.one(json("{'CreationTime':'2023-06-03T08:13:00','Operation':'New-InboundConnector',"
                + "'RecordType':1,'ResultStatus':'True','UserId':'a@contoso.com','AppId':'" + logged
                + "','Parameters':[{'Name':'SenderDomains','Value':'smtp:*;1'}]}"));

        // Then
        assertThat(event.getActor().getAppId().orElse("")).isEqualTo(client);
        assertThat(event.getAppId()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Certificate, application", "NT AUTHORITY\\SYSTEM, unknown", "Not Available, unknown"})
    void a_shared_label_never_becomes_an_id(String userId, String type) {
        // When
        AppEvent event = Decoding.one(json("{'CreationTime':'2023-06-03T08:13:00','Operation':'Set-Mailbox',"
                + "'OrganizationId':'" + FIRST + "','UserId':'" + userId.replace("\\", "\\\\") + "','Parameters':[]}"));

        // Then
        assertThat(event.getActor().getType()).isEqualTo(type);
        assertThat(event.getActor().getId()).isEmpty();
    }
}

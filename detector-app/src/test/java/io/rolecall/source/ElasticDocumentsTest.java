package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Activity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Consent;
import io.rolecall.schema.ConsentPolicyChange;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.PropertyChange;
import io.rolecall.schema.RedirectChange;
import io.rolecall.schema.Registration;
import io.rolecall.schema.SignIn;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that Elastic's integrations have taken apart, without the original. Single quotes stand for double ones. */
class ElasticDocumentsTest {

    private static final String TENANT = "75243ab2-44f8-435c-a7a6-b479385df6d4";
    private static final String USER = "3bd47e42-37c9-442f-a2b4-f04de61ef0ce";
    private static final String APP = "11111111-2222-3333-4444-555555555555";
    private static final String PRINCIPAL = "0d2f5969-011b-460d-ac74-3291d227d49f";
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    /** A document of the Microsoft 365 integration. */
    private static AppEvent office(String action, String event, String audit) {
        return Decoding.one(
                json("{'@timestamp':'2024-03-02T09:00:00.000Z','client':{'address':'198.51.100.7:4711','ip':"
                        + "'198.51.100.7'},'source':{'ip':'198.51.100.7'},'event':{'action':'" + action
                        + "','id':'e1','code':"
                        + "'AzureActiveDirectory','provider':'AzureActiveDirectory'" + event
                        + "},'organization':{'id':'" + TENANT
                        + "'},'user':{'id':'a@contoso.com','email':'a@contoso.com'},'user_agent':{'original':'Mozilla/5.0'},"
                        + "'o365':{'audit':{" + audit + "}}}"));
    }

    private static String now(String name, String value) {
        return "'" + name + "':{'NewValue':'" + value + "','OldValue':''}";
    }

    /** A document of the integrations of Azure. */
    private static AppEvent azure(String log, String event, String record, String rest) {
        return Decoding.one(json("{'@timestamp':'2024-03-02T09:00:00.123Z','event':{'action':'ACTION'" + event
                + "},'source':{'ip':'198.51.100.7'},'client':{'ip':'198.51.100.7'}" + rest
                + ",'azure':{'correlation_id':"
                + "'12121212-0000-4000-8000-000000000001','tenant_id':'" + TENANT + "','resource':{'id':'/tenants/"
                + TENANT
                + "/providers/Microsoft.aadiam'},'" + log + "':{" + record + "}}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'event.action':'A','event.outcome':'failure','azure':{'auditlogs':{RECORD}}",
                "'event':{'action':'A','outcome':['failure']},'azure':{'auditlogs':{RECORD}}",
                "'event.outcome':'failure','event':{'action':'A'},'azure.auditlogs':{RECORD}",
                "'event':{'action':'A','outcome':'failure'},'azure':{'auditlogs.operation_name':'Add application',"
                        + "'auditlogs.properties':{'initiated_by':{'user':{'id':'USER'}}}}",
                "'event':{'action':'A','outcome':'failure'},'azure':{'auditlogs':{'operation_name':'Add application',"
                        + "'properties.initiated_by.user.id':'USER'}}"
            })
    void names_that_are_flattened_in_part_are_read(String members) {
        // Given
        String record = "'operation_name':'Add application','properties':{'initiated_by':{'user':{'id':'USER'}}}";
        String text = "{'@timestamp':'2024-03-02T09:00:00Z'," + members.replace("RECORD", record) + "}";

        // When
        AppEvent event = Decoding.one(json(text.replace("USER", USER)));

        // Then
        assertThat(event.getOutcome()).isEqualTo("failure");
        assertThat(event.getActor().getId()).contains(USER);
    }

    @Test
    void a_microsoft_365_record_beside_flattened_names_is_read() {
        // When
        AppEvent event = Decoding.one(json(
                "{'@timestamp':'2024-03-02T09:00:00Z','event.action':'Add application.','event.id':'e1','organization.id':'"
                        + TENANT + "','client.ip':'198.51.100.7','o365':{'audit':{'UserId':'a@contoso.com'}}}"));

        // Then
        assertThat(event.getOperation()).isEqualTo("add-application");
        assertThat(event.getEventId()).isEqualTo("e1");
        assertThat(event.getTenantId()).isEqualTo(TENANT);
        assertThat(event.getActor().getIp()).contains("198.51.100.7");
    }

    @Test
    void what_has_moved_to_common_names_is_read_there() {
        // When
        AppEvent event = office(
                "Add app role assignment to service principal.",
                ",'outcome':'success'",
                "'ResultStatus':'','ModifiedProperties':{" + now("AppRole_Value", "Mail.Read") + ","
                        + now("ServicePrincipal_ObjectID", PRINCIPAL) + "," + now("ServicePrincipal_AppId", APP) + ","
                        + now("TargetId_ServicePrincipalNames", GRAPH + ";https://graph.microsoft.com") + "}");

        // Then
        assertThat(event.getSource()).isEqualTo("m365-audit");
        assertThat(event.getEventId()).isEqualTo("e1");
        assertThat(event.getTenantId()).isEqualTo(TENANT);
        assertThat(event.getEventTime()).isEqualTo(Instant.parse("2024-03-02T09:00:00Z"));
        assertThat(event.getOutcome()).isEqualTo("success");
        assertThat(event.getActor().getName()).contains("a@contoso.com");
        assertThat(event.getActor().getIp()).contains("198.51.100.7");
        assertThat(event.getActor().getUserAgent()).contains("Mozilla/5.0");
        assertThat(event.getAppId()).contains(APP);
        assertThat(event.getServicePrincipalId()).contains(PRINCIPAL);
        assertThat(Decoding.details(event, AppRole.class).getRoleValue()).contains("Mail.Read");
        assertThat(Decoding.details(event, AppRole.class).getResourceAppId()).contains(GRAPH);
    }

    @Test
    void a_result_that_survives_only_as_the_outcome_is_a_failure_with_its_reason() {
        // When
        AppEvent office = office("Add application.", ",'outcome':'failure','reason':'Denied.'", "'RecordType':'8'");
        AppEvent azure = azure(
                "auditlogs", ",'outcome':'failure','reason':'Denied.'", "'properties':{'id':'e1','category':'x'}", "");

        // Then
        assertThat(List.of(office, azure)).allSatisfy(event -> {
            assertThat(event.getOutcome()).isEqualTo("failure");
            assertThat(event.getOutcomeReason()).contains("Denied.");
        });
    }

    @ParameterizedTest
    @CsvSource({"unknown, success", "success, success", "failure, failure"})
    void an_unknown_outcome_is_no_failure(String outcome, String expected) {
        // When
        AppEvent event = azure("auditlogs", ",'outcome':'" + outcome + "'", "'properties':{'id':'e1'}", "");

        // Then
        assertThat(event.getOutcome()).isEqualTo(expected);
    }

    @Test
    void the_logs_own_result_counts_before_the_outcome() {
        // When
        AppEvent event =
                office("Add application.", ",'outcome':'success'", "'ResultStatus':'Failure','RecordType':'8'");

        // Then
        assertThat(event.getOutcome()).isEqualTo("failure");
    }

    @Test
    void a_consent_is_read_out_of_properties_by_name() {
        // When
        AppEvent event = office(
                "Consent to application.",
                "",
                "'ObjectId':'" + APP + "','Target':[{'ID':'ServicePrincipal_" + PRINCIPAL + "','Type':2}],"
                        + "'ModifiedProperties':{" + now("ConsentContext_IsAdminConsent", "True") + ","
                        + now("ConsentContext_OnBehalfOfAll", "False") + ","
                        + now(
                                "ConsentAction_Permissions",
                                "[[Id: a, ClientId: " + PRINCIPAL + ", PrincipalId: , ResourceId: " + USER
                                        + ", ConsentType: Principal, Scope: User.Read]] => [[Id: a, ClientId: "
                                        + PRINCIPAL
                                        + ", PrincipalId: , ResourceId: " + USER
                                        + ", ConsentType: Principal, Scope: User.Read Mail.Read]]; ")
                        + "}");

        // Then
        assertThat(event.getAppId()).contains(APP);
        assertThat(event.getServicePrincipalId()).contains(PRINCIPAL);
        assertThat(Decoding.details(event, Consent.class))
                .isEqualTo(Consent.newBuilder()
                        .setAdminConsent(true)
                        .setOnBehalfOfAll(false)
                        .setScopes(List.of("User.Read", "Mail.Read"))
                        .setBefore(List.of("User.Read"))
                        .setResources(List.of(USER))
                        .build());
    }

    @Test
    void a_changed_property_gets_its_own_name_back() {
        // When
        AppEvent event = office(
                "Update policy.",
                "",
                "'ModifiedProperties':{" + now("Included_Updated_Properties", "PolicyDetail") + ","
                        + now("PolicyDetail", "[x]") + "," + now("TargetId_UserType", "Member") + "}");

        // Then
        assertThat(Decoding.details(event, ConsentPolicyChange.class).getChanges())
                .extracting(PropertyChange::getProperty)
                .containsExactly("PolicyDetail", "TargetId.UserType");
    }

    @Test
    void a_command_has_its_parameters_in_an_object() {
        // When
        AppEvent event = office(
                "New-InboundConnector",
                "",
                "'RecordType':'1','ObjectId':'relay','UserId':'a@contoso.com','Parameters':{'SenderDomains':'smtp:*;1',"
                        + "'Enabled':'True'}");

        // Then
        MailFlow flow = Decoding.details(event, MailFlow.class);
        assertThat(flow.getCmdlet()).isEqualTo("New-InboundConnector");
        assertThat(flow.getParameters()).containsEntry("SenderDomains", "smtp:*;1");
        assertThat(flow.getOutside()).containsExactly("*");
        assertThat(flow.getObject()).contains("relay");
    }

    @Test
    void mail_read_keeps_its_application_and_its_items() {
        // When
        AppEvent event = office(
                "MailItemsAccessed",
                "",
                "'RecordType':'50','AppId':'" + GRAPH + "','ClientAppId':'" + APP + "','ClientIPAddress':'192.0.2.1',"
                        + "'MailboxOwnerUPN':'a@contoso.com','OperationCount':3,'OperationProperties':{'MailAccessType':"
                        + "'Bind'}");

        // Then
        assertThat(event.getAppId()).contains(APP);
        assertThat(event.getActor().getIp()).contains("192.0.2.1");
        assertThat(Decoding.details(event, MailboxUse.class).getItems()).contains(3L);
    }

    @ParameterizedTest
    @CsvSource({"UserLoggedIn, success, non-interactive", "UserLoginFailed, failure, non-interactive"})
    void a_sign_in_is_read_out_of_objects(String action, String outcome, String kind) {
        // When
        AppEvent event = office(
                action,
                ",'outcome':'" + outcome + "'",
                "'RecordType':'15','ApplicationId':'" + APP + "','ObjectId':'" + GRAPH + "','ErrorNumber':'0',"
                        + "'UserKey':'" + USER
                        + "','ExtendedProperties':{'RequestType':'OAuth2:Token','UserAgent':'curl'}");

        // Then
        assertThat(event.getOperation()).isEqualTo("sign-in");
        assertThat(event.getOutcome()).isEqualTo(outcome);
        assertThat(event.getAppId()).contains(APP);
        assertThat(event.getActor().getUserAgent()).contains("curl");
        assertThat(Decoding.details(event, SignIn.class).getKind()).isEqualTo(kind);
        assertThat(Decoding.details(event, SignIn.class).getResourceAppId()).contains(GRAPH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'o365audit':%s}", "{'o365audit':'%s'}", "{'_source':{'o365audit':%s}}"})
    void filebeats_input_writes_the_object_as_it_was(String around) {
        // Given
        boolean text = around.contains("'%s'");
        String record =
                "{'CreationTime':'2024-03-02T09:00:00','Id':'e1','Operation':'Add application.','OrganizationId':'"
                        + TENANT
                        + "','RecordType':8,'UserId':'a@contoso.com','ModifiedProperties':[{'Name':'AppId','NewValue':'"
                        + APP + "'}]}";

        // When
        AppEvent event = Decoding.one(json(around).formatted(text ? json(record).replace("\"", "\\\"") : json(record)));

        // Then
        assertThat(event.getEventId()).isEqualTo("e1");
        assertThat(event.getTenantId()).isEqualTo(TENANT);
        assertThat(event.getAppId()).contains(APP);
    }

    @Test
    void a_flattened_document_is_read_too() {
        // When
        AppEvent event = Decoding.one(json("{'@timestamp':'2024-03-02T09:00:00Z','event.action':'Add application.',"
                + "'event.id':'e1','organization.id':'" + TENANT
                + "','client.ip':'198.51.100.7','o365.audit.RecordType':'8',"
                + "'o365.audit.UserId':'a@contoso.com','o365.audit.ModifiedProperties.AppId.NewValue':'" + APP + "'}"));

        // Then
        assertThat(event.getEventId()).isEqualTo("e1");
        assertThat(event.getTenantId()).isEqualTo(TENANT);
        assertThat(event.getActor().getIp()).contains("198.51.100.7");
        assertThat(event.getAppId()).contains(APP);
    }

    @Test
    void lists_written_as_objects_keep_the_order_of_their_numbers() {
        // Given
        String properties = String.join(
                ",",
                IntStream.of(0, 1, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9)
                        .mapToObj(
                                n -> "'" + n + "':{'display_name':'P" + n + "','new_value':'" + n + "','old_value':''}")
                        .toList());

        // When
        AppEvent event = azure(
                "auditlogs",
                "",
                "'operation_name':'Update policy','properties':{'id':'e1','result':'success','target_resources':{'0':{'id':'"
                        + PRINCIPAL + "','display_name':'Default','type':'Policy','modified_properties':{" + properties
                        + "}}}}",
                "");

        // Then
        assertThat(Decoding.details(event, ConsentPolicyChange.class).getChanges())
                .extracting(PropertyChange::getNew$)
                .map(value -> value.orElse(""))
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
    }

    @Test
    void an_audit_event_is_put_together_from_snake_case() {
        // When
        AppEvent event = azure(
                "auditlogs",
                ",'outcome':'success'",
                "'category':'AuditLogs','operation_name':'Update application – Certificates and secrets management ',"
                        + "'properties':{'activity_datetime':'2024-03-02T08:59:59.5Z','id':'Directory_1','initiated_by':{'user':"
                        + "{'id':'" + USER
                        + "','userPrincipalName':'a@contoso.com'}},'additional_details':{'0':{'key':'AppId',"
                        + "'value':'" + APP + "'}},'target_resources':{'0':{'id':'" + PRINCIPAL
                        + "','type':'Application',"
                        + "'modified_properties':{'0':{'display_name':'KeyDescription','old_value':'[]','new_value':"
                        + "'[\\'[KeyIdentifier=" + USER + ",KeyType=Password,KeyUsage=Verify,DisplayName=x]\\']'}}}}}",
                ",'user_agent':{'original':'curl'}");

        // Then
        assertThat(event.getEventId()).isEqualTo("Directory_1");
        assertThat(event.getTenantId()).isEqualTo(TENANT);
        assertThat(event.getAppId()).contains(APP);
        assertThat(event.getAppObjectId()).contains(PRINCIPAL);
        assertThat(event.getActor().getUserAgent()).contains("curl");
        assertThat(Decoding.details(event, CredentialChange.class).getAdded())
                .extracting(io.rolecall.schema.Credential::getKeyId)
                .containsExactly(USER);
    }

    @Test
    void a_sign_in_event_is_put_together_from_snake_case() {
        // When
        AppEvent event = azure(
                "signinlogs",
                ",'outcome':'failure'",
                "'category':'NonInteractiveUserSignInLogs','operation_name':'Sign-in activity','result_type':'50126',"
                        + "'properties':{'id':'s1','created_at':'2024-03-02T08:59:00Z','app_id':'" + APP
                        + "','user_id':'" + USER
                        + "','user_principal_name':'a@contoso.com','resource_id':'" + GRAPH
                        + "','authentication_protocol':"
                        + "'deviceCode','incoming_token_type':'refreshToken','status':{'error_code':50126}}",
                ",'geo':{'country_iso_code':'NL','city_name':'Delft'}");

        // Then
        assertThat(event.getSource()).isEqualTo("entra-sign-in");
        assertThat(event.getOutcome()).isEqualTo("failure");
        assertThat(event.getEventTime()).isEqualTo(Instant.parse("2024-03-02T08:59:00Z"));
        assertThat(event.getActor().getIp()).contains("198.51.100.7");
        assertThat(Decoding.details(event, SignIn.class))
                .isEqualTo(SignIn.newBuilder()
                        .setKind("non-interactive")
                        .setResourceAppId(GRAPH)
                        .setErrorCode(50126)
                        .setCountry("NL")
                        .setCity("Delft")
                        .setProtocol("deviceCode")
                        .setIncomingToken("refreshToken")
                        .build());
    }

    @Test
    void an_activity_has_its_claims_by_addresses_with_underscores() {
        // When
        AppEvent event = azure(
                "activitylogs",
                ",'outcome':'success'",
                "'operation_name':'MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE','category':'Administrative','result_type':"
                        + "'Start','identity':{'authorization':{'action':'Microsoft.Authorization/roleAssignments/write'},'claims':"
                        + "{'appid':'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',"
                        + "'http://schemas_microsoft_com/identity/claims/objectidentifier':'" + USER + "'},"
                        + "'claims_initiated_by_user':{'name':'a@contoso.com','fullname':'A'}},'properties':{'requestbody':"
                        + "'{\\'properties\\':{\\'principalId\\':\\'" + PRINCIPAL + "\\'}}'}",
                "");

        // Then
        assertThat(event.getSource()).isEqualTo("azure-activity");
        assertThat(event.getActor().getType()).isEqualTo("user");
        assertThat(event.getActor().getId()).contains(USER);
        assertThat(event.getActor().getName()).contains("a@contoso.com");
        assertThat(Decoding.details(event, Activity.class)
                        .getAssignment()
                        .orElseThrow()
                        .getPrincipalId())
                .contains(PRINCIPAL);
    }

    @Test
    void a_request_to_graph_has_its_address_and_method_beside_it() {
        // When
        AppEvent event = azure(
                "graphactivitylogs",
                "",
                "'category':'MicrosoftGraphActivityLogs','operation_name':'Microsoft Graph Activity','properties':{'app_id':'"
                        + APP + "','service_principal_id':'" + PRINCIPAL + "','time_generated':'2024-03-02T09:00:00Z'}",
                ",'http':{'request':{'id':'r1','method':'GET'},'response':{'status_code':403}},"
                        + "'url':{'original':'https://graph.microsoft.com/v1.0/users'}");

        // Then
        assertThat(event.getSource()).isEqualTo("entra-audit");
        assertThat(event.getEventId()).isEqualTo("r1");
        assertThat(event.getOutcome()).isEqualTo("failure");
        assertThat(event.getActor().getServicePrincipalId()).contains(PRINCIPAL);
        assertThat(Decoding.details(event, Activity.class).getResource())
                .contains("https://graph.microsoft.com/v1.0/users");
    }

    @Test
    void a_resources_log_is_read_by_its_operation() {
        // When
        AppEvent event =
                Decoding.one(json("{'@timestamp':'2024-03-02T09:00:00Z','source':{'ip':'198.51.100.7'},'azure':{"
                        + "'resource':{'id':'/SUBSCRIPTIONS/S/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/V'},'platformlogs':{'category':"
                        + "'AuditEvent','operation_name':'SecretGet','identity':{'claim':{'appid':'" + APP + "','oid':'"
                        + PRINCIPAL
                        + "'}},'properties':{'id':'https://v.vault.azure.net/secrets/db-password/1'}}}}"));

        // Then
        assertThat(event.getSource()).isEqualTo("azure-activity");
        assertThat(event.getAppId()).contains(APP);
        assertThat(Decoding.details(event, Activity.class).getObject()).contains("db-password");
    }

    @Test
    void a_registration_and_its_redirects_are_read_by_name() {
        // When
        AppEvent added = office(
                "Add application.",
                "",
                "'RecordType':'8','ModifiedProperties':{" + now("AppId", APP)
                        + ",'AvailableToOtherTenants':{'NewValue':"
                        + "'[\\r\\n  false\\r\\n]','OldValue':'[]'},'AppAddress':{'NewValue':"
                        + "'[{\\'Address\\':\\'https://a.example/cb\\'}]','OldValue':'[]'}}");
        AppEvent updated = office(
                "Update service principal.",
                "",
                "'RecordType':'8','ModifiedProperties':{'AppAddress':{'NewValue':"
                        + "'[{\\'Address\\':\\'https://a.example/cb\\'}]','OldValue':'[]'}}");

        // Then
        Registration registration = Decoding.details(added, Registration.class);
        assertThat(registration.getTenancy()).contains("single");
        assertThat(registration.getRedirectUris()).containsExactly("https://a.example/cb");
        assertThat(Decoding.details(updated, RedirectChange.class).getAdded()).containsExactly("https://a.example/cb");
    }
}

package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Activity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.AppRoleToUser;
import io.rolecall.schema.Consent;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.DirectoryRole;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.Registration;
import io.rolecall.schema.RoleAssignment;
import io.rolecall.schema.SignIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes that an event takes in one log, one year or one export and not in the others. Single quotes stand for double ones. */
class ShapesTest {

    private static final String TENANT = "75243ab2-44f8-435c-a7a6-b479385df6d4";
    private static final String APP = "11111111-2222-3333-4444-555555555555";
    private static final String PRINCIPAL = "0d2f5969-011b-460d-ac74-3291d227d49f";
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";
    private static final String USER = "3bd47e42-37c9-442f-a2b4-f04de61ef0ce";

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    /** A diagnostic record with targets. */
    private static AppEvent audit(String operation, String targets) {
        return Decoding.one(json("{'time':'2024-01-01T00:00:00Z','operationName':'" + operation
                + "','category':'AuditLogs','tenantId':'" + TENANT + "','properties':{'id':'e1','result':'success',"
                + "'initiatedBy':{'user':{'id':'" + USER + "'}},'targetResources':[" + targets + "]}}"));
    }

    private static String target(String type, String id, String name, String properties) {
        return "{'type':'" + type + "','id':'" + id + "','displayName':'" + name + "','modifiedProperties':["
                + properties + "]}";
    }

    private static String now(String name, String value) {
        return "{'displayName':'" + name + "','oldValue':null,'newValue':'" + value + "'}";
    }

    /** A row of Log Analytics. */
    private static String row(String table, String columns) {
        return json("{'TenantId':'99999999-2222-3333-4444-555555555555','AADTenantId':'" + TENANT + "','Type':'" + table
                + "'," + columns + "}");
    }

    @Test
    void an_app_role_of_2020_names_no_role_but_the_client_and_the_api() {
        // Given
        String names = GRAPH + "/ags.windows.net;" + GRAPH + ";https://graph.microsoft.com";

        // When
        AppEvent event = audit(
                "Add app role assignment to service principal",
                target(
                                "ServicePrincipal",
                                "401dd906-ea4f-4d41-b762-7e936d222368",
                                "Microsoft Graph",
                                now("ServicePrincipal.ObjectID", PRINCIPAL) + ","
                                        + now("ServicePrincipal.AppId", APP) + ","
                                        + now("TargetId.ServicePrincipalNames", names))
                        + "," + target("ServicePrincipal", PRINCIPAL, APP, ""));

        // Then
        assertThat(event.getAppId()).contains(APP);
        assertThat(event.getServicePrincipalId()).contains(PRINCIPAL);
        AppRole role = Decoding.details(event, AppRole.class);
        assertThat(role.getResourceAppId()).contains(GRAPH);
        assertThat(role.getRoleId()).isEmpty();
        assertThat(role.getRoleValue()).isEmpty();
    }

    @Test
    void a_target_of_2018_may_hold_its_separator_in_the_name() {
        // When
        AppEvent event = Decoding.one(json("{'time':'2018-12-10T00:03:46Z','operationName':'Add application.',"
                + "'category':'Audit','tenantId':'" + TENANT + "','resultType':'Success','callerIpAddress':'<null>',"
                + "'identity':'a@contoso.com','properties':{'identityType':'UPN','additionalDetails':'None',"
                + "'targetUpdatedProperties':[{'Name':'AvailableToOtherTenants','OldValue':'[]','NewValue':'[false]'}],"
                + "'targetResourceType':'Other__ObjectID__ObjectClass__Name__AppId','targetResourceName':'Application_"
                + PRINCIPAL + "__" + PRINCIPAL + "__Application__My__App__" + APP + "'}}"));

        // Then
        assertThat(event.getAppObjectId()).contains(PRINCIPAL);
        assertThat(event.getAppId()).contains(APP);
        assertThat(event.getAppDisplayName()).contains("My__App");
        assertThat(event.getActor().getName()).contains("a@contoso.com");
        assertThat(event.getActor().getIp()).isEmpty();
        assertThat(Decoding.details(event, Registration.class).getTenancy()).contains("single");
    }

    @ParameterizedTest
    @CsvSource({"azureadmyorg, false, single", "AzureADMyOrg, true, single", "SomethingNew, true, multi"})
    void an_audience_in_another_case_is_known_and_an_unknown_one_gives_way_to_the_flag(
            String audience, String available, String tenancy) {
        // When
        AppEvent event = audit(
                "Add application",
                target(
                        "Application",
                        PRINCIPAL,
                        "a",
                        now("SignInAudience", audience) + "," + now("AvailableToOtherTenants", "[" + available + "]")));

        // Then
        assertThat(Decoding.details(event, Registration.class).getTenancy()).contains(tenancy);
    }

    @Test
    void an_old_graph_page_calls_its_targets_target_resource_and_their_kind_type_with_a_capital() {
        // When
        AppEvent event = Decoding.one(json("{'id':'e1','activityDisplayName':'Add service principal',"
                + "'activityDateTime':'2018-01-09T21:20:02Z','result':'success','initiatedBy':{'app':null,'user':{'id':'"
                + USER + "'}},'targetResource':[{'id':'" + PRINCIPAL + "','Type':'ServicePrincipal'}]}"));

        // Then
        assertThat(event.getServicePrincipalId()).contains(PRINCIPAL);
        assertThat(event.getEnvelope()).isEqualTo("graph");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_role_given_through_privileged_identity_management_belongs_to_the_member_in_any_order(
            boolean directoryFirst) {
        // Given
        String directory = target("Directory", TENANT, "Contoso", "");
        String member = target("Role", "62e90394-69f5-4237-9190-012177145e10", "Global Administrator", "")
                + ",{'type':'Request','id':null}," + target("User", USER, "u", "");

        // When
        AppEvent event = audit(
                "Add eligible member to role in PIM completed (permanent)",
                directoryFirst ? directory + "," + member : member + "," + directory);

        // Then
        DirectoryRole role = Decoding.details(event, DirectoryRole.class);
        assertThat(role.getMemberId()).contains(USER);
        assertThat(role.getMemberType()).contains("user");
        assertThat(role.getRoleName()).contains("Global Administrator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ServicePrincipal", "Service Principal", "servicePrincipal"})
    void a_directory_role_of_a_service_principal_is_the_applications(String type) {
        // When
        AppEvent event = audit("Add member to role", target(type, PRINCIPAL, "app", ""));

        // Then
        assertThat(event.getServicePrincipalId()).contains(PRINCIPAL);
        assertThat(Decoding.details(event, DirectoryRole.class).getMemberType()).contains("service-principal");
    }

    @Test
    void a_credential_list_that_is_null_is_absent_and_an_empty_one_is_empty() {
        // Given
        String key = "[KeyIdentifier=" + APP + ",KeyType=Password,KeyUsage=Verify,DisplayName=CN=a, O=b]c]";

        // When
        AppEvent absent = audit(
                "Add service principal credentials",
                target(
                        "ServicePrincipal",
                        PRINCIPAL,
                        "a",
                        "{'displayName':'KeyDescription','oldValue':['" + key + "'],'newValue':null}"));
        AppEvent emptied = audit(
                "Remove service principal credentials",
                target(
                        "ServicePrincipal",
                        PRINCIPAL,
                        "a",
                        "{'displayName':'KeyDescription','oldValue':['" + key + "'],'newValue':'[]'}"));

        // Then
        assertThat(absent.getDetails()).isEmpty();
        CredentialChange change = Decoding.details(emptied, CredentialChange.class);
        assertThat(change.getAdded()).isEmpty();
        assertThat(change.getRemoved().get(0).getDisplayName()).contains("CN=a, O=b]c");
    }

    @ParameterizedTest
    @CsvSource({
        "Add delegated permission grant, User.Read, User.Read, '', ''",
        "Add delegated permission grant, User.Read Mail.Read, User.Read, '', Mail.Read",
        "Remove delegated permission grant, User.Read, User.Read Mail.Read, Mail.Read, ''",
        "Remove delegated permission grant, User.Read, '', '', User.Read"
    })
    void the_direction_of_a_grant_is_the_difference(
            String operation, String old, String now, String added, String removed) {
        // When
        AppEvent event = audit(
                operation,
                target(
                        "ServicePrincipal",
                        GRAPH,
                        "Microsoft Graph",
                        "{'displayName':'DelegatedPermissionGrant.Scope',"
                                + "'oldValue':' " + old + "','newValue':' " + now + "'},"
                                + now("DelegatedPermissionGrant.ConsentType", "AllPrincipals")));

        // Then
        DelegatedGrant grant = Decoding.details(event, DelegatedGrant.class);
        assertThat(String.join(" ", grant.getAdded())).isEqualTo(added);
        assertThat(String.join(" ", grant.getRemoved())).isEqualTo(removed);
        assertThat(grant.getConsentType()).contains("all-principals");
    }

    @Test
    void a_refused_consent_has_scopes_and_a_reason_but_no_client() {
        // When
        AppEvent event = Decoding.one(json("{'time':'2024-01-01T00:00:00Z','operationName':'Consent to application',"
                + "'tenantId':'" + TENANT + "','properties':{'result':'failure','targetResources':["
                + target(
                        "ServicePrincipal",
                        "00000000-0000-0000-0000-000000000000",
                        "",
                        now(
                                        "ConsentAction.Permissions",
                                        "[] => [[Id: a, ClientId: 00000000-0000-0000-0000-000000000000,"
                                                + " PrincipalId: , ResourceId: r, ConsentType: AllPrincipals, Scope: openid Mail.Read]]; ")
                                + "," + now("ConsentAction.Reason", "Risky application detected"))
                + "]}}"));

        // Then
        assertThat(event.getOutcome()).isEqualTo("failure");
        assertThat(event.getOutcomeReason()).contains("Risky application detected");
        assertThat(event.getServicePrincipalId()).isEmpty();
        assertThat(event.getAppDisplayName()).isEmpty();
        assertThat(Decoding.details(event, Consent.class).getScopes()).containsExactly("openid", "Mail.Read");
    }

    @Test
    void a_grant_to_a_user_by_single_sign_on_keeps_its_role() {
        // When
        AppEvent event = audit(
                "Add app role assignment grant to user",
                target(
                                "ServicePrincipal",
                                PRINCIPAL,
                                "Portal",
                                now("AppRole.Id", APP) + "," + now("AppRole.Value", "User"))
                        + "," + target("User", USER, "u", ""));

        // Then
        AppRoleToUser role = Decoding.details(event, AppRoleToUser.class);
        assertThat(role.getRoleId()).contains(APP);
        assertThat(role.getUserId()).contains(USER);
    }

    @Test
    void the_callers_own_role_names_the_caller_without_dashes() {
        // Given
        String body = "{\\'properties\\':{\\'principalid\\':\\'" + PRINCIPAL.toUpperCase(java.util.Locale.ROOT)
                + "\\',\\'PRINCIPALTYPE\\':\\'ServicePrincipal\\',\\'roleDefinitionId\\':\\'/x/roleDefinitions/" + APP
                + "\\',\\'scope\\':\\'/subscriptions/s\\'}}";

        // When
        AppEvent event =
                Decoding.one(json("{'time':'2024-01-01T00:00:00Z','resourceId':'/SUBSCRIPTIONS/S','operationName':"
                        + "'MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE','category':'Administrative','resultType':'Start',"
                        + "'identity':{'authorization':{'evidence':{'principalId':'" + USER.replace("-", "")
                        + "','principalType':'User'}}},'properties':{'RequestBody':'" + body + "'}}"));

        // Then
        assertThat(event.getActor().getId()).contains(USER);
        RoleAssignment assignment =
                Decoding.details(event, Activity.class).getAssignment().orElseThrow();
        assertThat(assignment.getPrincipalId()).contains(PRINCIPAL);
        assertThat(assignment.getRoleDefinitionId()).contains(APP);
        assertThat(event.getServicePrincipalId()).contains(PRINCIPAL);
    }

    @Test
    void a_sign_in_row_without_an_operation_is_known_by_its_table() {
        // When
        AppEvent event = Decoding.one(
                row(
                        "AADServicePrincipalSignInLogs",
                        "'TimeGenerated':'2024-03-07T11:47:00Z','AppId':'" + APP + "','ServicePrincipalId':'"
                                + PRINCIPAL
                                + "','IPAddress':'1.128.3.4','ResultType':'0','ServicePrincipalCredentialKeyId':'"
                                + USER
                                + "','LocationDetails':'{\\'city\\':\\'Pune\\',\\'countryOrRegion\\':\\'IN\\'}','Location':'IN'"));

        // Then
        assertThat(event.getTenantId()).isEqualTo(TENANT);
        assertThat(event.getActor().getServicePrincipalId()).contains(PRINCIPAL);
        SignIn signIn = Decoding.details(event, SignIn.class);
        assertThat(signIn.getKind()).isEqualTo("service-principal");
        assertThat(signIn.getCity()).contains("Pune");
        assertThat(signIn.getCredentialKeyId()).contains(USER);
    }

    @Test
    void an_exported_sign_in_row_has_zones_in_its_columns_and_twins_of_its_objects() {
        // When
        AppEvent event = Decoding.one(row(
                "AADNonInteractiveUserSignInLogs",
                "'TimeGenerated [UTC]':'4/28/2021, 2:54:37.000 PM','CreatedDateTime [UTC]':'4/28/2021, 2:54:36.000 PM',"
                        + "'OperationName':'Sign-in activity','ResultType':'70043','AppId':'" + APP + "','UserId':'"
                        + USER
                        + "','UserPrincipalName':'u@contoso.com','Status_dynamic':'','Status_string':"
                        + "'{\\'errorCode\\':70043,\\'failureReason\\':\\'expired\\'}','LocationDetails_string':"
                        + "'{\\'countryOrRegion\\':\\'IN\\'}','LocationDetails_dynamic':''"));

        // Then
        assertThat(event.getEventTime()).hasToString("2021-04-28T14:54:36Z");
        assertThat(event.getOutcomeReason()).contains("expired");
        SignIn signIn = Decoding.details(event, SignIn.class);
        assertThat(signIn.getKind()).isEqualTo("non-interactive");
        assertThat(signIn.getErrorCode()).contains(70043);
        assertThat(signIn.getCountry()).contains("IN");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_request_to_graph_is_its_applications(boolean ofTable) {
        // Given
        String fields = "'appId':'" + APP + "','servicePrincipalId':'" + PRINCIPAL
                + "','requestMethod':'GET','requestUri':'https://graph.microsoft.com/v1.0/users','responseStatusCode':404,"
                + "'ipAddress':'81.2.69.143','userId':null";
        String record = json("{'time':'2024-03-07T11:47:00Z','category':'MicrosoftGraphActivityLogs','operationName':"
                + "'Microsoft Graph Activity','tenantId':'" + TENANT + "','properties':{" + fields + "}}");

        // When
        AppEvent event = Decoding.one(
                ofTable
                        ? row("MicrosoftGraphActivityLogs", "'TimeGenerated':'2024-03-07T11:47:00Z'," + fields)
                        : record);

        // Then
        assertThat(event.getOperation()).isEqualTo("microsoft-graph-activity");
        assertThat(event.getTenantId()).isEqualTo(TENANT);
        assertThat(event.getAppId()).contains(APP);
        assertThat(event.getActor().getServicePrincipalId()).contains(PRINCIPAL);
        assertThat(event.getOutcome()).isEqualTo("failure");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'[{\\'Name\\':\\'SenderDomains\\',\\'Value\\':\\'smtp:*;1\\'}]'",
                "[{'Name':'SenderDomains','Value':'smtp:*;1'}]",
                "['@{Name=SenderDomains; Value=smtp:*;1}']",
                "{'SenderDomains':'smtp:*;1'}"
            })
    void the_parameters_of_a_command_come_in_many_forms(String parameters) {
        // When
        AppEvent event = Decoding.one(json("{'CreationTime':'2023-06-03T08:13:00','Operation':'New-InboundConnector',"
                + "'RecordType':1,'OrganizationId':'" + TENANT + "','UserId':'a@contoso.com','ClientIP':"
                + "'[2603:1026::1]:24528','Parameters':" + parameters + "}"));

        // Then
        MailFlow flow = Decoding.details(event, MailFlow.class);
        assertThat(flow.getParameters()).containsEntry("SenderDomains", "smtp:*;1");
        assertThat(flow.getOutside()).containsExactly("*");
        assertThat(event.getActor().getIp()).contains("2603:1026::1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'ClientAppId':'',", "", "'ClientAppId':null,"})
    void mail_read_without_a_client_is_nobodys_application(String client) {
        // When
        AppEvent event = Decoding.one(json("{'CreationTime':'2023-06-03T08:13:00','Operation':'MailItemsAccessed',"
                + "'RecordType':50,'OrganizationId':'" + TENANT + "','UserId':'a@contoso.com'," + client + "'AppId':'"
                + GRAPH + "','ClientInfoString':'Client=REST;;','ClientIPAddress':'::ffff:1.2.3.4'}"));

        // Then
        assertThat(event.getAppId()).isEmpty();
        assertThat(event.getActor().getIp()).contains("1.2.3.4");
    }
}

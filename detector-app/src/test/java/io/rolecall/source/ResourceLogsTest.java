package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Activity;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.DecodeSettings;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs of vaults, storage accounts and Graph, and rows of Azure activities. Single quotes stand for double ones. */
class ResourceLogsTest {

    private static final String TENANT = "75243ab2-44f8-435c-a7a6-b479385df6d4";
    private static final String APP = "11111111-2222-3333-4444-555555555555";
    private static final String PRINCIPAL = "0d2f5969-011b-460d-ac74-3291d227d49f";
    private static final String VAULT = "/SUBSCRIPTIONS/S/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/V";
    private static final String SECRET = "https://v.vault.azure.net/secrets/db-password/0123456789abcdef";
    private static final String REQUEST = "https://v.vault.azure.net/secrets/db-password/?api-version=7.4";

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    static Stream<String> secretsRead() {
        String claim = "{'claim':{'appid':'" + APP + "','oid':'" + PRINCIPAL + "','tid':'" + TENANT + "'}}";
        return Stream.of(
                        "{'time':'2024-01-01T00:00:00Z','category':'AuditEvent','operationName':'SecretGet','resultType':"
                                + "'Success','callerIpAddress':'198.51.100.7','resourceId':'" + VAULT + "','identity':"
                                + claim
                                + ",'properties':{'id':'" + SECRET + "','clientInfo':'curl','httpStatusCode':200}}",
                        "{'time':'2024-01-01T00:00:00Z','category':'AuditEvent','operationName':'SecretGet','resultType':"
                                + "'Success','callerIpAddress':'198.51.100.7','resourceId':'" + VAULT + "','identity':"
                                + claim
                                + ",'properties':{'requestUri':'" + REQUEST + "','clientInfo':'curl'}}",
                        "{'time':'2024-01-01 00:00:00','category':'auditevent','operationname':'secretget','resulttype':"
                                + "'success','calleripaddress':'198.51.100.7','resourceid':'" + VAULT + "','identity':"
                                + claim + ",'properties':{'id':'" + SECRET + "','clientinfo':'curl'}}",
                        "{'TenantId':'w','Type':'AzureDiagnostics','TimeGenerated':'2024-01-01T00:00:00Z','Category':"
                                + "'AuditEvent','OperationName':'SecretGet','ResultType':'Success','CallerIPAddress':"
                                + "'198.51.100.7','ResourceId':'" + VAULT + "','id_s':'" + SECRET + "','requestUri_s':'"
                                + REQUEST + "','clientInfo_s':'curl','httpStatusCode_d':200,'identity_claim_appid_g':'"
                                + APP
                                + "','identity_claim_http_schemas_microsoft_com_identity_claims_objectidentifier_g':'"
                                + PRINCIPAL + "'}",
                        "{'TenantId':'w','Type':'AZKVAuditLogs','TimeGenerated':'2024-01-01T00:00:00Z','OperationName':"
                                + "'SecretGet','ResultType':'Success','CallerIpAddress':'198.51.100.7','_ResourceId':'"
                                + VAULT
                                + "','RequestUri':'" + REQUEST + "','Id':'" + SECRET
                                + "','ClientInfo':'curl','Identity':'"
                                + claim.replace("'", "\\'") + "'}")
                .map(ResourceLogsTest::json);
    }

    @ParameterizedTest
    @MethodSource("secretsRead")
    void a_secret_read_names_the_secret_and_the_application_in_every_shape(String event) {
        // When
        AppEvent read = Decoding.one(event);

        // Then
        assertThat(read.getSource()).isEqualTo("azure-activity");
        assertThat(read.getOutcome()).isEqualTo("success");
        assertThat(read.getActor().getType()).isEqualTo("application");
        assertThat(read.getActor().getAppId()).contains(APP);
        assertThat(read.getActor().getServicePrincipalId()).contains(PRINCIPAL);
        assertThat(read.getActor().getIp()).contains("198.51.100.7");
        assertThat(read.getActor().getUserAgent()).contains("curl");
        Activity activity = Decoding.details(read, Activity.class);
        assertThat(activity.getObject()).contains("db-password");
        assertThat(activity.getResource()).contains(VAULT);
        assertThat(activity.getClientAppId()).contains(APP);
    }

    @ParameterizedTest
    @CsvSource({
        "https://v.vault.azure.net/secrets/a-b, a-b",
        "https://v.vault.azure.net/Secrets/a/1?x=y, a",
        "https://v.vault.azure.net/keys/k/1, k",
        "https://v.vault.azure.net:443/certificates/c, c",
        "https://v.vault.azure.net/deletedsecrets/s, s",
        "https://v.vault.azure.net/secrets?api-version=7.4,",
        "https://v.vault.azure.net/,",
        VAULT + ","
    })
    void the_name_of_an_object_stands_behind_its_kind(String address, String name) {
        // When
        String found = VaultObjects.name(address);

        // Then
        assertThat(found).isEqualTo(name);
    }

    @Test
    void a_vault_that_refused_logs_it_with_success_all_the_same() {
        // When
        AppEvent refused = Decoding.one(json("{'time':'2024-01-01T00:00:00Z','category':'AuditEvent','operationName':"
                + "'SecretGet','resultType':'Success','resultSignature':'Forbidden','resourceId':'" + VAULT
                + "','properties':{'id':'" + SECRET + "','httpStatusCode':403}}"));

        // Then
        assertThat(refused.getOutcome()).isEqualTo("failure");
        assertThat(refused.getOutcomeReason()).contains("Forbidden");
    }

    @Test
    void a_blob_read_is_its_requesters() {
        // When
        AppEvent record = Decoding.one(json("{'time':'2024-01-01T00:00:00Z','category':'StorageRead','operationName':"
                + "'GetBlob','statusCode':200,'statusText':'Success','callerIpAddress':'198.51.100.7:4711','resourceId':"
                + "'/subscriptions/s/storageAccounts/a/blobServices/default','identity':{'type':'OAuth','requester':{'appId':'"
                + APP + "','objectId':'" + PRINCIPAL + "','tenantId':'" + TENANT
                + "'}},'properties':{'accountName':'a'}}"));
        AppEvent row =
                Decoding.one(json("{'TenantId':'w','Type':'StorageBlobLogs','TimeGenerated':'2024-01-01T00:00:00Z',"
                        + "'OperationName':'GetBlob','StatusCode':'200','StatusText':'Success','CallerIpAddress':"
                        + "'198.51.100.7:4711','_ResourceId':'/subscriptions/s/storageaccounts/a','RequesterAppId':'"
                        + APP
                        + "','RequesterObjectId':'" + PRINCIPAL + "','RequesterTenantId':'" + TENANT + "'}"));

        // Then
        assertThat(Stream.of(record, row)).allSatisfy(event -> {
            assertThat(event.getSource()).isEqualTo("azure-activity");
            assertThat(event.getTenantId()).isEqualTo(TENANT);
            assertThat(event.getOutcome()).isEqualTo("success");
            assertThat(event.getActor().getAppId()).contains(APP);
            assertThat(event.getActor().getServicePrincipalId()).contains(PRINCIPAL);
            assertThat(event.getActor().getIp()).contains("198.51.100.7");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "'Authorization':'{\\'action\\':\\'Microsoft.Authorization/roleAssignments/write\\'}'",
                "'Authorization_d':{'action':'Microsoft.Authorization/roleAssignments/write'}",
                "'authorization_s':'{\\'action\\':\\'Microsoft.Authorization/roleAssignments/write\\'}'",
                "'Authorization':{'action':'Microsoft.Authorization/roleAssignments/write'},'OperationNameValue':''"
            })
    void a_row_without_the_operations_own_name_has_it_in_the_authorization(String authorization) {
        // Given
        String row =
                json("{'TenantId':'w','Type':'AzureActivity','TimeGenerated':'2024-01-01T00:00:00Z','OperationName':"
                        + "'Create role assignment','CategoryValue':'Administrative','ActivityStatusValue':'Start',"
                        + authorization
                        + ",'Caller':'admin@contoso.com','CallerIpAddress':'198.51.100.7','Properties':'{\\'requestbody\\':"
                        + "{\\'properties\\':{\\'principalId\\':\\'" + PRINCIPAL + "\\'}}}'}");

        // When
        AppEvent event = Decoding.one(row);
        RecordingSink skipping = new RecordingSink();
        new LogDecoder(DecodeSettings.DEFAULT, Needed.BY_DETECTIONS)
                .decode(row.getBytes(StandardCharsets.UTF_8), index -> "p", Decoding.REFERENCE, skipping);

        // Then
        assertThat(event.getSource()).isEqualTo("azure-activity");
        assertThat(event.getOperation()).isEqualTo("microsoft-authorization-roleassignments-write");
        Activity activity = Decoding.details(event, Activity.class);
        assertThat(activity.getAction()).contains("microsoft.authorization/roleassignments/write");
        assertThat(activity.getAssignment().orElseThrow().getPrincipalId()).contains(PRINCIPAL);
        assertThat(skipping.calls).hasSize(1).allSatisfy(call -> assertThat(call)
                .startsWith("decoded"));
    }

    @Test
    void a_deletion_known_by_its_translation_alone_is_not_skipped() {
        // Given
        String row = json("{'Type':'AzureActivity','TimeGenerated':'2024-01-01T00:00:00Z','OperationName':"
                + "'Delete Virtual Machine','Authorization':{'action':'Microsoft.Compute/virtualMachines/delete'},'Caller':"
                + "'a@contoso.com'}");
        RecordingSink skipping = new RecordingSink();

        // When
        new LogDecoder(DecodeSettings.DEFAULT, Needed.BY_DETECTIONS)
                .decode(row.getBytes(StandardCharsets.UTF_8), index -> "p", Decoding.REFERENCE, skipping);

        // Then
        assertThat(skipping.calls).hasSize(1).allSatisfy(call -> assertThat(call)
                .startsWith("decoded"));
    }

    @Test
    void a_request_to_graph_is_of_entras_audit_log_whatever_names_it() {
        // Given
        String properties =
                "'properties':{'requestUri':'https://graph.microsoft.com/v1.0/users','appId':'" + APP + "'}";

        // When
        AppEvent named = Decoding.one(json("{'time':'2024-01-01T00:00:00Z','operationName':'Microsoft Graph Activity',"
                + "'category':'MicrosoftGraphActivityLogs'," + properties + "}"));
        AppEvent unnamed = Decoding.one(
                json("{'time':'2024-01-01T00:00:00Z','category':'MicrosoftGraphActivityLogs'," + properties + "}"));

        // Then
        assertThat(Stream.of(named, unnamed)).allSatisfy(event -> {
            assertThat(event.getSource()).isEqualTo("entra-audit");
            assertThat(event.getOperation()).isEqualTo("microsoft-graph-activity");
            assertThat(event.getAppId()).contains(APP);
        });
    }
}

package io.rolecall.inventory;

/** Answers of Microsoft Graph, in the shape that its reference documents for each resource type. */
public final class GraphAnswers {

    public static final String TENANT = "3b1c9a44-7d2e-4e0b-9a6f-0c5d8e7f6a21";
    public static final String APP_ID = "631a96bc-a705-4eda-9f99-fdaf9f54f6a2";
    public static final String OBJECT_ID = "03ef14b0-ca33-4840-8f4f-d6e91916010e";
    public static final String PRINCIPAL_ID = "9028d19c-26a9-4809-8e3f-20ff73e2d75e";
    public static final String GRAPH = "00000003-0000-0000-c000-000000000000";
    public static final String GRAPH_PRINCIPAL_ID = "8fce32da-1246-437b-99cd-76d1d4677bd5";
    public static final String MAIL_READ_WRITE = "e2a3a72e-5f79-4c64-b1b1-878b674786c9";

    private GraphAnswers() {}

    /** A page of an answer that has several lines, as Graph's explorer and {@code az rest} write them. */
    public static String page(String what, String... objects) {
        return "{\n  \"@odata.context\": \"https://graph.microsoft.com/v1.0/$metadata#" + what + "\",\n  \"value\": [\n"
                + String.join(",\n", objects) + "\n  ]\n}\n";
    }

    public static String application() {
        return """
                {
                  "id": "%s",
                  "deletedDateTime": null,
                  "isFallbackPublicClient": null,
                  "appId": "%s",
                  "applicationTemplateId": null,
                  "identifierUris": ["api://crm"],
                  "createdDateTime": "2019-09-17T19:10:35.2742618Z",
                  "displayName": "CRM Sync",
                  "publisherDomain": "Contoso.com",
                  "signInAudience": "AzureADMyOrg",
                  "tags": [],
                  "appRoles": [],
                  "publicClient": {"redirectUris": ["http://localhost"]},
                  "keyCredentials": [],
                  "passwordCredentials": [{"keyId": "59eaeebc-8a6b-44a6-9f24-7d55e64420c9", "hint": "abc", "secretText": null}],
                  "requiredResourceAccess": [
                    {"resourceAppId": "%s", "resourceAccess": [
                      {"id": "%s", "type": "Role"},
                      {"id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope"}]}],
                  "web": {"redirectUris": ["https://crm.contoso.com/auth"], "homePageUrl": null},
                  "spa": {"redirectUris": []}
                }""".formatted(OBJECT_ID, APP_ID, GRAPH, MAIL_READ_WRITE);
    }

    public static String servicePrincipal() {
        return servicePrincipal(PRINCIPAL_ID, APP_ID, "CRM Sync", "\"" + TENANT + "\"", "");
    }

    public static String graphServicePrincipal() {
        return servicePrincipal(
                GRAPH_PRINCIPAL_ID,
                GRAPH,
                "Microsoft Graph",
                "\"f8cdef31-a31e-4b4a-93e4-5f571e91255a\"",
                "{\"allowedMemberTypes\": [\"Application\"], \"id\": \"" + MAIL_READ_WRITE
                        + "\", \"isEnabled\": true, \"origin\": \"Application\", \"value\": \"Mail.ReadWrite\"}");
    }

    public static String servicePrincipal(String id, String appId, String name, String owner, String appRole) {
        return """
                {"id": "%s", "deletedDateTime": null, "accountEnabled": true, "alternativeNames": [], "createdDateTime":
                 "2019-09-17T19:10:36Z", "appDisplayName": "%s", "appId": "%s", "appOwnerOrganizationId": %s,
                 "appRoleAssignmentRequired": false, "displayName": "%s", "servicePrincipalNames": ["%s"],
                 "servicePrincipalType": "Application", "signInAudience": "AzureADMyOrg", "appRoles": [%s],
                 "keyCredentials": [], "passwordCredentials": []}""".formatted(id, name, appId, owner, name, appId, appRole);
    }

    public static String appRoleAssignment() {
        return appRoleAssignment("ServicePrincipal", PRINCIPAL_ID);
    }

    public static String appRoleAssignment(String principalType, String principalId) {
        return """
                {"id": "nNEokKkmCUiOPyD_c-LXXrlZnyWBJKxEsfTkSHW8L7A", "deletedDateTime": null, "appRoleId": "%s",
                 "createdDateTime": "2021-02-15T16:39:38.2975029Z", "principalDisplayName": "CRM Sync", "principalId": "%s",
                 "principalType": "%s", "resourceDisplayName": "Microsoft Graph", "resourceId": "%s"}""".formatted(MAIL_READ_WRITE, principalId, principalType, GRAPH_PRINCIPAL_ID);
    }

    public static String permissionGrant(String consentType, String principalId) {
        return """
                {"clientId": "%s", "consentType": "%s", "id": "nNEokKkmCUiOPyD_c-LXXtoyzo9GEntDmc121NRne9U",
                 "principalId": %s, "resourceId": "%s", "scope": " Directory.ReadWrite.All offline_access"}""".formatted(PRINCIPAL_ID, consentType, principalId, GRAPH_PRINCIPAL_ID);
    }
}

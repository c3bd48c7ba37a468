package io.rolecall.inventory;

import java.util.Locale;

/** What AzureHound 2 writes: its wrapper, its kinds, ids in upper case where its newer versions write them so. */
public final class HoundAnswers {

    public static final String OWNER_ID = "5c1f7a80-0f0d-4c0a-8a37-1d5c0f5a7b11";

    private HoundAnswers() {}

    public static String file(String... objects) {
        return "{\n  \"data\": [\n    " + String.join(",\n    ", objects)
                + "\n  ],\n  \"meta\": {\"type\": \"azure\", \"version\": 5, \"count\": " + objects.length + "}\n}\n";
    }

    public static String object(String kind, String data) {
        return "{\"kind\": \"%s\", \"data\": %s}".formatted(kind, data);
    }

    public static String application() {
        return object("AZApp", """
                {"id": "%s", "appId": "%s", "createdDateTime": "2019-09-17T19:10:35Z", "displayName": "CRM Sync",
                 "publisherDomain": "contoso.com", "signInAudience": "AzureADMyOrg",
                 "web": {"redirectUris": ["https://crm.contoso.com/auth"]}, "tenantId": "%s", "tenantName": "Contoso"}""".formatted(
                        upper(GraphAnswers.OBJECT_ID), upper(GraphAnswers.APP_ID), upper(GraphAnswers.TENANT)));
    }

    public static String principal(String id, String appId, String name) {
        return object("AZServicePrincipal", """
                {"id": "%s", "appId": "%s", "appDisplayName": "%s", "displayName": "%s", "accountEnabled": true,
                 "appOwnerOrganizationId": "%s", "servicePrincipalType": "Application", "tenantId": "%s"}""".formatted(
                        upper(id), upper(appId), name, name, GraphAnswers.TENANT, upper(GraphAnswers.TENANT)));
    }

    public static String role() {
        return object("AZAppRoleAssignment", """
                {"appRoleId": "%s", "createdDateTime": "2021-02-15T16:39:38Z", "id": "nNEokKkmCUiOPyD", "principalDisplayName":
                 "CRM Sync", "principalId": "%s", "principalType": "ServicePrincipal", "resourceDisplayName":
                 "Microsoft Graph", "resourceId": "%s", "appId": "%s", "tenantId": "%s"}""".formatted(
                        GraphAnswers.MAIL_READ_WRITE,
                        upper(GraphAnswers.PRINCIPAL_ID),
                        upper(GraphAnswers.GRAPH_PRINCIPAL_ID),
                        GraphAnswers.GRAPH,
                        upper(GraphAnswers.TENANT)));
    }

    public static String applicationOwner(String ownedId) {
        return object("AZAppOwner", """
                {"appId": "%s", "owners": [{"appId": "%s", "owner": {"@odata.type": "#microsoft.graph.user", "id": "%s",
                 "userPrincipalName": "diego.larsen@contoso.com"}}]}""".formatted(upper(ownedId), upper(ownedId), upper(OWNER_ID)));
    }

    public static String principalOwner() {
        return object("AZServicePrincipalOwner", """
                {"servicePrincipalId": "%s", "owners": [{"servicePrincipalId": "%s", "owner": {"id": "%s",
                 "displayName": "Diego Larsen"}}]}""".formatted(
                        upper(GraphAnswers.PRINCIPAL_ID), upper(GraphAnswers.PRINCIPAL_ID), upper(OWNER_ID)));
    }

    public static String directoryRole(String principalId) {
        return object("AZRoleAssignment", """
                {"roleDefinitionId": "62E90394-69F5-4237-9190-012177145E10", "tenantId": "%s", "roleAssignments": [
                 {"id": "lAPpYvVpN0KRkAEhdxReEJ", "roleDefinitionId": "62e90394-69f5-4237-9190-012177145e10",
                  "principalId": "%s", "directoryScopeId": "/"}]}""".formatted(upper(GraphAnswers.TENANT), upper(principalId)));
    }

    public static String grant() {
        return object(
                "AZOAuth2PermissionGrant",
                GraphAnswers.permissionGrant("AllPrincipals", "null").replace("\n", " "));
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}

package io.rolecall.topology;

import java.util.Locale;
import java.util.UUID;

/** Raw log events in the shapes that Entra ID and Microsoft 365 really deliver, cut to the fields that are read. */
public final class RawEvents {

    public static final String TENANT = "75243ab2-44f8-435c-a7a6-b479385df6d4";
    static final String GRAPH = "00000003-0000-0000-c000-000000000000";
    static final String MAIL_READ_WRITE = "e2a3a72e-5f79-4c64-b1b1-878b674786c9";
    static final String ADMIN_ID = "aead923d-498b-4f64-a66c-2af91447a8b6";
    static final String ADMIN = "Admin@contoso.com";
    private static final String GRAPH_SP = "8429eb5c-faeb-4ade-8eac-acc003790769";

    private RawEvents() {}

    /** An id made from a name, the same in every run. */
    public static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
    }

    public static String appId(String app) {
        return id("app " + app);
    }

    public static String objectId(String app) {
        return id("object " + app);
    }

    public static String spId(String app) {
        return id("service principal " + app);
    }

    public static String addApplication(String app, String time, String ip) {
        return audit(
                "Add application",
                time,
                id("register " + app),
                ip,
                user(ip),
                """
                [{"id":"%s","displayName":"%s","type":"Application","modifiedProperties":[
                {"displayName":"AppId","oldValue":"[]","newValue":"[\\"%s\\"]"},
                {"displayName":"AvailableToOtherTenants","oldValue":"[]","newValue":"[false]"},
                {"displayName":"DisplayName","oldValue":"[]","newValue":"[\\"%s\\"]"}]}]""".formatted(objectId(app), app, appId(app), app),
                "");
    }

    public static String addServicePrincipal(String app, String time, String ip) {
        return audit(
                "Add service principal",
                time,
                id("principal " + app),
                ip,
                user(ip),
                """
                [{"id":"%s","displayName":"%s","type":"ServicePrincipal","modifiedProperties":[
                {"displayName":"AppPrincipalId","oldValue":"[]","newValue":"[\\"%s\\"]"},
                {"displayName":"DisplayName","oldValue":"[]","newValue":"[\\"%s\\"]"}]}]""".formatted(spId(app), app, appId(app), app),
                "");
    }

    /** The client's App ID is in ServicePrincipal.AppId; additionalDetails and the first target are the API's. */
    static String addAppRole(String app, String roleId, String role, String time, String ip) {
        return audit(
                "Add app role assignment to service principal",
                time,
                id("grant " + app + role),
                ip,
                user(ip),
                """
                [{"id":"%s","displayName":"Microsoft Graph","type":"ServicePrincipal","modifiedProperties":[
                {"displayName":"AppRole.Id","oldValue":null,"newValue":"\\"%s\\""},
                {"displayName":"AppRole.Value","oldValue":null,"newValue":"\\"%s\\""},
                {"displayName":"ServicePrincipal.ObjectID","oldValue":null,"newValue":"\\"%s\\""},
                {"displayName":"ServicePrincipal.AppId","oldValue":null,"newValue":"\\"%s\\""},
                {"displayName":"TargetId.ServicePrincipalNames","oldValue":null,"newValue":"\\"%s;https://graph.microsoft.com\\""}]},
                {"id":"%s","displayName":"%s","type":"ServicePrincipal","modifiedProperties":[]}]""".formatted(GRAPH_SP, roleId, role, spId(app), appId(app), GRAPH, spId(app), appId(app)),
                "{\"key\":\"AppId\",\"value\":\"" + GRAPH + "\"}");
    }

    /** A secret on the registration: no App ID anywhere. */
    public static String addSecret(String app, String keyId, String time, String ip) {
        return audit(
                "Update application – Certificates and secrets management ",
                time,
                id("secret " + keyId),
                ip,
                user(ip),
                """
                [{"id":"%s","displayName":"%s","type":"Application","modifiedProperties":[
                {"displayName":"KeyDescription","oldValue":"[]","newValue":"[\\"[KeyIdentifier=%s,KeyType=Password,KeyUsage=Verify,DisplayName=s]\\"]"}]}]""".formatted(objectId(app), app, keyId),
                "");
    }

    /** A delegated grant for all principals: a service principal id and no App ID. */
    static String addDelegatedGrant(String app, String scopes, String time, String ip) {
        return audit(
                "Add delegated permission grant",
                time,
                id("delegated " + app),
                ip,
                user(ip),
                """
                [{"id":"%s","displayName":"Microsoft Graph","type":"ServicePrincipal","modifiedProperties":[
                {"displayName":"DelegatedPermissionGrant.Scope","oldValue":null,"newValue":"\\" %s\\""},
                {"displayName":"DelegatedPermissionGrant.ConsentType","oldValue":null,"newValue":"\\"AllPrincipals\\""},
                {"displayName":"ServicePrincipal.ObjectID","oldValue":null,"newValue":"\\"%s\\""},
                {"displayName":"ServicePrincipal.AppId","oldValue":null,"newValue":null}]},
                {"id":"%s","displayName":null,"type":"ServicePrincipal","modifiedProperties":[]}]""".formatted(GRAPH_SP, scopes, spId(app), spId(app)),
                "");
    }

    public static String consent(String app, String user, String scopes, String time) {
        return audit(
                "Consent to application",
                time,
                id("consent " + app + user + time),
                "",
                """
                {"user":{"id":"%s","displayName":null,"userPrincipalName":"%s","ipAddress":""}}""".formatted(id("user " + user), user),
                """
                [{"id":"%s","displayName":"%s","type":"ServicePrincipal","modifiedProperties":[
                {"displayName":"ConsentContext.IsAdminConsent","oldValue":null,"newValue":"\\"False\\""},
                {"displayName":"ConsentContext.OnBehalfOfAll","oldValue":null,"newValue":"\\"False\\""},
                {"displayName":"ConsentAction.Permissions","oldValue":null,"newValue":"\\"[] => [[Id: x, ClientId: %s, PrincipalId: %s, ResourceId: %s, ConsentType: Principal, Scope: %s, CreatedDateTime: , LastModifiedDateTime ]]; \\""},
                {"displayName":"TargetId.ServicePrincipalNames","oldValue":null,"newValue":"\\"%s\\""}]}]""".formatted(spId(app), app, spId(app), id("user " + user), GRAPH_SP, scopes, appId(app)),
                "{\"key\":\"AppId\",\"value\":\"" + appId(app) + "\"}");
    }

    static String signIn(String userId, String upn, String time, String ip) {
        return signIn(userId, upn, time, ip, "SignInLogs", 0);
    }

    /** A sign-in that ended with an error code; 0 is a success. */
    static String signIn(String userId, String upn, String time, String ip, String category, int code) {
        return """
                {"time":"%s","resourceId":"/tenants/%s/providers/Microsoft.aadiam","operationName":"Sign-in activity","operationVersion":"1.0","category":"%s","tenantId":"%s","resultType":"%d","correlationId":"%s","callerIpAddress":"%s","Level":4,"properties":{"id":"%s","createdDateTime":"%s","userPrincipalName":"%s","userId":"%s","appId":"c44b4083-3bb0-49c1-b47d-974e53cbdf3c","appDisplayName":"Azure Portal","ipAddress":"%s","status":{"errorCode":%d},"resourceDisplayName":"Windows Azure Service Management API","resourceId":"797f4846-ba00-4fd7-ba43-dac1f8f63013"}}""".formatted(
                time,
                TENANT,
                category,
                TENANT,
                code,
                id("c" + upn + time),
                ip,
                id("signin" + upn + time),
                time,
                upn,
                userId,
                ip,
                code).strip();
    }

    /** Mail of a user, read by an application under the user's name. */
    static String mailRead(String userId, String upn, String app, String time, String ip) {
        return """
                {"CreationTime":"%s","Id":"%s","Operation":"MailItemsAccessed","OrganizationId":"%s","RecordType":50,"ResultStatus":"Succeeded","UserKey":"%s","UserType":0,"Version":1,"Workload":"Exchange","UserId":"%s","ClientIPAddress":"%s","ClientAppId":"%s","AppId":"%s","ClientInfoString":"Client=REST;;","MailboxOwnerUPN":"%s","OperationCount":3}""".formatted(
                time.replace("Z", ""), id("mail" + upn + time), TENANT, userId, upn, ip, appId(app), GRAPH, upn);
    }

    /** A change of mail flow by an application on its own behalf: the caller is in {@code UserId} alone, the App ID is Exchange's. */
    static String connector(String userId, String time, String ip) {
        return """
                {"CreationTime":"%s","Id":"%s","Operation":"New-InboundConnector","OrganizationId":"%s","RecordType":1,"ResultStatus":"True","UserKey":"%s","UserType":5,"Version":1,"Workload":"Exchange","ClientIP":"%s:41234","ObjectId":"Partner relay","UserId":"%s","AppId":"497effe9-df71-4043-a8bb-14cf78c4b63b","ClientAppId":"","OrganizationName":"contoso.onmicrosoft.com","Parameters":[{"Name":"Name","Value":"Partner relay"},{"Name":"SenderDomains","Value":"smtp:*;1"}]}""".formatted(time.replace("Z", ""), id("connector" + userId + time), TENANT, userId, ip, userId);
    }

    private static String user(String ip) {
        return """
                {"user":{"id":"%s","displayName":null,"userPrincipalName":"%s","ipAddress":"%s","roles":[]}}""".formatted(ADMIN_ID, ADMIN, ip);
    }

    /** An act on a registration or a service principal, of any name, with the properties it changed. */
    static String act(String operation, String time, String ip, String target, String type, String properties) {
        return audit(
                operation,
                time,
                id(operation + target + time),
                ip,
                user(ip),
                """
                [{"id":"%s","displayName":"target","type":"%s","modifiedProperties":[%s]}]""".formatted(target, type, properties),
                "");
    }

    private static String audit(
            String operation,
            String time,
            String correlation,
            String ip,
            String initiatedBy,
            String targets,
            String more) {
        String details = "{\"key\":\"User-Agent\",\"value\":\"Mozilla/5.0 (Windows NT 10.0; Win64; x64)\"}"
                + (more.isEmpty() ? "" : "," + more);
        return """
                {"time":"%s","resourceId":"/tenants/%s/providers/Microsoft.aadiam","operationName":"%s","operationVersion":"1.0","category":"AuditLogs","tenantId":"%s","resultSignature":"None","durationMs":0,%s"correlationId":"%s","Level":4,"properties":{"id":"Directory_%s_%s_1","category":"ApplicationManagement","correlationId":"%s","result":"success","resultReason":"","activityDisplayName":"%s","activityDateTime":"%s","loggedByService":"Core Directory","initiatedBy":%s,"targetResources":%s,"additionalDetails":[%s]}}""".formatted(
                        time,
                        TENANT,
                        operation,
                        TENANT,
                        ip.isEmpty() ? "" : "\"callerIpAddress\":\"" + ip + "\",",
                        correlation,
                        correlation,
                        correlation.substring(0, 5).toUpperCase(Locale.ROOT),
                        correlation,
                        operation,
                        time.replace("Z", "+00:00"),
                        initiatedBy,
                        targets.replace("\n", ""),
                        details);
    }
}

package io.rolecall.deployment;

/** A registration of a single-tenant application and a far-reaching grant to it, as diagnostic records of the Entra audit log. */
public final class AbuseEvents {

    private static final String APPLICATION = "7a1f0c52-93f6-4b7e-9a40-2f1f6f0b6a11";
    private static final String TENANT = "3b1c9a44-7d2e-4e0b-9a6f-0c5d8e7f6a21";

    private AbuseEvents() {}

    public static String registration() {
        return record("2024-05-01T08:00:00.1234567Z", "Add application", "01", """
                {"id":"c1d2e3f4-0000-4000-8000-000000000001","displayName":"Backup Sync","type":"Application",
                "modifiedProperties":[%s,%s]}""".formatted(
                property("AppId", "[\\\"" + APPLICATION + "\\\"]"), property("AvailableToOtherTenants", "[false]")));
    }

    public static String grant() {
        return record(
                "2024-05-03T09:00:00.1234567Z", "Add app role assignment to service principal", "02", """
                {"id":"8429eb5c-faeb-4ade-8eac-acc003790769","displayName":"Microsoft Graph","type":"ServicePrincipal",
                "modifiedProperties":[%s,%s,%s,%s,%s]}""".formatted(
                                property("AppRole.Id", "\\\"810c84a8-4a9e-49e6-bf7d-12d183f40d01\\\""),
                                property("AppRole.Value", "\\\"Mail.Read\\\""),
                                property("ServicePrincipal.ObjectID", "\\\"0f9d6c1e-55f0-4b3e-8f0e-1a2b3c4d5e6f\\\""),
                                property("ServicePrincipal.AppId", "\\\"" + APPLICATION + "\\\""),
                                property(
                                        "TargetId.ServicePrincipalNames",
                                        "\\\"00000003-0000-0000-c000-000000000000;https://graph.microsoft.com\\\"")));
    }

    private static String property(String name, String value) {
        return "{\"displayName\":\"" + name + "\",\"oldValue\":null,\"newValue\":\"" + value + "\"}";
    }

    private static String record(String time, String operation, String number, String target) {
        String correlation = "5d0a3f31-2a4f-4f6f-9a55-7c3c7d1d2e" + number;
        return """
                {"time":"%1$s","operationName":"%2$s","category":"AuditLogs","tenantId":"%3$s","correlationId":"%4$s",
                "callerIpAddress":"203.0.113.77","properties":{"id":"Directory_%4$s_ABCDE_1","activityDisplayName":"%2$s",
                "activityDateTime":"%5$s","correlationId":"%4$s","result":"success","initiatedBy":{"user":{
                "id":"e4c722ac-3b83-478d-8f52-c388885dc30f","userPrincipalName":"admin@contoso.com",
                "ipAddress":"203.0.113.77"}},"targetResources":[%6$s],"additionalDetails":[]}}""".formatted(time, operation, TENANT, correlation, time.replace("Z", "+00:00"), target);
    }
}

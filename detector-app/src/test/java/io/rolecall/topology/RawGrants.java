package io.rolecall.topology;

/** What applications do and are given, as raw records of the logs, with ids that follow from names and times. */
final class RawGrants {

    private static final String OUTSIDE = "198.51.100.7";

    private RawGrants() {}

    /** The same directory act, done by an application. */
    static String by(String app, boolean statesAppId, String event) {
        String user = event.substring(event.indexOf("\"initiatedBy\":"), event.indexOf(",\"targetResources\""));
        return event.replace(
                user,
                "\"initiatedBy\":{\"app\":{\"appId\":%s,\"displayName\":\"%s\",\"servicePrincipalId\":\"%s\",\"servicePrincipalName\":null}}"
                        .formatted(
                                statesAppId ? "\"" + RawEvents.appId(app) + "\"" : "null", app, RawEvents.spId(app)));
    }

    /** An application role of Microsoft Graph is given. */
    static String role(String app, String role, String time) {
        return RawEvents.addAppRole(app, RawEvents.id(role), role, time, OUTSIDE)
                .replace(RawEvents.id("grant " + app + role), RawEvents.id("grant " + app + role + time));
    }

    /** It is taken away. */
    static String roleTaken(String app, String role, String time) {
        return role(app, role, time)
                .replace(
                        "Add app role assignment to service principal",
                        "Remove app role assignment from service principal")
                .replace(RawEvents.id("grant " + app + role + time), RawEvents.id("removal " + app + role + time));
    }

    /** The application signs in, and the log tells whose it is. */
    static String signIn(String app, String ownerTenant, String time) {
        return """
                {"time":"%s","resourceId":"/tenants/%s/providers/Microsoft.aadiam","operationName":"Sign-in activity","operationVersion":"1.0","category":"ServicePrincipalSignInLogs","tenantId":"%s","resultType":"0","correlationId":"%s","callerIpAddress":"%s","Level":4,"properties":{"id":"%s","createdDateTime":"%s","appId":"%s","appDisplayName":"%s","servicePrincipalId":"%s","appOwnerTenantId":"%s","ipAddress":"%s","status":{"errorCode":0},"resourceDisplayName":"Microsoft Graph","resourceId":"00000003-0000-0000-c000-000000000000"}}""".formatted(
                time,
                RawEvents.TENANT,
                RawEvents.TENANT,
                RawEvents.id("c" + app + time),
                OUTSIDE,
                RawEvents.id("sign-in" + app + time),
                time,
                RawEvents.appId(app),
                app,
                RawEvents.spId(app),
                ownerTenant,
                OUTSIDE).strip();
    }
}

package io.rolecall.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Raw events of very many acts on one application, of one family or of all, at times of their own. */
final class ManyActs {

    static final String APP = "busy";
    private static final Instant START = Instant.parse("2026-04-01T08:00:00.1234567Z");
    private static final String OFFICE = "203.0.113.9";
    private static final String OUTSIDE = "198.51.100.7";
    private static final List<String> HARMLESS =
            List.of("User.Read.All", "Calendars.Read", "People.Read.All", "Place.Read.All");

    /** What can be many. */
    enum Family {
        AZURE_DELETIONS,
        AZURE_ROLES,
        PERMISSIVE_GRANTS,
        GRANTS_FROM_EVERY_DESK,
        MAIL_FOR_ALL,
        HARMLESS_GRANTS,
        GRANTS_FOR_ALL,
        CREDENTIALS,
        OWNERS,
        REDIRECTS,
        TENANCY,
        UPDATES,
        STATES,
        SERVICE_PRINCIPAL_CREDENTIALS
    }

    private final Random random;
    private Instant time = START;

    private ManyActs(Random random) {
        this.random = random;
    }

    /**
     * The registration, one permissive grant from outside, one secret, and the acts around them.
     *
     * @param families of which the acts are
     * @param number of acts beside those
     */
    static List<String> of(List<Family> families, int number, Random random) {
        ManyActs acts = new ManyActs(random);
        List<String> events = new ArrayList<>();
        events.add(RawEvents.addApplication(APP, acts.next(), OUTSIDE));
        events.add(RawEvents.addServicePrincipal(APP, acts.next(), OUTSIDE));
        int grantAt = random.nextInt(number);
        int secretAt = random.nextInt(number);
        for (int i = 0; i < number; i++) {
            events.add(acts.one(families.get(random.nextInt(families.size())), i));
            if (i == grantAt) {
                events.add(
                        RawEvents.addAppRole(APP, RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite", acts.next(), OUTSIDE));
            }
            if (i == secretAt) {
                events.add(RawEvents.addSecret(APP, RawEvents.id("the secret"), acts.next(), OUTSIDE));
            }
        }
        return events;
    }

    private String next() {
        // Seconds apart, so that the whole seconds of the other log keep the order; some acts have whole seconds
        // themselves.
        time = time.plus(Duration.ofSeconds(2 + random.nextInt(600)));
        return time.toString();
    }

    private String one(Family family, int number) {
        String application = RawEvents.objectId(APP);
        String principal = RawEvents.spId(APP);
        String ip = random.nextInt(3) == 0 ? "" : OFFICE;
        return switch (family) {
            case AZURE_DELETIONS -> azure("MICROSOFT.COMPUTE/DISKS/DELETE", "disk" + number);
            case AZURE_ROLES -> azure("MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE", "assignment" + number);
            case PERMISSIVE_GRANTS ->
                RawEvents.act(
                        random.nextInt(4) == 0
                                ? "Remove app role assignment from service principal"
                                : "Add app role assignment to service principal",
                        next(),
                        OFFICE,
                        RawEvents.id("graph"),
                        "ServicePrincipal",
                        role("01d4889c-1287-42c6-ac1f-5d1e02578ef6", "Files.Read.All"));
            case GRANTS_FROM_EVERY_DESK ->
                RawEvents.act(
                        "Add app role assignment to service principal",
                        next(),
                        "203.0.113." + random.nextInt(256),
                        RawEvents.id("graph"),
                        "ServicePrincipal",
                        role("01d4889c-1287-42c6-ac1f-5d1e02578ef6", "Files.Read.All"));
            case MAIL_FOR_ALL ->
                RawEvents.act(
                        "Add delegated permission grant",
                        next(),
                        OFFICE,
                        RawEvents.id("graph"),
                        "ServicePrincipal",
                        property(
                                        "DelegatedPermissionGrant.Scope",
                                        "\\\"\\\"",
                                        "\\\" Mail.Read Scope." + number + "\\\"")
                                + ","
                                + property("DelegatedPermissionGrant.ConsentType", "", "\\\"AllPrincipals\\\"") + ","
                                + property("ServicePrincipal.ObjectID", "", "\\\"" + principal + "\\\""));
            case HARMLESS_GRANTS -> {
                String name = HARMLESS.get(random.nextInt(HARMLESS.size()));
                yield RawEvents.act(
                        "Add app role assignment to service principal",
                        next(),
                        ip,
                        RawEvents.id("api " + random.nextInt(1_000)),
                        "ServicePrincipal",
                        role(RawEvents.id("role " + name + random.nextInt(1_000)), name));
            }
            case GRANTS_FOR_ALL ->
                RawEvents.act(
                        "Add delegated permission grant",
                        next(),
                        ip,
                        RawEvents.id("api " + random.nextInt(700)),
                        "ServicePrincipal",
                        property("DelegatedPermissionGrant.Scope", "\\\"\\\"", "\\\" Scope." + number + "\\\"") + ","
                                + property("DelegatedPermissionGrant.ConsentType", "", "\\\"AllPrincipals\\\"") + ","
                                + property("ServicePrincipal.ObjectID", "", "\\\"" + principal + "\\\""));
            case CREDENTIALS -> RawEvents.addSecret(APP, RawEvents.id("key " + number), next(), ip);
            case SERVICE_PRINCIPAL_CREDENTIALS ->
                RawEvents.act(
                        "Add service principal credentials",
                        next(),
                        ip,
                        principal,
                        "ServicePrincipal",
                        property(
                                "KeyDescription",
                                "[]",
                                "[\\\"[KeyIdentifier=" + RawEvents.id("sp key " + number)
                                        + ",KeyType=Password,KeyUsage=Verify,DisplayName=s]\\\"]"));
            case OWNERS ->
                RawEvents.act(
                        random.nextInt(3) == 0 ? "Remove owner from application" : "Add owner to application",
                        next(),
                        ip,
                        RawEvents.id("owner " + random.nextInt(900)),
                        "User",
                        property("Application.ObjectID", "", "\\\"" + application + "\\\"") + ","
                                + property("Application.AppId", "", "\\\"" + RawEvents.appId(APP) + "\\\""));
            case REDIRECTS ->
                RawEvents.act(
                        "Update application",
                        next(),
                        ip,
                        application,
                        "Application",
                        property(
                                "AppAddress",
                                "[]",
                                "[{\\\"AddressType\\\":0,\\\"Address\\\":\\\"https://a" + number
                                        + ".example.com/cb\\\"}]"));
            case TENANCY ->
                RawEvents.act(
                        "Update application",
                        next(),
                        ip,
                        application,
                        "Application",
                        random.nextBoolean()
                                ? property("AvailableToOtherTenants", "[false]", "[true]")
                                : property("AvailableToOtherTenants", "[true]", "[false]"));
            case UPDATES ->
                RawEvents.act(
                        "Update application",
                        next(),
                        ip,
                        application,
                        "Application",
                        property("WwwHomepage", "[]", "[\\\"https://example.com/" + number + "\\\"]"));
            case STATES ->
                RawEvents.act(
                        random.nextBoolean() ? "Delete application" : "Restore application",
                        next(),
                        ip,
                        application,
                        "Application",
                        "");
        };
    }

    private static String property(String name, String old, String now) {
        return "{\"displayName\":\"%s\",\"oldValue\":\"%s\",\"newValue\":\"%s\"}".formatted(name, old, now);
    }

    private static String role(String id, String value) {
        return property("AppRole.Id", "", "\\\"" + id + "\\\"") + ","
                + property("AppRole.Value", "", "\\\"" + value + "\\\"") + ","
                + property("ServicePrincipal.ObjectID", "", "\\\"" + RawEvents.spId(APP) + "\\\"") + ","
                + property("ServicePrincipal.AppId", "", "\\\"" + RawEvents.appId(APP) + "\\\"") + ","
                + property("TargetId.ServicePrincipalNames", "", "\\\"" + RawEvents.GRAPH + "\\\"");
    }

    private String azure(String operation, String object) {
        String at = next();
        return """
                {"time":"%s","resourceId":"/SUBSCRIPTIONS/S1/RESOURCEGROUPS/RG/PROVIDERS/P/%s","operationName":"%s","category":"Administrative","resultType":"Success","resultSignature":"Succeeded.","callerIpAddress":"%s","correlationId":"%s","tenantId":"%s","identity":{"claims":{"appid":"%s","http://schemas.microsoft.com/identity/claims/objectidentifier":"%s","idtyp":"app"}},"level":"Information","properties":{"eventDataId":"%s","requestbody":"{\\"Id\\":\\"x\\",\\"Properties\\":{\\"PrincipalId\\":\\"%s\\",\\"PrincipalType\\":\\"ServicePrincipal\\",\\"RoleDefinitionId\\":\\"/providers/Microsoft.Authorization/roleDefinitions/%s\\",\\"Scope\\":\\"/subscriptions/s%s\\"}}"}}""".formatted(
                        at,
                        object,
                        operation,
                        OUTSIDE,
                        RawEvents.id("azure " + at),
                        RawEvents.TENANT,
                        RawEvents.appId(APP),
                        RawEvents.spId(APP),
                        RawEvents.id("event " + at),
                        RawEvents.spId(APP),
                        RawEvents.id("definition"),
                        object);
    }
}

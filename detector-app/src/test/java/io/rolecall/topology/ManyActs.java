package io.rolecall.topology;

import io.rolecall.acts.PlainAct;
import io.rolecall.acts.PlainAct.How;
import io.rolecall.scenario.CaseEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Events of very many acts on one application, of one family or of all, at times of their own. */
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
    static List<CaseEvent> of(List<Family> families, int number, Random random) {
        ManyActs acts = new ManyActs(random);
        List<CaseEvent> events = new ArrayList<>();
        events.add(told(PlainAct.registration(acts.by(OUTSIDE), RawEvents.app(APP))));
        events.add(told(PlainAct.servicePrincipal(acts.by(OUTSIDE), RawEvents.app(APP))));
        int grantAt = random.nextInt(number);
        int secretAt = random.nextInt(number);
        for (int i = 0; i < number; i++) {
            events.add(acts.one(families.get(random.nextInt(families.size())), i));
            if (i == grantAt) {
                events.add(told(PlainAct.appRole(
                        acts.by(OUTSIDE), RawEvents.app(APP), RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite")));
            }
            if (i == secretAt) {
                events.add(told(PlainAct.secret(acts.by(OUTSIDE), RawEvents.app(APP), RawEvents.id("the secret"))));
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

    private CaseEvent one(Family family, int number) {
        String application = RawEvents.objectId(APP);
        String principal = RawEvents.spId(APP);
        String ip = random.nextInt(3) == 0 ? "" : OFFICE;
        return switch (family) {
            case AZURE_DELETIONS ->
                azure(
                        "azure-act",
                        Map.of(
                                "action",
                                "Microsoft.Compute/disks/delete",
                                "resource",
                                "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Compute/disks/disk" + number));
            case AZURE_ROLES ->
                azure("assign-azure-role", Map.of("app", APP, "role", "Reader", "scope", "/subscriptions/s" + number));
            case PERMISSIVE_GRANTS ->
                act(
                        random.nextInt(4) == 0
                                ? "Remove app role assignment from service principal"
                                : "Add app role assignment to service principal",
                        next(),
                        OFFICE,
                        RawEvents.id("graph"),
                        "ServicePrincipal",
                        role("01d4889c-1287-42c6-ac1f-5d1e02578ef6", "Files.Read.All"));
            case GRANTS_FROM_EVERY_DESK ->
                act(
                        "Add app role assignment to service principal",
                        next(),
                        "203.0.113." + random.nextInt(256),
                        RawEvents.id("graph"),
                        "ServicePrincipal",
                        role("01d4889c-1287-42c6-ac1f-5d1e02578ef6", "Files.Read.All"));
            case MAIL_FOR_ALL ->
                act(
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
                yield act(
                        "Add app role assignment to service principal",
                        next(),
                        ip,
                        RawEvents.id("api " + random.nextInt(1_000)),
                        "ServicePrincipal",
                        role(RawEvents.id("role " + name + random.nextInt(1_000)), name));
            }
            case GRANTS_FOR_ALL ->
                act(
                        "Add delegated permission grant",
                        next(),
                        ip,
                        RawEvents.id("api " + random.nextInt(700)),
                        "ServicePrincipal",
                        property("DelegatedPermissionGrant.Scope", "\\\"\\\"", "\\\" Scope." + number + "\\\"") + ","
                                + property("DelegatedPermissionGrant.ConsentType", "", "\\\"AllPrincipals\\\"") + ","
                                + property("ServicePrincipal.ObjectID", "", "\\\"" + principal + "\\\""));
            case CREDENTIALS -> told(PlainAct.secret(by(ip), RawEvents.app(APP), RawEvents.id("key " + number)));
            case SERVICE_PRINCIPAL_CREDENTIALS ->
                act(
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
                act(
                        random.nextInt(3) == 0 ? "Remove owner from application" : "Add owner to application",
                        next(),
                        ip,
                        RawEvents.id("owner " + random.nextInt(900)),
                        "User",
                        property("Application.ObjectID", "", "\\\"" + application + "\\\"") + ","
                                + property("Application.AppId", "", "\\\"" + RawEvents.appId(APP) + "\\\""));
            case REDIRECTS ->
                act(
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
                act(
                        "Update application",
                        next(),
                        ip,
                        application,
                        "Application",
                        random.nextBoolean()
                                ? property("AvailableToOtherTenants", "[false]", "[true]")
                                : property("AvailableToOtherTenants", "[true]", "[false]"));
            case UPDATES ->
                act(
                        "Update application",
                        next(),
                        ip,
                        application,
                        "Application",
                        property("WwwHomepage", "[]", "[\\\"https://example.com/" + number + "\\\"]"));
            case STATES ->
                act(
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

    private CaseEvent azure(String verb, Map<String, Object> values) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.put("by", Map.of("app", APP));
        all.put("from", OUTSIDE);
        all.put("tenant", RawEvents.TENANT);
        String event = PlainAct.azure(verb, next(), RawEvents.app(APP), all);
        return new CaseEvent(event.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    private CaseEvent act(String operation, String time, String ip, String target, String type, String properties) {
        How how = RawEvents.by(time, operation + target + time, ip);
        return told(PlainAct.of(how, operation, target, type, properties));
    }

    private How by(String ip) {
        String time = next();
        return RawEvents.by(time, "act at " + time, ip);
    }

    private static CaseEvent told(PlainAct act) {
        return new CaseEvent(
                act.entra().getBytes(StandardCharsets.UTF_8),
                Optional.of(act.unified().getBytes(StandardCharsets.UTF_8)));
    }
}

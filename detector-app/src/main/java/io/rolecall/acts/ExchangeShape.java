package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;

/** Writes Exchange administration as unified audit records. */
public final class ExchangeShape {

    /** Exchange's own id, which stands where one would look for the caller's. */
    private static final String EXCHANGE_ADMIN = "497effe9-df71-4043-a8bb-14cf78c4b63b";

    private final Tenant tenant;
    private final OfficeShape office;

    public ExchangeShape(Tenant tenant) {
        this.tenant = tenant;
        this.office = new OfficeShape(tenant);
    }

    /** A cmdlet run by an application on its own behalf: the caller is in {@code UserId} alone. */
    public ObjectNode byApplication(
            Instant time, String cmdlet, App app, String ip, Map<String, String> parameters, SplittableRandom random) {
        ObjectNode node = cmdlet(time, cmdlet, "ServicePrincipal_" + app.servicePrincipalId(), 5, random);
        int port = random.nextInt(20_000, 60_000);
        if (!ip.isEmpty()) {
            node.put("ClientIP", (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + port);
        }
        return finish(
                node,
                "EURPR08A010.PROD.OUTLOOK.COM/Microsoft Exchange Hosted Organizations/contoso.onmicrosoft.com/"
                        + parameters.getOrDefault("Name", parameters.getOrDefault("Identity", cmdlet)),
                "ServicePrincipal_" + app.servicePrincipalId(),
                parameters,
                random);
    }

    /** A cmdlet run by a person: the address comes with a port, or not at all. */
    ObjectNode byUser(
            Instant time,
            String cmdlet,
            Person person,
            String ip,
            Map<String, String> parameters,
            SplittableRandom random) {
        ObjectNode node = cmdlet(time, cmdlet, person.upn(), 2, random);
        if (!ip.isEmpty()) {
            node.put("ClientIP", (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + random.nextInt(20_000, 60_000));
        }
        String object = parameters.getOrDefault("Name", parameters.getOrDefault("Identity", cmdlet));
        return finish(node, object, person.upn(), parameters, random);
    }

    /** A cmdlet that Exchange runs for itself: no address. */
    public ObjectNode bySystem(Instant time, String cmdlet, Map<String, String> parameters, SplittableRandom random) {
        String system = "NT AUTHORITY\\SYSTEM (MSExchangeMigrationWorkflow)";
        ObjectNode node = cmdlet(time, cmdlet, system, 3, random);
        return finish(node, parameters.getOrDefault("Identity", ""), system, parameters, random);
    }

    private ObjectNode cmdlet(Instant time, String cmdlet, String userKey, int userType, SplittableRandom random) {
        ObjectNode node = office.record(time, Ids.guid(random), cmdlet, 1, "True");
        node.put("UserKey", userKey);
        node.put("UserType", userType);
        node.put("Version", 1);
        node.put("Workload", "Exchange");
        return node;
    }

    private ObjectNode finish(
            ObjectNode node, String objectId, String userId, Map<String, String> parameters, SplittableRandom random) {
        node.put("ObjectId", objectId);
        node.put("UserId", userId);
        node.put("AppId", EXCHANGE_ADMIN);
        node.put("ClientAppId", "");
        node.put("ExternalAccess", false);
        node.put("OrganizationName", "contoso.onmicrosoft.com");
        node.put("OriginatingServer", "AM0PR08MB" + random.nextInt(1000, 9999) + " (15.20.6455.026)");
        ArrayNode list = node.putArray("Parameters");
        parameters.forEach((name, value) -> list.add(OfficeShape.pair(name, value)));
        node.put("SessionId", tenant.ids().guid("session/" + userId));
        return node;
    }
}

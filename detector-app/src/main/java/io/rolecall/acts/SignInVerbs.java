package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.acts.SignInShape.Client;
import io.rolecall.policy.Guids;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Verbs of sign-ins of people and of applications. */
final class SignInVerbs {

    private static final String WRONG_PASSWORD = "50126";
    private static final List<VerbField> PLACE = List.of(
            VerbField.text("country", "Country code; without it that of the organisation, outside another"),
            VerbField.text("city", "City"),
            VerbField.of("asn", VerbField.Type.NUMBER, "Number of the autonomous system"),
            VerbField.of("error", VerbField.Type.NUMBER, "Error code; without it the sign-in succeeds"));

    private SignInVerbs() {}

    static List<Verb> verbs() {
        return List.of(
                new Verb(
                        "sign-in",
                        "A person signs in: a record of *SignInLogs* or *NonInteractiveUserSignInLogs*; in the unified log"
                                + " *UserLoggedIn* or *UserLoginFailed*",
                        List.of(Log.ENTRA, Log.UNIFIED),
                        true,
                        fields(
                                VerbField.text("app", "Application signed in with; without it the Azure Portal"),
                                VerbField.flag("silent", "Without the person: a token is refreshed"),
                                VerbField.text("protocol", "Authentication protocol, such as `deviceCode` or `ropc`"),
                                VerbField.text("token", "Type of the incoming token"),
                                VerbFields.API),
                        line -> List.of(person(line))),
                new Verb(
                        "application-sign-in",
                        "An application signs in for itself: a record of *ServicePrincipalSignInLogs* or"
                                + " *ManagedIdentitySignInLogs*; `from` is its address",
                        List.of(Log.ENTRA),
                        false,
                        fields(
                                VerbField.text("app", "The application").must(),
                                VerbField.text(
                                        "key", "Name of the key it proves itself with; `add-credential` names keys"),
                                VerbField.text("keyId", "Its id"),
                                VerbField.text("credential", "Type of the credential, instead of the usual one"),
                                VerbField.text("federated", "Name of the federated credential it proves itself with"),
                                VerbField.flag(
                                        "managed-identity", "It is a managed identity: no address, no credential"),
                                VerbField.text("owner-tenant", "Id of the tenant that owns the application"),
                                VerbFields.API),
                        line -> List.of(Telling.in(Log.ENTRA, application(line)))));
    }

    private static List<VerbField> fields(VerbField... own) {
        List<VerbField> fields = new ArrayList<>(List.of(own));
        fields.addAll(PLACE);
        fields.addAll(VerbFields.ids());
        return fields;
    }

    private static Telling person(Line line) {
        Person person = line.actingPerson();
        String ip = line.address().orElse("");
        Client client = client(line);
        int error = line.number("error", 0);
        boolean silent = line.is("silent");
        ObjectNode entra = new SignInShape(line.tenant())
                .user(line.time(), person, ip, place(line, ip), client, !silent, error, line.random("entra"));
        ObjectNode properties = (ObjectNode) entra.get("properties");
        if (error != 0 && error != Integer.parseInt(WRONG_PASSWORD)) {
            entra.put("resultDescription", "Error " + error);
            ((ObjectNode) properties.get("status"))
                    .put("failureReason", "Error " + error)
                    .put("additionalDetails", "");
        }
        line.text("agent").ifPresent(agent -> properties.put("userAgent", agent));
        line.text("protocol").ifPresent(protocol -> properties.put("authenticationProtocol", protocol));
        line.text("token").ifPresent(token -> properties.put("incomingTokenType", token));
        ObjectNode unified =
                new OfficeShape(line.tenant()).signIn(line.time(), person, ip, client, error, line.random("unified"));
        unified.put("InterSystemsId", entra.path("correlationId").asText());
        Map<Log, ObjectNode> events = new LinkedHashMap<>();
        events.put(Log.ENTRA, entra);
        if (!silent) {
            events.put(Log.UNIFIED, unified);
        }
        return new Telling(events);
    }

    private static Client client(Line line) {
        Api api = new Permissions(line).api();
        if (!line.has("app")) {
            return Client.PORTAL;
        }
        App app = line.app();
        return new Client(app.appId(), app.name(), api.appId(), api.displayName(), true);
    }

    private static ObjectNode application(Line line) {
        App app = line.app();
        WorkloadSignInShape shape = new WorkloadSignInShape(line.tenant());
        if (line.is("managed-identity")) {
            return shape.managedIdentity(line.time(), app, new Permissions(line).api(), line.random("managed"));
        }
        String ip = line.address().orElse("");
        Optional<String> key =
                line.text("keyId").or(() -> line.text("key").map(name -> CredentialVerbs.keyId(line, app, name)));
        ObjectNode event = shape.servicePrincipal(
                line.time(),
                app,
                ip,
                place(line, ip),
                line.has("federated") ? Optional.empty() : key,
                new Permissions(line).api(),
                line.number("error", 0),
                line.random("application"));
        ObjectNode properties = (ObjectNode) event.get("properties");
        line.text("federated")
                .ifPresent(name -> properties.put(
                        "federatedCredentialId",
                        Guids.isGuid(name) ? name : line.tenant().ids().guid("federated/" + app.name() + "/" + name)));
        if (line.has("asn")) {
            properties.put("autonomousSystemNumber", line.number("asn", 0));
        }
        line.text("credential").ifPresent(type -> properties.put("clientCredentialType", type));
        line.text("owner-tenant").ifPresent(tenant -> properties.put("appOwnerTenantId", tenant));
        line.text("agent").ifPresent(agent -> properties.put("userAgent", agent));
        return event;
    }

    /** Where an address is: at the organisation's headquarters, or far from it. */
    private static Place place(Line line, String ip) {
        Place usual = line.isOutside(ip) ? Place.FAR : Place.HEADQUARTERS;
        boolean none = ip.isEmpty() && !line.has("country");
        return new Place(
                line.text("city").orElse(none ? "" : usual.city()),
                none ? "" : usual.state(),
                line.text("country").orElse(none ? "" : usual.country()),
                usual.latitude(),
                usual.longitude(),
                line.number("asn", usual.asn()));
    }
}

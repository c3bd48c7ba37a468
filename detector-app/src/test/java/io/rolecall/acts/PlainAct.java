package io.rolecall.acts;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.acts.ConsentActs.Click;
import io.rolecall.acts.CredentialActs.Credential;
import io.rolecall.acts.DirectoryAct.ByUser;
import io.rolecall.acts.DirectoryAct.Listed;
import io.rolecall.acts.DirectoryAct.None;
import io.rolecall.acts.DirectoryAct.Property;
import io.rolecall.acts.DirectoryAct.Target;
import io.rolecall.acts.DirectoryAct.Text;
import io.rolecall.acts.DirectoryAct.Value;
import io.rolecall.acts.DirectoryActs.Circumstances;
import io.rolecall.acts.GrantActs.Delegated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One act told by the makers of acts at an exact time, without its companions: for tests of the topology that set time and ids. */
public final class PlainAct {

    public static final Tenant TENANT = new Tenant(new Ids(1), "75243ab2-44f8-435c-a7a6-b479385df6d4");

    private final DirectoryAct act;

    private PlainAct(DirectoryAct act) {
        this.act = act;
    }

    /** Who acts, when and from where. */
    public record How(String time, String correlation, String userId, String upn, String ip) {

        Person person() {
            return PlainAct.person(userId, upn);
        }

        Circumstances circumstances() {
            Optional<String> address = ip.isEmpty() ? Optional.empty() : Optional.of(ip);
            return new Circumstances(Instant.parse(time), correlation, new ByUser(person(), address), UserAgents.EDGE);
        }
    }

    public static PlainAct registration(How how, App app) {
        return new PlainAct(RegistrationActs.added(how.circumstances(), app, RegistrationTerms.usual()));
    }

    public static PlainAct servicePrincipal(How how, App app) {
        return new PlainAct(new DirectoryActs(TENANT).addServicePrincipal(how.circumstances(), app));
    }

    public static PlainAct appRole(How how, App app, String roleId, String role) {
        return new PlainAct(
                new GrantActs(TENANT).appRole(how.circumstances(), app, new Role(Api.GRAPH, roleId, role, role)));
    }

    /** A secret on the registration: no App ID anywhere. */
    public static PlainAct secret(How how, App app, String keyId) {
        return new PlainAct(CredentialActs.onApplication(
                how.circumstances(), app, List.of(), List.of(new Credential(keyId, "Password", "s")), false));
    }

    /** A delegated grant for everybody: a service principal id and no App ID. */
    public static PlainAct grantForAll(How how, App app, String scopes) {
        Delegated grant = new Delegated(
                app, Api.GRAPH, List.of(), List.of(scopes.split(" ", -1)), Delegated.Whose.ALL, Optional.empty());
        return new PlainAct(new GrantActs(TENANT)
                .delegated(how.circumstances(), "Add delegated permission grant", "Assign", grant));
    }

    /** The consent event of a click alone. */
    public static PlainAct consent(How how, App app, String scopes) {
        return new PlainAct(new ConsentActs(TENANT)
                .consent(how.circumstances(), new Click(app, Map.of(Api.GRAPH, scopes), false, false, false)));
    }

    /**
     * An act of any name on an object, with the properties it changed.
     *
     * @param properties JSON objects with {@code displayName}, {@code oldValue} and {@code newValue}, separated by commas
     */
    public static PlainAct of(How how, String operation, String target, String type, String properties) {
        List<Property> changed = new ArrayList<>();
        Json.read("[" + properties + "]")
                .forEach(one -> changed.add(new Property(
                        one.path("displayName").asText(), value(one.path("oldValue")), value(one.path("newValue")))));
        Target changedTarget = new Target(target, Optional.of("target"), type, Optional.empty(), changed, List.of());
        return new PlainAct(DirectoryActs.act(
                how.circumstances(),
                operation,
                "Update",
                type,
                List.of(changedTarget),
                how.circumstances().details()));
    }

    /**
     * The event of an act in Azure.
     *
     * @param verb as in scenario files
     * @param app an application that takes part, with its ids
     * @param values fields of the verb
     */
    public static String azure(String verb, String time, App app, Map<String, Object> values) {
        Cast cast = new Cast(Map.of(), List.of());
        cast.enter(app.name());
        cast.state(app.name(), "appId", app.appId());
        cast.state(app.name(), "objectId", app.objectId());
        cast.state(app.name(), "servicePrincipalId", app.servicePrincipalId());
        ActLine line =
                new ActLine(Verbs.byName(verb).orElseThrow(), Instant.parse(time), true, values, (field, problem) -> {
                    throw new IllegalArgumentException(field + " " + problem);
                });
        return new ActWriter(cast).write(List.of(line)).get(0).get(0).json();
    }

    /** As the Entra audit log tells it. */
    public String entra() {
        String correlation = act.correlationId();
        String id =
                "Directory_" + correlation + "_" + correlation.substring(0, 5).toUpperCase(Locale.ROOT) + "_1";
        return Json.text(new EntraShape(TENANT.id()).diagnostic(act, id));
    }

    /** As the unified audit log tells it. */
    public String unified() {
        return Json.text(new UnifiedShape(TENANT.id()).record(act, TENANT.ids(), 1));
    }

    public static Person person(String id, String upn) {
        return new Person(id, upn, upn, "10032000AAAAAAAA", "203.0.113.10", "192.0.2.10", false);
    }

    private static Value value(JsonNode value) {
        if (value.asText().isEmpty() || value.isNull()) {
            return new None();
        }
        JsonNode read = Json.read(value.asText());
        return read.isTextual() ? new Text(read.asText()) : new Listed(read);
    }
}

package io.rolecall.acts;

import io.rolecall.acts.DirectoryAct.ByUser;
import io.rolecall.acts.DirectoryAct.Property;
import io.rolecall.acts.DirectoryActs.Circumstances;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Verbs of registrations, service principals and what they state. */
final class ApplicationVerbs {

    private static final String[] TENANCIES = {"single", "multi", "multi-and-personal", "personal"};
    private static final String REDIRECTS = "redirects/";
    private static final String REQUESTED = "requested/";
    private static final String TENANCY = "tenancy/";

    private ApplicationVerbs() {}

    static List<Verb> verbs() {
        List<Verb> verbs = new ArrayList<>(List.of(
                Verb.directory(
                        "register-application",
                        "An application is registered, as the portal does it: *Add application*, the automatic *Add owner to"
                                + " application* and *Add service principal*; with `failure`, *Add application* without ids",
                        ApplicationVerbs::register,
                        VerbFields.ofApplication(
                                VerbField.word("tenancy", "Who may sign in, usually `single`", TENANCIES),
                                VerbField.texts("roles", "Application roles it declares"),
                                VerbField.texts("scopes", "Delegated scopes it declares, usually `User.Read`"),
                                VerbField.texts("redirects", "Redirect addresses"),
                                VerbField.text("publisher", "Publisher domain, usually `contoso.com`"),
                                VerbField.texts("without", "Events that are not logged: `owner`, `service-principal`"),
                                VerbFields.API)),
                Verb.directory(
                        "create-service-principal",
                        "A service principal is made: *Add service principal*, the first that is seen of an application from"
                                + " elsewhere",
                        line -> List.of(principal(line)),
                        VerbFields.ofApplication(VerbField.texts("redirects", "Redirect addresses"))),
                Verb.directory(
                        "update-application",
                        "*Update application* that changes name or tenancy, or nothing (the stub beside other acts)",
                        line -> List.of(update(line)),
                        VerbFields.ofApplication(
                                VerbField.word("tenancy", "Who may sign in from now on", TENANCIES),
                                VerbField.word("was", "Who could before, where no line says so", TENANCIES),
                                VerbField.text("name", "New display name"))),
                Verb.directory(
                        "declare-permissions",
                        "*Update application* with the permissions declared before and after",
                        line -> List.of(declare(line)),
                        VerbFields.ofApplication(
                                VerbField.texts("roles", "Application roles declared from now on"),
                                VerbField.texts("scopes", "Delegated scopes declared from now on"),
                                VerbFields.API)),
                Verb.directory(
                        "change-redirect-uris",
                        "*Update application*, or *Update service principal*, with the redirect addresses before and after",
                        line -> List.of(redirects(line)),
                        VerbFields.ofApplication(
                                VerbField.texts("add", "Addresses added"),
                                VerbField.texts("remove", "Addresses removed"),
                                VerbFields.ON)),
                Verb.directory(
                        "add-owner",
                        "*Add owner to application*, or *to service principal*",
                        line -> List.of(OwnerActs.of(line, true)),
                        VerbFields.ofApplication(
                                VerbField.of(
                                                "owner",
                                                VerbField.Type.INITIATOR,
                                                "A person, an application of the file, or `{ app: NAME }`")
                                        .must(),
                                VerbFields.ON)),
                Verb.directory(
                        "remove-owner",
                        "*Remove owner from application*, or *from service principal*",
                        line -> List.of(OwnerActs.of(line, false)),
                        VerbFields.ofApplication(
                                VerbField.of(
                                                "owner",
                                                VerbField.Type.INITIATOR,
                                                "A person, an application of the file, or `{ app: NAME }`")
                                        .must(),
                                VerbFields.ON))));
        verbs.addAll(LifecycleVerbs.verbs());
        return verbs;
    }

    private static List<DirectoryAct> register(Line line) {
        App app = line.app();
        Circumstances how = line.how();
        if (line.failure().isPresent()) {
            return List.of(
                    RegistrationActs.failed(how, app.name(), line.failure().get()));
        }
        Permissions permissions = new Permissions(line);
        boolean usual = !line.has("roles") && !line.has("scopes");
        RegistrationTerms stated = new RegistrationTerms(
                line.text("tenancy").orElse("single"),
                line.text("publisher").orElse("contoso.com"),
                usual ? RegistrationTerms.usual().requested() : permissions.requested("roles", "scopes"),
                line.texts("redirects"));
        line.held().put(REDIRECTS + app.objectId(), stated.redirects());
        line.held().put(REQUESTED + app.objectId(), stated.requested());
        line.held().put(TENANCY + app.objectId(), List.of(stated.tenancy()));
        List<DirectoryAct> acts = new ArrayList<>();
        acts.add(RegistrationActs.added(how, app, stated));
        List<String> without = line.texts("without");
        if (how.by() instanceof ByUser user && !without.contains("owner")) {
            acts.add(new DirectoryActs(line.tenant()).addOwner(how.later(110), app, user.person()));
        }
        if (!without.contains("service-principal")) {
            // Its own transaction, in the same second.
            Circumstances own = new Circumstances(
                    how.time().plusMillis(420), line.guid("service-principal"), how.by(), how.userAgent());
            acts.add(new DirectoryActs(line.tenant()).addServicePrincipal(own, app));
        }
        return acts;
    }

    private static DirectoryAct principal(Line line) {
        DirectoryAct act = new DirectoryActs(line.tenant()).addServicePrincipal(line.how(), line.app());
        List<String> redirects = line.texts("redirects");
        line.held().put(REDIRECTS + line.app().servicePrincipalId(), redirects);
        return redirects.isEmpty()
                ? act
                : act.with(Properties.listed("AppAddress", RegistrationActs.addresses(redirects)));
    }

    private static DirectoryAct update(Line line) {
        App app = line.app();
        List<Property> properties = new ArrayList<>();
        line.text("tenancy").ifPresent(after -> {
            List<String> known = line.held().list(TENANCY + app.objectId());
            String before = line.text("was").orElse(known.isEmpty() ? "single" : known.get(0));
            properties.add(RegistrationActs.tenancy(Optional.of(before), after));
            line.held().put(TENANCY + app.objectId(), List.of(after));
        });
        line.text("name")
                .ifPresent(name ->
                        properties.add(Properties.changed("DisplayName", Json.array(app.name()), Json.array(name))));
        return RegistrationActs.updated(line.how(), app, properties);
    }

    private static DirectoryAct declare(Line line) {
        String key = REQUESTED + line.app().objectId();
        List<Requested> before = line.held().list(key);
        List<Requested> after = new Permissions(line).requested("roles", "scopes");
        line.held().put(key, after);
        return RegistrationActs.declared(line.how(), line.app(), before, after);
    }

    private static DirectoryAct redirects(Line line) {
        App app = line.app();
        boolean principal = line.text("on").filter("service-principal"::equals).isPresent();
        String key = REDIRECTS + (principal ? app.servicePrincipalId() : app.objectId());
        List<String> before = line.held().list(key);
        List<String> known = new ArrayList<>(before);
        line.texts("remove").stream().filter(one -> !known.contains(one)).forEach(known::add);
        List<String> after = new ArrayList<>(known);
        after.removeAll(line.texts("remove"));
        after.addAll(line.texts("add"));
        line.held().put(key, after);
        Property changed =
                Properties.changed("AppAddress", RegistrationActs.addresses(known), RegistrationActs.addresses(after));
        return principal
                ? CredentialActs.stub(line.how(), app).with(changed)
                : RegistrationActs.updated(line.how(), app, List.of(changed));
    }
}

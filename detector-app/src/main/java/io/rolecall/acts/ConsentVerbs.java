package io.rolecall.acts;

import io.rolecall.acts.ConsentActs.Click;
import io.rolecall.acts.DirectoryActs.Circumstances;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Verbs of consents. */
final class ConsentVerbs {

    /** The reason of a consent that the tenant's policy for risky applications blocks. */
    private static final String RISKY = "risky";

    private static final String ASSIGNMENT = "assignment";

    private static final Map<String, String> OPERATIONS = Map.of(
            "consent",
            "Consent to application",
            "grants",
            "Add delegated permission grant",
            ASSIGNMENT,
            "Add app role assignment grant to user",
            "service-principal",
            "Add service principal");

    private ConsentVerbs() {}

    static List<Verb> verbs() {
        return List.of(
                Verb.directory(
                        "consent",
                        "A click on a consent page: *Add delegated permission grant* for each API, *Consent to application* and,"
                                + " for one person, *Add app role assignment grant to user*; a refused one is the consent alone",
                        ConsentVerbs::consent,
                        VerbFields.ofApplication(
                                VerbField.texts("scopes", "Scopes asked for").must(),
                                VerbField.word("for", "For whom, usually `self`", "self", "everybody"),
                                VerbField.flag("admin", "Whether an administrator clicked; usual for everybody"),
                                VerbField.flag(
                                        "new", "The service principal is made with it: *Add service principal* too"),
                                VerbField.texts(
                                        "logged",
                                        "The events that are logged, without it all: `consent`, `grants`, `assignment`,"
                                                + " `service-principal`"),
                                VerbField.flag("no-app-id", "No event names the App ID, as in older tenants"),
                                VerbField.texts("was", "Scopes before, where no line of the file says so"),
                                VerbFields.API)),
                Verb.directory(
                        "revoke-consent",
                        "*Revoke consent*",
                        line -> List.of(revoked(line)),
                        VerbFields.ofApplication()));
    }

    private static List<DirectoryAct> consent(Line line) {
        Circumstances how = line.how(UserAgents.CONSENT_PAGE);
        Person person = line.actingPerson();
        Circumstances click = new Circumstances(
                how.time(), how.correlationId(), new DirectoryAct.ByUser(person, line.address()), how.userAgent());
        boolean everybody = line.text("for").filter("everybody"::equals).isPresent();
        boolean admin = line.has("admin") ? line.is("admin") : everybody;
        Map<Api, String> before = new LinkedHashMap<>();
        Map<Api, String> after = new LinkedHashMap<>();
        Optional<Person> whose = everybody ? Optional.empty() : Optional.of(person);
        new Permissions(line).scopes("scopes").forEach((api, asked) -> {
            List<String> known = line.has("was") ? line.texts("was") : GrantVerbs.scopesHeld(line, api, whose);
            Set<String> all = new LinkedHashSet<>(known);
            all.addAll(List.of(asked.split(" ", -1)));
            if (!known.isEmpty()) {
                before.put(api, String.join(" ", known));
            }
            after.put(api, String.join(" ", all));
            GrantVerbs.hold(line, api, whose, List.copyOf(all));
        });
        Click told = new Click(line.app(), after, before, admin, everybody, line.is("new"));
        return acts(line, click, told).stream()
                .map(act -> line.is("no-app-id") ? act.withoutAppId() : act)
                .toList();
    }

    private static List<DirectoryAct> acts(Line line, Circumstances click, Click told) {
        ConsentActs acts = new ConsentActs(line.tenant());
        if (line.failure().filter(RISKY::equals).isPresent()) {
            return List.of(acts.blocked(click, told));
        }
        if (line.failure().isPresent()) {
            return List.of(acts.consent(click, told));
        }
        Set<String> wanted = line.texts("logged").stream()
                .map(word -> OPERATIONS.getOrDefault(word, ""))
                .collect(Collectors.toSet());
        List<DirectoryAct> all = new ArrayList<>(acts.granted(click, told));
        if (told.forAll() && wanted.contains(OPERATIONS.get(ASSIGNMENT))) {
            // At times the administrator who consents for all gets the access that a user gets by a consent.
            all.add(acts.roleToUser(click.later(31), told.app(), line.actingPerson(), ConsentActs.NO_ID, "", ""));
        }
        return all.stream()
                .filter(act -> wanted.isEmpty() || wanted.contains(act.operation()))
                .toList();
    }

    private static DirectoryAct revoked(Line line) {
        return DirectoryActs.act(
                line.how(),
                "Revoke consent",
                "Unassign",
                "ServicePrincipal",
                List.of(DirectoryActs.servicePrincipal(
                        line.app(), List.of(Properties.principalNames(line.app().appId())))),
                line.how().details(line.app().appId()));
    }
}

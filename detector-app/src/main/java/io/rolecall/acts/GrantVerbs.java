package io.rolecall.acts;

import io.rolecall.acts.GrantActs.Delegated;
import io.rolecall.acts.GrantActs.Delegated.Whose;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Verbs of permissions: application roles, delegated grants, consents. */
final class GrantVerbs {

    private static final VerbField FOR = VerbField.text("for", "Whose grant it is: `everybody` (usual), or a person")
            .must();
    private static final VerbField WAS = VerbField.texts("was", "Scopes before, where no line of the file says so");
    private static final VerbField UNNAMED = VerbField.flag("unnamed", "The event does not name the user, as most do");

    private GrantVerbs() {}

    static List<Verb> verbs() {
        List<Verb> verbs = new ArrayList<>(List.of(
                Verb.directory(
                        "assign-app-role",
                        "*Add app role assignment to service principal*",
                        line -> List.of(new GrantActs(line.tenant()).appRole(line.how(), line.app(), role(line))),
                        VerbFields.ofApplication(
                                VerbField.text("role", "The role's value").must(),
                                VerbField.text("roleId", "Its id, instead of the published one"),
                                VerbFields.API)),
                Verb.directory(
                        "remove-app-role",
                        "*Remove app role assignment from service principal*, or the removal that follows from a removed link",
                        line -> List.of(removed(line)),
                        VerbFields.ofApplication(
                                VerbField.text("role", "The role's value").must(),
                                VerbField.text("roleId", "Its id, instead of the published one"),
                                VerbField.flag("by-link", "Under the name that begins with *Add a deletion-marked*"),
                                VerbFields.API)),
                Verb.directory(
                        "assign-app-role-to-user",
                        "*Add app role assignment grant to user*: single sign-on with a role, a consent's trace without one",
                        line -> List.of(toUser(line, true)),
                        VerbFields.ofApplication(
                                VerbField.text("user", "The person").must(),
                                VerbField.text("role", "Value of the application's own role"))),
                Verb.directory(
                        "remove-app-role-from-user",
                        "*Remove app role assignment from user*",
                        line -> List.of(toUser(line, false)),
                        VerbFields.ofApplication(
                                VerbField.text("user", "The person").must(),
                                VerbField.text("role", "Value of the application's own role"))),
                Verb.directory(
                        "add-delegated-grant",
                        "*Add delegated permission grant*: scopes come to the list, without any consent",
                        line -> delegated(line, "Add delegated permission grant", "Assign"),
                        VerbFields.ofApplication(
                                VerbField.texts("scopes", "Scopes added").must(), FOR, UNNAMED, WAS, VerbFields.API)),
                Verb.directory(
                        "update-delegated-grant",
                        "*Update delegated permission grant*: the list becomes another one",
                        line -> delegated(line, "Update delegated permission grant", "Update"),
                        VerbFields.ofApplication(
                                VerbField.texts("scopes", "The whole list from now on")
                                        .must(),
                                FOR,
                                VerbField.text("was-for", "Whose grant it was before, where it becomes everybody's"),
                                UNNAMED,
                                WAS,
                                VerbFields.API)),
                Verb.directory(
                        "remove-delegated-grant",
                        "*Remove delegated permission grant*: scopes, or the whole grant of an API, are taken away",
                        line -> delegated(line, "Remove delegated permission grant", "Unassign"),
                        VerbFields.ofApplication(
                                VerbField.texts("scopes", "Scopes removed; without them all of the API"),
                                FOR,
                                UNNAMED,
                                WAS,
                                VerbFields.API))));
        verbs.addAll(ConsentVerbs.verbs());
        return verbs;
    }

    private static Role role(Line line) {
        return new Permissions(line).role("role", line.needed("role"));
    }

    private static DirectoryAct removed(Line line) {
        GrantActs acts = new GrantActs(line.tenant());
        return line.is("by-link")
                ? acts.appRoleRemovedByLink(line.how(), line.app(), role(line))
                : acts.appRoleRemoved(line.how(), line.app(), role(line));
    }

    private static DirectoryAct toUser(Line line, boolean added) {
        String value = line.text("role").orElse("");
        App app = line.app();
        String id = value.isEmpty()
                ? ConsentActs.NO_ID
                : line.tenant().ids().guid("permission/" + app.appId() + "/" + value);
        DirectoryAct act =
                new ConsentActs(line.tenant()).roleToUser(line.how(), app, line.person("user"), id, value, value);
        return added ? act : act.undone("Remove app role assignment from user");
    }

    private static List<DirectoryAct> delegated(Line line, String operation, String kind) {
        Optional<Person> person =
                line.text("for").filter(name -> !name.equals("everybody")).isPresent()
                        ? Optional.of(line.person("for"))
                        : Optional.empty();
        Map<Api, String> scopes = new Permissions(line).scopes("scopes");
        if (scopes.isEmpty()) {
            scopes.put(new Permissions(line).api(), "");
        }
        GrantActs acts = new GrantActs(line.tenant());
        List<DirectoryAct> events = new ArrayList<>();
        scopes.forEach((api, text) -> {
            List<String> told = text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
            Optional<Person> formerly = line.has("was-for") ? Optional.of(line.person("was-for")) : person;
            List<String> before = line.has("was") ? line.texts("was") : scopesHeld(line, api, formerly);
            List<String> after = after(kind, before, told);
            hold(line, api, person, after);
            events.add(acts.delegated(
                    line.how(),
                    operation,
                    kind,
                    new Delegated(
                            line.app(),
                            api,
                            before,
                            after,
                            formerly.isPresent() && person.isEmpty() ? Whose.TURNED : Whose.of(person.isEmpty()),
                            line.is("unnamed") ? Optional.empty() : formerly)));
        });
        return events;
    }

    private static List<String> after(String kind, List<String> before, List<String> told) {
        Set<String> after = new LinkedHashSet<>(before);
        switch (kind) {
            case "Assign" -> after.addAll(told);
            case "Update" -> after = new LinkedHashSet<>(told);
            default -> after.removeAll(told.isEmpty() ? before : told);
        }
        return List.copyOf(after);
    }

    /** The scopes of a grant as the lines before have left them; of everybody's when there is no person. */
    static List<String> scopesHeld(Line line, Api api, Optional<Person> person) {
        return line.held().list(key(line, api, person));
    }

    static void hold(Line line, Api api, Optional<Person> person, List<String> scopes) {
        if (line.failure().isEmpty()) {
            line.held().put(key(line, api, person), scopes);
        }
    }

    private static String key(Line line, Api api, Optional<Person> person) {
        String whose = person.map(Person::id).orElse("everybody");
        return "scopes/" + line.app().servicePrincipalId() + "/" + api.appId() + "/" + whose;
    }
}

package io.rolecall.acts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rolecall.acts.DirectoryAct.Property;
import io.rolecall.acts.DirectoryAct.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Verbs of settings of the whole tenant, of domains, and of users. */
final class SettingVerbs {

    private static final Map<String, String> POLICIES = Map.of(
            "conditional-access", "conditional access policy",
            "permission-grant", "permission grant policy",
            "named-location", "named location");
    private static final Map<String, String> ACTIONS = Map.of("add", "Add", "update", "Update", "delete", "Delete");
    private static final VerbField USER = VerbField.text("user", "The person").must();

    private SettingVerbs() {}

    static List<Verb> verbs() {
        return List.of(
                Verb.directory(
                        "change-consent-policy",
                        "*Update authorization policy*: what users may register and consent to",
                        line -> List.of(setting(
                                line, "Update authorization policy", "AuthorizationPolicy", "Authorization Policy")),
                        DirectoryVerbs.changes()),
                Verb.directory(
                        "change-policy",
                        "A policy is added, updated or deleted: *Update conditional access policy* and its kin, *Authentication"
                                + " Methods Policy Update*",
                        line -> List.of(policy(line)),
                        VerbField.word(
                                        "policy",
                                        "Which kind",
                                        "conditional-access",
                                        "authentication-methods",
                                        "permission-grant",
                                        "named-location")
                                .must(),
                        VerbField.word("action", "What is done, usually `update`", "add", "update", "delete"),
                        VerbField.text("name", "Name of the policy"),
                        DirectoryVerbs.changes()),
                Verb.directory(
                        "federate-domain",
                        "*Set domain authentication*, or *Set federation settings on domain* when it is federated already",
                        line -> List.of(federated(line)),
                        VerbField.text("domain", "The domain").must(),
                        VerbField.text("issuer", "Issuer of the tokens that are trusted from now on")
                                .must(),
                        VerbField.flag("again", "It was federated before: only the settings change")),
                Verb.directory(
                        "add-domain",
                        "*Add unverified domain*, or *Verify domain*",
                        line -> List.of(domain(line)),
                        VerbField.text("domain", "The domain").must(),
                        VerbField.flag("verified", "Its owner has proved it")),
                Verb.directory(
                        "create-user",
                        "*Add user*, or *Invite external user*",
                        line -> List.of(user(line, line.is("guest") ? "Invite external user" : "Add user", "Add")),
                        USER,
                        VerbField.flag("guest", "Invited from outside")),
                Verb.directory(
                        "reset-password",
                        "*Reset user password* by an administrator",
                        line -> List.of(user(line, "Reset user password", "Update")),
                        USER));
    }

    private static DirectoryAct policy(Line line) {
        String kind = line.needed("policy");
        String name = line.text("name").orElse("Policy of " + kind);
        if (kind.equals("authentication-methods")) {
            return setting(line, "Authentication Methods Policy Update", "ApplicationManagement", name);
        }
        String verb = ACTIONS.getOrDefault(line.text("action").orElse("update"), "Update");
        return setting(line, verb + " " + POLICIES.getOrDefault(kind, kind), "Policy", name);
    }

    /** A change of some properties of one object. */
    private static DirectoryAct setting(Line line, String operation, String category, String name) {
        List<Property> properties = new ArrayList<>();
        line.changes("changes")
                .forEach((property, values) ->
                        properties.add(Properties.changed(property, json(values.get(0)), json(values.get(1)))));
        properties.add(
                Properties.included(line.changes("changes").keySet().stream().collect(Collectors.joining(", "))));
        return act(line, operation, "Update", target("Other", "policy/" + name, name, line, properties))
                .in(category);
    }

    /** A value as it is written when it is JSON, a list of one text otherwise, as the log writes single values. */
    private static JsonNode json(String text) {
        boolean value = text.startsWith("[") || text.startsWith("{") || text.equals("true") || text.equals("false");
        JsonNode node = value ? Json.read(text) : TextNode.valueOf(text);
        return node.isArray() || node.isObject() ? node : Json.array(node);
    }

    private static DirectoryAct federated(Line line) {
        String domain = line.needed("domain");
        List<Property> properties = List.of(
                Properties.changed(
                        "LiveType", Json.array(line.is("again") ? "Federated" : "Managed"), Json.array("Federated")),
                Properties.listed("FederationIssuer", Json.array(line.needed("issuer"))),
                Properties.included("LiveType, FederationIssuer"));
        String operation = line.is("again") ? "Set federation settings on domain" : "Set domain authentication";
        return act(line, operation, "Update", target("Domain", "domain/" + domain, domain, line, properties))
                .in("DirectoryManagement");
    }

    private static DirectoryAct domain(Line line) {
        String domain = line.needed("domain");
        List<Property> properties = List.of(
                Properties.listed("Name", Json.array(domain)),
                Properties.listed("LiveType", Json.array("None")),
                Properties.included("Name, LiveType"));
        String operation = line.is("verified") ? "Verify domain" : "Add unverified domain";
        return act(line, operation, "Add", target("Domain", "domain/" + domain, domain, line, properties))
                .in("DirectoryManagement");
    }

    private static DirectoryAct user(Line line, String operation, String kind) {
        Person person = line.person("user");
        List<Property> properties = kind.equals("Add")
                ? List.of(
                        Properties.listed("AccountEnabled", Json.array(true)),
                        Properties.listed("UserPrincipalName", Json.array(person.upn())),
                        Properties.included("AccountEnabled, UserPrincipalName"))
                : List.of();
        return act(line, operation, kind, Target.of(person, properties)).in("UserManagement");
    }

    private static Target target(String type, String key, String name, Line line, List<Property> properties) {
        return new Target(
                line.tenant().ids().guid(key), Optional.of(name), type, Optional.empty(), properties, List.of());
    }

    private static DirectoryAct act(Line line, String operation, String kind, Target target) {
        return DirectoryActs.act(
                line.how(),
                operation,
                kind,
                "Other",
                List.of(target),
                line.how().details());
    }
}

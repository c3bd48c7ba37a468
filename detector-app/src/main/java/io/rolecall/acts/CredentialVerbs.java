package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.acts.CredentialActs.Credential;
import io.rolecall.policy.Guids;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Verbs of secrets, certificates and federated credentials. */
final class CredentialVerbs {

    private static final VerbField KEY =
            VerbField.text("key", "Name of the key; two lines with one name mean one key, usually `key`");
    private static final VerbField KEY_ID = VerbField.text("keyId", "Its id, instead of one made of the names");
    private static final VerbField QUIET =
            VerbField.flag("no-app-id", "No event names the App ID, as in older tenants");
    private static final String SAML = "saml";

    private CredentialVerbs() {}

    static List<Verb> verbs() {
        return List.of(
                Verb.directory(
                        "add-credential",
                        "*Update application – Certificates and secrets management*, or *Add service principal credentials*:"
                                + " keys come to the list",
                        line -> List.of(change(line, true)),
                        VerbFields.ofApplication(
                                KEY,
                                KEY_ID,
                                VerbField.texts("keys", "Names of several keys added in one act"),
                                VerbField.word(
                                        "type",
                                        "What it is, usually `password`; `saml` is the pair that Entra ID makes for SAML",
                                        "password",
                                        "certificate",
                                        SAML),
                                VerbField.word("usage", "What it is for, usually `verify`", "verify", "sign"),
                                VerbField.text("named", "Display name of the key"),
                                VerbField.texts("replaces", "Names of keys that go in the same act"),
                                QUIET,
                                VerbFields.ON)),
                Verb.directory(
                        "remove-credential",
                        "The same operations: keys leave the list",
                        line -> List.of(change(line, false)),
                        VerbFields.ofApplication(
                                KEY,
                                KEY_ID,
                                VerbField.texts("keys", "Names of several keys removed in one act"),
                                QUIET,
                                VerbFields.ON)),
                Verb.directory(
                        "add-federated-credential",
                        "*Update application*: a trust in tokens of somebody else's. With a `key` that is there already it is"
                                + " changed",
                        line -> List.of(federated(line, true)),
                        VerbFields.ofApplication(trustFields())),
                Verb.directory(
                        "remove-federated-credential",
                        "*Update application*: a trust is gone",
                        line -> List.of(federated(line, false)),
                        VerbFields.ofApplication(trustFields())));
    }

    private static VerbField[] trustFields() {
        return new VerbField[] {
            VerbField.text("issuer", "Issuer").must(),
            VerbField.text("subject", "Subject"),
            VerbField.text("expression", "Matching expression of a flexible credential, instead of the subject"),
            VerbField.text("audience", "Audience, usually Entra ID's own"),
            VerbField.text("description", "Description, usually the name"),
            KEY
        };
    }

    /** The id of a key of an application. */
    static String keyId(Line line, App app, String key) {
        return line.text("keyId")
                .orElseGet(() -> Guids.isGuid(key) ? key : line.tenant().ids().guid("key/" + app.name() + "/" + key));
    }

    private static DirectoryAct change(Line line, boolean added) {
        App app = line.app();
        boolean principal = line.text("on").filter("service-principal"::equals).isPresent();
        String held = "keys/" + (principal ? app.servicePrincipalId() : app.objectId());
        List<Credential> before = new ArrayList<>(line.held().<Credential>list(held));
        List<Credential> after = new ArrayList<>();
        if (added) {
            after.addAll(before);
            List<String> replaced = ids(line, app, line.texts("replaces"));
            complete(before, replaced);
            after.removeIf(one -> replaced.contains(one.keyId()));
            after.addAll(told(line, app));
        } else {
            List<String> gone = ids(line, app, names(line));
            complete(before, gone);
            before.stream().filter(one -> !gone.contains(one.keyId())).forEach(after::add);
        }
        if (line.failure().isEmpty()) {
            line.held().put(held, after);
        }
        if (!principal) {
            return CredentialActs.onApplication(line.how(), app, before, after, !line.is("no-app-id"));
        }
        return added || !after.isEmpty()
                ? CredentialActs.onServicePrincipal(line.how(), app, before, after)
                : CredentialActs.onServicePrincipal(line.how(), app, before, after)
                        .renamed("Remove service principal credentials");
    }

    /** Keys that leave without ever having come were there before the file begins. */
    private static void complete(List<Credential> before, List<String> gone) {
        for (String id : gone) {
            if (before.stream().noneMatch(one -> one.keyId().equals(id))) {
                before.add(new Credential(id, "Password", "old"));
            }
        }
    }

    private static List<String> names(Line line) {
        return line.has("keys") ? line.texts("keys") : List.of(line.text("key").orElse("key"));
    }

    private static List<String> ids(Line line, App app, List<String> names) {
        return names.stream().map(name -> keyId(line, app, name)).toList();
    }

    private static List<Credential> told(Line line, App app) {
        List<Credential> told = new ArrayList<>();
        String type = line.text("type").orElse("password");
        for (String name : names(line)) {
            String id = keyId(line, app, name);
            String usage = line.text("usage").filter("sign"::equals).isPresent() ? "Sign" : "Verify";
            if (type.equals(SAML)) {
                String subject = line.text("named").orElse("CN=Microsoft Azure Federated SSO Certificate");
                String other = line.tenant().ids().guid("key/" + app.name() + "/" + name + "/sign");
                told.add(new Credential(other, "X509CertAndPassword", "Sign", subject));
                told.add(new Credential(id, "AsymmetricX509Cert", "Verify", subject));
            } else {
                String kind = type.equals("certificate") ? "AsymmetricX509Cert" : "Password";
                told.add(new Credential(id, kind, usage, line.text("named").orElse(name)));
            }
        }
        return told;
    }

    private static DirectoryAct federated(Line line, boolean added) {
        App app = line.app();
        String held = "federated/" + app.objectId();
        ObjectNode trust = trust(line, app);
        List<ObjectNode> before = new ArrayList<>(line.held().<ObjectNode>list(held));
        if (!added && before.stream().noneMatch(one -> samePair(one, trust))) {
            before.add(trust);
        }
        List<ObjectNode> after = new ArrayList<>(before);
        after.removeIf(
                one -> added ? line.has("key") && one.get("Name").equals(trust.get("Name")) : samePair(one, trust));
        if (added) {
            after.add(trust);
        }
        if (line.failure().isEmpty()) {
            line.held().put(held, after);
        }
        return RegistrationActs.updated(
                line.how(),
                app,
                List.of(Properties.changed(
                        "FederatedIdentityCredentials", Json.array(before.toArray()), Json.array(after.toArray()))));
    }

    private static ObjectNode trust(Line line, App app) {
        if (line.has("subject") == line.has("expression")) {
            line.error("subject", "is needed, or an 'expression' instead");
        }
        String name = line.text("key").orElse("federated");
        ObjectNode trust = CredentialActs.trust(
                name,
                line.needed("issuer"),
                line.text("subject").orElse(null),
                line.text("expression").orElse(null),
                line.text("audience").orElse("api://AzureADTokenExchange"),
                line.tenant().ids().guid("federated/" + app.name() + "/" + name));
        line.text("description").ifPresent(text -> trust.put("Description", text));
        return trust;
    }

    private static boolean samePair(ObjectNode one, ObjectNode other) {
        return Stream.of("Issuer", "Subject", "ClaimsMatchingExpressionValue")
                .allMatch(name -> one.get(name).equals(other.get(name)));
    }
}

package io.rolecall.acts;

import io.rolecall.acts.DirectoryAct.Property;
import io.rolecall.acts.DirectoryAct.Target;
import io.rolecall.config.Nearest;
import io.rolecall.policy.Guids;
import io.rolecall.policy.RoleTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Verbs of directory roles, settings of the tenant, domains and users. */
final class DirectoryVerbs {

    private static final String ROLES = "RoleManagement";

    private DirectoryVerbs() {}

    static List<Verb> verbs() {
        List<Verb> verbs = new ArrayList<>(List.of(
                Verb.directory(
                        "assign-directory-role",
                        "A directory role is given to a service principal (`app`) or a person (`user`): *Add member to role*, *Add"
                                + " eligible member to role*, and *Add scoped member to role* with a scope",
                        line -> List.of(role(line, true)),
                        roleFields()),
                Verb.directory(
                        "remove-directory-role",
                        "The role is taken away: *Remove member from role* and its kin",
                        line -> List.of(role(line, false)),
                        roleFields())));
        verbs.addAll(SettingVerbs.verbs());
        return verbs;
    }

    private static VerbField[] roleFields() {
        List<VerbField> fields = new ArrayList<>(List.of(
                VerbField.text("role", "English name of the role").must(),
                VerbField.text("app", "The application whose service principal is the member"),
                VerbField.text("user", "The person who is the member"),
                VerbField.word("as", "How it is held, usually `active`", "active", "eligible"),
                VerbField.text("scope", "Administrative unit that it is limited to; without it the whole directory"),
                VerbField.text("roleTemplateId", "Template id, instead of the published one")));
        fields.addAll(VerbFields.ids());
        return fields.toArray(VerbField[]::new);
    }

    private static DirectoryAct role(Line line, boolean added) {
        String name = line.needed("role");
        String template = template(line, name);
        List<Property> properties = new ArrayList<>(List.of(
                Properties.text("Role.ObjectID", line.tenant().ids().guid("role/" + template)),
                Properties.text("Role.DisplayName", name),
                Properties.text("Role.TemplateId", template),
                Properties.text("Role.WellKnownObjectName", name.replace(" ", "") + "s")));
        line.text("scope").ifPresent(unit -> {
            String id = Guids.isGuid(unit) ? unit : line.tenant().ids().guid("unit/" + unit);
            properties.add(Properties.text("AdministrativeUnit.ObjectID", id));
            properties.add(Properties.text("AdministrativeUnit.DisplayName", unit));
        });
        Target role = new Target(
                line.tenant().ids().guid("role/" + template),
                Optional.empty(),
                "Role",
                Optional.empty(),
                List.of(),
                List.of());
        boolean app = line.has("app");
        Target member = member(line, properties);
        DirectoryAct act = DirectoryActs.act(
                        line.how(),
                        operation(line, added),
                        "Assign",
                        "Role",
                        List.of(member, role),
                        app
                                ? line.how().details(line.app().appId())
                                : line.how().details())
                .in(ROLES);
        return added ? act : act.undone(act.operation());
    }

    private static Target member(Line line, List<Property> properties) {
        if (line.has("app")) {
            properties.add(Properties.principalNames(line.app().appId()));
            return DirectoryActs.servicePrincipal(line.app(), properties);
        }
        if (!line.has("user")) {
            line.error("app", "is missing: the member is an 'app' or a 'user'");
        }
        return Target.of(line.person("user"), properties);
    }

    private static String operation(Line line, boolean added) {
        boolean eligible = line.text("as").filter("eligible"::equals).isPresent();
        String kind = eligible ? "eligible " : line.has("scope") ? "scoped " : "";
        return added ? "Add " + kind + "member to role" : "Remove " + kind + "member from role";
    }

    /** The published template id; for a name that is near a published one the line is in error, any other is a custom role. */
    private static String template(Line line, String name) {
        if (line.has("roleTemplateId")) {
            return line.needed("roleTemplateId");
        }
        Optional<String> known = RoleTemplates.id(name);
        if (known.isEmpty()) {
            Nearest.match(name, RoleTemplates.names())
                    .ifPresent(near -> line.error(
                            "role",
                            "no built-in role '" + name + "'; did you mean '" + near
                                    + "'? ('roleTemplateId' takes any)"));
        }
        return known.orElseGet(() -> line.tenant().ids().guid("role-template/" + name));
    }

    /** Fields of changes to a setting. */
    static VerbField changes() {
        return VerbField.of(
                        "changes",
                        VerbField.Type.CHANGES,
                        "Properties changed, each with its old and new value as JSON")
                .must();
    }
}

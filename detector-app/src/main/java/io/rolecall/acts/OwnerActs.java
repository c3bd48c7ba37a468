package io.rolecall.acts;

import io.rolecall.acts.DirectoryAct.Property;
import io.rolecall.acts.DirectoryAct.Target;
import io.rolecall.acts.DirectoryAct.Text;
import io.rolecall.config.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Owners of registrations and of service principals: the first target is the owner, who may be an application too. */
final class OwnerActs {

    private OwnerActs() {}

    /** The act that the line tells. */
    static DirectoryAct of(Line line, boolean added) {
        App app = line.app();
        boolean principal = line.text("on").filter("service-principal"::equals).isPresent();
        String kind = principal ? "ServicePrincipal" : "Application";
        List<Property> properties = new ArrayList<>(List.of(
                fact(kind + ".ObjectID", principal ? app.servicePrincipalId() : app.objectId(), added),
                fact(kind + ".DisplayName", app.name(), added),
                fact(kind + ".AppId", app.appId(), added)));
        if (principal) {
            properties.add(fact("ServicePrincipal.Name", app.appId(), added));
        }
        Target owned = principal
                ? DirectoryActs.bare(app, Optional.of(app.name()))
                : new Target(app.objectId(), Optional.empty(), kind, Optional.empty(), List.of(), List.of());
        String what = principal ? "service principal" : "application";
        return DirectoryActs.act(
                line.how(),
                (added ? "Add owner to " : "Remove owner from ") + what,
                added ? "Assign" : "Unassign",
                kind,
                List.of(owner(line, properties), owned),
                line.how().details());
    }

    private static Target owner(Line line, List<Property> properties) {
        String name = line.named("owner");
        if (line.cast().isPerson(name)) {
            return Target.of(line.cast().person(name, line.tenantName()), properties);
        }
        if (!line.cast().applications().contains(name)) {
            line.error(
                    "owner",
                    "'" + name + "' is neither under 'people' nor an application; "
                            + Nearest.hint(name, line.cast().everybody()));
        }
        return DirectoryActs.servicePrincipal(line.cast().app(name, line.tenant()), properties);
    }

    private static Property fact(String name, String value, boolean added) {
        return added ? Properties.text(name, value) : new Property(name, new Text(value), new DirectoryAct.None());
    }
}

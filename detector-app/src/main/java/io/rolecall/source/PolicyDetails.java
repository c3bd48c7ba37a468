package io.rolecall.source;

import io.rolecall.event.OperationGroups;
import io.rolecall.event.Operations;
import io.rolecall.schema.ConsentPolicyChange;
import io.rolecall.schema.PropertyChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Facts of changes to settings of a whole tenant or domain, and of users made or given another password. */
final class PolicyDetails {

    private static final Set<String> WORDS = Set.of("policy", "policies", "location", "defaults");

    private PolicyDetails() {}

    /** Whether the operation, normalised, changes a setting of the tenant or of one of its domains. */
    static boolean isPolicy(String operation) {
        return OperationGroups.TENANT_POLICIES.contains(operation)
                || Operations.DOMAIN_CHANGES.contains(operation)
                || namesPolicy(operation);
    }

    /**
     * Policies of any kind, by whichever service writes them: the word stands last, or before the verb. One that is assigned to
     * an application has the application last and is none.
     */
    private static boolean namesPolicy(String operation) {
        int last = operation.lastIndexOf('-');
        int before = operation.lastIndexOf('-', last - 1);
        return last > 0
                && (WORDS.contains(operation.substring(last + 1))
                        || (before > 0 && WORDS.contains(operation.substring(before + 1, last))));
    }

    /** What changed in a policy, a domain or a named location, and which it was. */
    static ConsentPolicyChange of(DirectoryEvent event) {
        List<PropertyChange> changes = new ArrayList<>();
        for (ModifiedProperties.Property property : event.properties().all()) {
            String old = Renderings.text(property.old());
            String now = Renderings.text(property.now());
            if (!property.name().equalsIgnoreCase(ModifiedProperties.INCLUDED) && !Objects.equals(old, now)) {
                changes.add(new PropertyChange(property.name(), old, now));
            }
        }
        Target target = target(event, "");
        return ConsentPolicyChange.newBuilder()
                .setChanges(changes)
                .setTargetId(target.id())
                .setTargetName(Values.first(target.name(), event.stated("DisplayName", "DomainName", "Name")))
                .build();
    }

    /** The user; what was set in it is not told, for it is no setting of the tenant. */
    static ConsentPolicyChange ofUser(DirectoryEvent event) {
        Target target = target(event, Target.USER);
        return ConsentPolicyChange.newBuilder()
                .setTargetId(target.id())
                .setTargetName(Values.first(target.principalName(), event.stated("UserPrincipalName"), target.name()))
                .build();
    }

    /** The first target of the kind, else the first that has an id or a name. */
    private static Target target(DirectoryEvent event, String kind) {
        Target wanted = event.target(kind);
        if (!kind.isEmpty() && !wanted.equals(Target.NONE)) {
            return wanted;
        }
        for (Target target : event.targets()) {
            if (target.id() != null || target.name() != null) {
                return target;
            }
        }
        return Target.NONE;
    }
}

package io.rolecall.audit;

import io.rolecall.audit.KnownApplication.Permit;
import io.rolecall.detection.read.AzureAssignments;
import io.rolecall.detection.read.AzureAssignments.Assigned;
import io.rolecall.detection.read.DirectoryRoles;
import io.rolecall.detection.read.DirectoryRoles.Given;
import io.rolecall.schema.AppEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Directory roles and Azure roles that an application was given and that were not taken again, as permissions that it holds. */
final class RolesHeld {

    static final String DIRECTORY_ROLE = "directory-role";
    static final String AZURE_ROLE = "azure-role";

    /** Those that can give themselves everything else. */
    private static final Set<String> STRONG_IN_AZURE =
            Set.of("Owner", "Contributor", "User Access Administrator", "Role Based Access Control Administrator");

    private RolesHeld() {}

    /** Each once, since the earliest time that stands. */
    static List<Permit> of(List<AppEvent> acts) {
        Map<String, Permit> held = new LinkedHashMap<>();
        for (Given given : DirectoryRoles.given(acts)) {
            if (given.takenBy().isEmpty()) {
                String scope = given.role().getScope().orElse("the whole directory");
                held.putIfAbsent(given.key() + "\n" + scope + "\n" + given.isEligible(), permit(given, scope));
            }
        }
        for (Assigned assigned : AzureAssignments.of(acts)) {
            if (assigned.takenBy().isEmpty()) {
                held.putIfAbsent(assigned.roleId() + "\n" + assigned.scope(), permit(assigned));
            }
        }
        return List.copyOf(held.values());
    }

    private static Permit permit(Given given, String scope) {
        return new Permit(
                "-",
                "Entra ID",
                given.label() + (given.isEligible() ? " (eligible)" : ""),
                DIRECTORY_ROLE,
                given.isPrivileged() ? "privileged" : null,
                given.isPrivileged() && !given.isScoped(),
                scope,
                0,
                Known.actor(given.act()),
                given.act().getEventTime(),
                null);
    }

    private static Permit permit(Assigned assigned) {
        boolean strong = assigned.level().isBroad() && STRONG_IN_AZURE.contains(assigned.roleName());
        String scope = assigned.scope().isEmpty() ? "/" : assigned.scope();
        return new Permit(
                "-",
                "Azure",
                assigned.roleName(),
                AZURE_ROLE,
                strong ? "privileged" : null,
                strong,
                scope,
                0,
                Known.actor(assigned.act()),
                assigned.act().getEventTime(),
                null);
    }
}

package io.rolecall.detection.read;

import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.policy.AzureRoles;
import io.rolecall.schema.Activity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.RoleAssignment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Azure roles that an application was given, and that were taken from it. */
public final class AzureAssignments {

    /** Operations that give and take one. */
    public static final List<String> OPERATIONS =
            List.of(Operations.AZURE_ROLE_ASSIGNMENT, Operations.AZURE_ROLE_REMOVAL);

    private static final String OF_ASSIGNMENT = "/providers/microsoft.authorization/roleassignments/";

    /** The role that elevated access gives, at the root. */
    private static final String ELEVATED = "User Access Administrator";

    private AzureAssignments() {}

    /** How much a scope spans, the widest first. */
    public enum Level {
        ROOT("all of Azure"),
        MANAGEMENT_GROUP("a management group"),
        SUBSCRIPTION("a subscription"),
        RESOURCE_GROUP("a resource group"),
        RESOURCE("a resource");

        private final String label;

        Level(String label) {
            this.label = label;
        }

        /** For sentences, with its article. */
        public String label() {
            return label;
        }

        /** Whether it spans a subscription or more. */
        public boolean isBroad() {
            return compareTo(SUBSCRIPTION) <= 0;
        }

        /** The level of a scope, in lower case and without a slash at its end. */
        static Level of(String scope) {
            if (scope.isEmpty()) {
                return ROOT;
            }
            String[] parts = scope.substring(1).split("/", -1);
            if (!parts[0].equals("subscriptions")) {
                return scope.contains("/managementgroups/") && parts.length <= 4 ? MANAGEMENT_GROUP : RESOURCE;
            }
            if (parts.length <= 2) {
                return SUBSCRIPTION;
            }
            return parts[2].equals("resourcegroups") && parts.length <= 4 ? RESOURCE_GROUP : RESOURCE;
        }
    }

    /**
     * One request that gave a role.
     *
     * @param act its completed event, else the earliest that tells of it
     * @param roleId id of the role definition, lower case
     * @param scope lower case, without a slash at its end; empty for all of Azure
     * @param typed whether the log says that the assignee is a service principal
     * @param takenBy the earliest act after it that took the role away there
     */
    public record Assigned(AppEvent act, String roleId, String scope, boolean typed, Optional<AppEvent> takenBy) {

        public Level level() {
            return Level.of(scope);
        }

        /** English name, else the id. */
        public String roleName() {
            return AzureRoles.name(roleId).orElse(roleId);
        }

        public String label() {
            return roleName() + " at " + (scope.isEmpty() ? "/" : scope);
        }
    }

    /** Every successful request that gave a role, by time. */
    public static List<Assigned> of(List<AppEvent> acts) {
        List<AppEvent> asked = acts.stream()
                .filter(act -> Facts.is(act, Operations.AZURE_ROLE_ASSIGNMENT))
                .toList();
        return AzureRequests.of(asked, act -> role(act).isPresent() ? key(act) : "").stream()
                .map(act -> assigned(act, acts))
                .toList();
    }

    /**
     * Whether a person's act ends their elevated access: they take the role at the root away from themselves, by the activity log's
     * body or the directory's entry.
     */
    public static boolean endsElevation(AppEvent act) {
        if (!Facts.succeeded(act)) {
            return false;
        }
        boolean own = assignment(act)
                .flatMap(RoleAssignment::getPrincipalId)
                .filter(id ->
                        act.getActor().getId().filter(id::equalsIgnoreCase).isPresent())
                .isPresent();
        return Facts.is(act, Operations.ELEVATED_ACCESS_REMOVED)
                || (own
                        && Facts.is(act, Operations.AZURE_ROLE_REMOVAL)
                        && !AzureRequests.begun(act)
                        && scope(act).isEmpty()
                        && role(act).equals(AzureRoles.id(ELEVATED)));
    }

    private static Assigned assigned(AppEvent act, List<AppEvent> acts) {
        return new Assigned(
                act,
                role(act).orElse(""),
                scope(act),
                assignment(act).flatMap(RoleAssignment::getPrincipalType).isPresent(),
                acts.stream()
                        .filter(other -> Facts.is(other, Operations.AZURE_ROLE_REMOVAL) && Facts.succeeded(other))
                        .filter(other -> key(other).equals(key(act)))
                        .filter(other -> Facts.ORDER.compare(other, act) > 0)
                        .min(Facts.ORDER));
    }

    private static String key(AppEvent act) {
        return role(act).orElse("-") + "\n" + scope(act);
    }

    private static Optional<String> role(AppEvent act) {
        return assignment(act).flatMap(RoleAssignment::getRoleDefinitionId).map(id -> id.toLowerCase(Locale.ROOT));
    }

    /** Where the body does not tell it, the path of the assignment begins with it. */
    private static String scope(AppEvent act) {
        String scope = assignment(act)
                .flatMap(RoleAssignment::getScope)
                .or(() -> Details.of(act, Activity.class)
                        .flatMap(Activity::getResource)
                        .map(path -> path.toLowerCase(Locale.ROOT))
                        .map(path ->
                                path.contains(OF_ASSIGNMENT) ? path.substring(0, path.indexOf(OF_ASSIGNMENT)) : path))
                .orElse("-")
                .toLowerCase(Locale.ROOT);
        return scope.endsWith("/") ? scope.substring(0, scope.length() - 1) : scope;
    }

    private static Optional<RoleAssignment> assignment(AppEvent act) {
        return Details.of(act, Activity.class).flatMap(Activity::getAssignment);
    }
}

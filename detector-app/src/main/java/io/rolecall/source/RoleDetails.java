package io.rolecall.source;

import io.rolecall.schema.DirectoryRole;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Facts of roles given and taken, directly and through privileged identity management, whose events name the role, the request,
 * the member and the directory as targets in any order, and the template of the role among the additional details. The names of
 * the operations are those of Microsoft's audit activity reference
 * (learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities).
 */
final class RoleDetails {

    /** Given, requested, activated, expired: whatever follows the words for the role. */
    private static final Pattern MEMBER =
            Pattern.compile("(?:add|remove)-(?:[a-z]+-){0,2}member-(?:to|from)-role(?:-.*)?");

    private static final Pattern DEFINITION =
            Pattern.compile("(?:add|remove)-role-assignment-(?:to|from)-role-definition");

    private static final Pattern PERMANENT = Pattern.compile("remove-permanent-(?:direct|eligible)-role-assignment");

    private static final Set<String> PRINCIPALS = Set.of(Target.USER, Target.SERVICE_PRINCIPAL, Target.GROUP);

    /** Kinds of targets that a role can be limited to and that nobody is who has the role. */
    private static final Set<String> SCOPES = Set.of(
            "administrativeunit", Target.APPLICATION, "managementgroup", "resource", "resourcegroup", "subscription");

    private static final String[] STATED_SCOPES = {
        "DirectoryScopeId",
        "DirectoryScope.Id",
        "AppScopeId",
        "ResourceScope",
        "RoleAssignment.Scope",
        "Scope",
        "AdministrativeUnit.ObjectID",
        "AdministrativeUnit.DisplayName"
    };

    private RoleDetails() {}

    /** Whether the operation, normalised, gives or takes a role. */
    static boolean isRole(String operation) {
        return MEMBER.matcher(operation).matches()
                || DEFINITION.matcher(operation).matches()
                || PERMANENT.matcher(operation).matches();
    }

    /** The role; a service principal's is the application's. */
    static Part of(DirectoryEvent event) {
        Target member = member(event.targets());
        Target named = event.target(Target.ROLE);
        DirectoryRole role = DirectoryRole.newBuilder()
                .setRoleTemplateId(Values.guid(event.stated("Role.TemplateId", "TemplateId", "RoleDefinitionOriginId")))
                .setRoleName(Values.first(event.properties().either("Role.DisplayName"), named.name()))
                .setMemberId(member.id())
                .setMemberType(memberType(member))
                .setAssignment(event.operation().contains("-eligible-") ? "eligible" : "active")
                .setScope(scope(event, member))
                .build();
        boolean principal = member.type().equals(Target.SERVICE_PRINCIPAL);
        return new Part(principal ? event.servicePrincipal() : AppRef.NONE, role);
    }

    private static Target member(List<Target> targets) {
        Target other = Target.NONE;
        for (Target target : targets) {
            boolean principal = PRINCIPALS.contains(target.type());
            if (principal && target.id() != null) {
                return target;
            }
            boolean maybe = !principal
                    && !target.type().equals(Target.ROLE)
                    && !target.type().equals("directory")
                    && !target.type().equals("request")
                    && !SCOPES.contains(target.type());
            other = maybe && target.id() != null && other.id() == null ? target : other;
        }
        return other;
    }

    private static @Nullable String memberType(Target member) {
        return switch (member.type()) {
            case "" -> null;
            case Target.USER -> "user";
            case Target.SERVICE_PRINCIPAL -> "service-principal";
            case Target.GROUP -> "group";
            default -> "other";
        };
    }

    /** What the role is limited to; null for the whole directory, which is written as a slash. */
    private static @Nullable String scope(DirectoryEvent event, Target member) {
        String stated = event.stated(STATED_SCOPES);
        if (stated != null) {
            return stated.equals("/") ? null : stated;
        }
        for (Target target : event.targets()) {
            if (!target.equals(member) && SCOPES.contains(target.type())) {
                return Values.first(target.id(), target.name());
            }
        }
        return null;
    }
}

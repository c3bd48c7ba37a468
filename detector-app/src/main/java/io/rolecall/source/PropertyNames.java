package io.rolecall.source;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names of changed properties. Pipelines that make fields of them write an underscore for a dot or a space ({@code
 * AppRole_Value}), so names are compared without regard to case and to these three.
 */
final class PropertyNames {

    /** Names with a dot or a space, as the logs write them. */
    private static final Map<String, String> LOGGED = Stream.of(
                    "Action Client Name",
                    "Application.AppId",
                    "Application.DisplayName",
                    "Application.ObjectID",
                    "AppRole.DisplayName",
                    "AppRole.Id",
                    "AppRole.Value",
                    "AppRoleAssignment.CreatedDateTime",
                    "AppRoleAssignment.LastModifiedDateTime",
                    "ConsentAction.Permissions",
                    "ConsentAction.Reason",
                    "ConsentContext.IsAdminConsent",
                    "ConsentContext.IsAppOnly",
                    "ConsentContext.OnBehalfOfAll",
                    "ConsentContext.Tags",
                    "DelegatedPermissionGrant.ConsentType",
                    "DelegatedPermissionGrant.PrincipalId",
                    "DelegatedPermissionGrant.Scope",
                    "Group.DisplayName",
                    "Group.ObjectID",
                    "Group.WellKnownObjectName",
                    ModifiedProperties.INCLUDED,
                    "MethodExecutionResult.",
                    "Role.DisplayName",
                    "Role.ObjectID",
                    "Role.TemplateId",
                    "Role.WellKnownObjectName",
                    "ServicePrincipal.AppId",
                    "ServicePrincipal.DisplayName",
                    "ServicePrincipal.Name",
                    "ServicePrincipal.ObjectID",
                    "TargetId.ServicePrincipalNames",
                    "TargetId.UserType",
                    "User.ObjectID",
                    "User.PUID",
                    "User.UPN")
            .collect(Collectors.toUnmodifiableMap(PropertyNames::key, Function.identity()));

    private PropertyNames() {}

    /** What equal names have in common. */
    static String key(String name) {
        StringBuilder key = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            key.append(c == '.' || c == ' ' ? '_' : Character.toLowerCase(c));
        }
        return key.toString();
    }

    /** The name as the logs write it, where that is known; else the name itself. */
    static String asLogged(String name) {
        return LOGGED.getOrDefault(key(name), name);
    }
}

package io.rolecall.source;

import io.rolecall.schema.AppRole;
import io.rolecall.schema.AppRoleToUser;
import io.rolecall.schema.Consent;
import io.rolecall.schema.DelegatedGrant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Facts of permissions given and taken: application roles, delegated grants, consents. */
final class GrantDetails {

    private static final String GRANT = "DelegatedPermissionGrant.";

    private GrantDetails() {}

    /**
     * Application roles given to, or taken from, a service principal: one part for each, of which an event has one as a rule.
     * Events of 2020 name no role.
     */
    static List<Part> appRoles(DirectoryEvent event) {
        AppRef client = event.client();
        Target resource = event.resource(client);
        String resourceAppId = event.resourceAppId(resource);
        List<String> ids = event.properties().eitherTexts("AppRole.Id");
        List<String> values = RoleValues.of(event.properties().eitherTexts("AppRole.Value"), ids.size());
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i == 0 || i < Math.max(ids.size(), values.size()); i++) {
            AppRole role = AppRole.newBuilder()
                    .setResourceAppId(resourceAppId)
                    .setResourceName(resource.name())
                    .setRoleId(i < ids.size() ? Values.guid(ids.get(i)) : null)
                    .setRoleValue(i < values.size() ? values.get(i) : null)
                    .build();
            parts.add(new Part(client, role));
        }
        return parts;
    }

    /** An application role given to, or taken from, a user: zeros for a role id are a consent. */
    static Part appRoleToUser(DirectoryEvent event) {
        ModifiedProperties properties = event.properties();
        Target user = event.target(Target.USER);
        AppRoleToUser role = AppRoleToUser.newBuilder()
                .setUserId(Values.first(properties.guid("User.ObjectID"), user.id()))
                .setUserPrincipalName(Values.first(properties.either("User.UPN"), user.principalName()))
                .setRoleId(properties.guid("AppRole.Id"))
                .setRoleValue(properties.either("AppRole.Value"))
                .build();
        return new Part(event.servicePrincipal(), role);
    }

    /** A delegated grant. What it added and removed is told by its values, not by the name of the operation. */
    static Part delegated(DirectoryEvent event) {
        AppRef client = event.client();
        Target resource = event.resource(client);
        ModifiedProperties properties = event.properties();
        List<String> old = ConsentPermissions.scopes(properties.old(GRANT + "Scope"));
        List<String> now = ConsentPermissions.scopes(properties.now(GRANT + "Scope"));
        String principal = properties.guid(GRANT + "PrincipalId");
        String type = consentType(properties.either(GRANT + "ConsentType"));
        boolean turned =
                "all-principals".equals(type) && "principal".equals(consentType(properties.old(GRANT + "ConsentType")));
        DelegatedGrant grant = DelegatedGrant.newBuilder()
                .setResourceId(resource.id())
                .setResourceName(resource.name())
                .setConsentType(type)
                .setPrincipalId(
                        Values.first(principal, event.target(Target.USER).id()))
                .setScopes(now)
                // A grant of one user that is turned into one for all: nobody else had any of it.
                .setAdded(turned ? now : Differences.of(now, old))
                .setRemoved(Differences.of(old, now))
                .setBefore(turned ? old : List.of())
                .build();
        return new Part(client, grant);
    }

    private static @Nullable String consentType(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        return switch (raw.toLowerCase(Locale.ROOT)) {
            case "allprincipals" -> "all-principals";
            case "principal" -> "principal";
            default -> null;
        };
    }

    /** A consent, given or refused. A consent blocked as risky targets the application instead of its service principal. */
    static Part consent(DirectoryEvent event) {
        ModifiedProperties properties = event.properties();
        String permissions = properties.either("ConsentAction.Permissions");
        List<ConsentPermissions.Grant> grants = ConsentPermissions.after(permissions);
        Boolean forAll = isForAll(properties, grants);
        // What one user had before is none of what all users had.
        List<ConsentPermissions.Grant> before = ConsentPermissions.before(permissions).stream()
                .filter(grant -> !(Boolean.TRUE.equals(forAll) && grant.ofOneUser()))
                .toList();
        Consent consent = Consent.newBuilder()
                .setAdminConsent(properties.bool("ConsentContext.IsAdminConsent"))
                .setOnBehalfOfAll(forAll)
                .setScopes(ConsentPermissions.scopes(grants))
                .setBefore(ConsentPermissions.scopes(before))
                .setResources(ConsentPermissions.resources(grants))
                .setByApi(ConsentPermissions.byApi(grants, before))
                .build();
        AppRef principal = event.servicePrincipal();
        AppRef application = event.application();
        String clientId = null;
        for (ConsentPermissions.Grant grant : grants) {
            clientId = Values.first(clientId, grant.clientId());
        }
        AppRef app = new AppRef(
                principal.appId(),
                application.objectId(),
                Values.first(principal.servicePrincipalId(), clientId),
                Values.first(principal.displayName(), application.displayName()));
        return new Part(app, consent);
    }

    /** As the event says; where it does not, as all the grants do that it shows. Null when neither tells. */
    private static @Nullable Boolean isForAll(ModifiedProperties properties, List<ConsentPermissions.Grant> grants) {
        Boolean stated = properties.bool("ConsentContext.OnBehalfOfAll");
        boolean told = !grants.isEmpty() && grants.stream().allMatch(ConsentPermissions.Grant::forAll);
        return (stated == null && told) ? Boolean.TRUE : stated;
    }

    /** Why a consent failed, where the result does not say. */
    static @Nullable String reason(ModifiedProperties properties) {
        return Values.first(properties.now("MethodExecutionResult."), properties.now("ConsentAction.Reason"));
    }
}

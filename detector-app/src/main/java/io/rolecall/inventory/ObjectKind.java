package io.rolecall.inventory;

import java.util.Locale;
import java.util.Optional;

/** Kinds of exported objects, by Graph's names of their types. */
public enum ObjectKind {
    APPLICATION("application", "applications"),
    SERVICE_PRINCIPAL("servicePrincipal", "service principals"),
    APP_ROLE_ASSIGNMENT("appRoleAssignment", "app role assignments"),
    PERMISSION_GRANT("oAuth2PermissionGrant", "delegated permission grants"),
    APPLICATION_OWNER("owner", "owners of applications"),
    SERVICE_PRINCIPAL_OWNER("owner", "owners of service principals"),
    DIRECTORY_ROLE("unifiedRoleAssignment", "directory roles"),
    ORGANIZATION("organization", "organizations");

    private final String type;
    private final String plural;

    ObjectKind(String type, String plural) {
        this.type = type;
        this.plural = plural;
    }

    /** Graph's name of the type. */
    String type() {
        return type;
    }

    /** What several are called, for people. */
    public String plural() {
        return plural;
    }

    /** Whether an import says how many there were even where there was none. */
    public boolean isAlwaysCounted() {
        return this == APPLICATION
                || this == SERVICE_PRINCIPAL
                || this == APP_ROLE_ASSIGNMENT
                || this == PERMISSION_GRANT;
    }

    /** The kind of an object: as it says itself, else by the properties that only objects of one kind have. */
    static Optional<ObjectKind> of(GraphObject object) {
        return object.text("@odata.type")
                .or(() -> object.text("@odata.context"))
                .flatMap(ObjectKind::named)
                .or(() -> byProperties(object));
    }

    /** The kind of the objects of a page, by its {@code @odata.context}: a list of owners does not tell of their kind. */
    static Optional<ObjectKind> ofPage(String context) {
        return context.toLowerCase(Locale.ROOT).endsWith("/owners") ? Optional.empty() : named(context);
    }

    /** {@code #microsoft.graph.servicePrincipal}, or {@code https://../$metadata#servicePrincipals('..')/appRoleAssignedTo/$entity}. */
    private static Optional<ObjectKind> named(String typeOrContext) {
        String lower = typeOrContext
                .substring(typeOrContext.indexOf('#') + 1)
                .replaceFirst("^microsoft\\.graph\\.", "")
                .toLowerCase(Locale.ROOT);
        if (lower.contains("approleassign")) {
            return Optional.of(APP_ROLE_ASSIGNMENT);
        }
        if (lower.contains("oauth2permissiongrant")) {
            return Optional.of(PERMISSION_GRANT);
        }
        if (lower.startsWith("unifiedroleassignment") || lower.startsWith("rolemanagement/directory/roleassignments")) {
            return Optional.of(DIRECTORY_ROLE);
        }
        for (ObjectKind kind : new ObjectKind[] {APPLICATION, SERVICE_PRINCIPAL, ORGANIZATION}) {
            if (lower.startsWith(kind.type.toLowerCase(Locale.ROOT))) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Service principals have nearly all properties of applications, so theirs are looked for first. */
    private static Optional<ObjectKind> byProperties(GraphObject object) {
        if (object.has("appRoleId") && object.has("principalId")) {
            return Optional.of(APP_ROLE_ASSIGNMENT);
        }
        if (object.has("clientId") && object.has("consentType")) {
            return Optional.of(PERMISSION_GRANT);
        }
        if (object.has("roleDefinitionId") && object.has("principalId")) {
            return Optional.of(DIRECTORY_ROLE);
        }
        if (object.has("servicePrincipalType") || object.has("appOwnerOrganizationId")) {
            return Optional.of(SERVICE_PRINCIPAL);
        }
        if (object.has("appId") && (object.has("signInAudience") || object.has("requiredResourceAccess"))) {
            return Optional.of(APPLICATION);
        }
        return object.has("verifiedDomains") ? Optional.of(ORGANIZATION) : Optional.empty();
    }
}

package io.rolecall.inventory;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What of a full audit's input was read, and what was not. */
final class AuditCoverage {

    private static final String GRAPH = "https://graph.microsoft.com/v1.0/";

    /** Names whose value is an object or a list of objects. */
    private static final List<String> STRUCTURES = List.of(
            "api",
            "appRoles",
            "keyCredentials",
            "oauth2PermissionScopes",
            "owners",
            "passwordCredentials",
            "publicClient",
            "requiredResourceAccess",
            "resourceAccess",
            "spa",
            "web");

    /** What an audit looks at, and how it is got with the Azure CLI. */
    enum Part {
        APPLICATIONS("applications", "az ad app list --all > export/applications.json"),
        SERVICE_PRINCIPALS("service principals", "az ad sp list --all > export/principals.json"),
        APPLICATION_OWNERS(
                "owners of applications",
                "for id in $(az ad app list --all --query '[].id' -o tsv); do az rest --url \"" + GRAPH
                        + "applications/$id?\\$expand=owners\"; done > export/app-owners.json"),
        PRINCIPAL_OWNERS(
                "owners of service principals",
                "for id in $(az ad sp list --all --query '[].id' -o tsv); do az rest --url \"" + GRAPH
                        + "servicePrincipals/$id?\\$expand=owners\"; done > export/sp-owners.json"),
        ROLE_ASSIGNMENTS(
                "application permissions held (app role assignments)",
                "for id in $(az ad sp list --all --query '[?appRoles[0]].id' -o tsv); do az rest --url \"" + GRAPH
                        + "servicePrincipals/$id/appRoleAssignedTo?\\$top=999\"; done > export/roles.json"),
        GRANTS(
                "delegated permissions held (oauth2PermissionGrants)",
                "az rest --url \"" + GRAPH + "oauth2PermissionGrants?\\$top=999\" > export/grants.json"),
        DIRECTORY_ROLES(
                "directory roles held",
                "az rest --url \"" + GRAPH
                        + "roleManagement/directory/roleAssignments\" > export/directory-roles.json"),
        CREDENTIALS(
                "secrets and certificates of applications and service principals",
                "az ad app list --all > export/applications.json; az ad sp list --all > export/principals.json"),
        REDIRECTS("redirect addresses of applications", "az ad app list --all > export/applications.json");

        private final String what;
        private final String command;

        Part(String what, String command) {
            this.what = what;
            this.command = command;
        }

        String command() {
            return command;
        }
    }

    private static final Map<ObjectKind, Part> BY_KIND = new EnumMap<>(Map.of(
            ObjectKind.APPLICATION, Part.APPLICATIONS,
            ObjectKind.SERVICE_PRINCIPAL, Part.SERVICE_PRINCIPALS,
            ObjectKind.APPLICATION_OWNER, Part.APPLICATION_OWNERS,
            ObjectKind.SERVICE_PRINCIPAL_OWNER, Part.PRINCIPAL_OWNERS,
            ObjectKind.APP_ROLE_ASSIGNMENT, Part.ROLE_ASSIGNMENTS,
            ObjectKind.PERMISSION_GRANT, Part.GRANTS,
            ObjectKind.DIRECTORY_ROLE, Part.DIRECTORY_ROLES));

    private final Set<Part> told = EnumSet.noneOf(Part.class);
    private final Map<String, Long> cut = new TreeMap<>();

    /** Notes a collection that was asked for, whether or not anything was in it. */
    void asked(ObjectKind kind) {
        Part part = BY_KIND.get(kind);
        if (part != null) {
            told.add(part);
        }
    }

    /** Notes what an object tells. */
    void told(ObjectKind kind, GraphObject object) {
        asked(kind);
        boolean application = kind == ObjectKind.APPLICATION;
        if (!application && kind != ObjectKind.SERVICE_PRINCIPAL) {
            return;
        }
        for (String name : STRUCTURES) {
            note(object, name);
        }
        object.objects("requiredResourceAccess").forEach(access -> note(access, "resourceAccess"));
        if (object.holdsList("passwordCredentials") || object.holdsList("keyCredentials")) {
            told.add(Part.CREDENTIALS);
        }
        if (application
                && (object.holdsObject("web") || object.holdsObject("spa") || object.holdsObject("publicClient"))) {
            told.add(Part.REDIRECTS);
        }
        // PowerShell writes the list empty also where nobody asked for it.
        if (object.spelt("owners") || !object.objects("owners").isEmpty()) {
            told.add(application ? Part.APPLICATION_OWNERS : Part.PRINCIPAL_OWNERS);
        }
    }

    private void note(GraphObject object, String name) {
        if (object.isCut(name)) {
            cut.merge(name, 1L, Long::sum);
        }
    }

    /** What an audit needs and nothing tells, each with the command that gets it. */
    List<String> missing() {
        List<String> lines = new ArrayList<>();
        for (Part part : Part.values()) {
            boolean ofNothing =
                    (part == Part.CREDENTIALS || part == Part.REDIRECTS) && !told.contains(Part.APPLICATIONS);
            if (!told.contains(part) && !ofNothing) {
                lines.add(part.what + ": " + part.command);
            }
        }
        return lines;
    }

    /** What a tool has cut, with the command that writes it whole; empty when nothing is. */
    List<String> cut() {
        if (cut.isEmpty()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        cut.forEach((name, count) -> names.add(name + " (" + count + ")"));
        return List.of("ConvertTo-Json has cut " + String.join(", ", names)
                + ": Get-MgApplication -All | ConvertTo-Json -Depth 8 > export/applications.json;"
                + " Get-MgServicePrincipal -All | ConvertTo-Json -Depth 8 > export/principals.json");
    }
}

package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.config.Nearest;
import io.rolecall.policy.Guids;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Verbs of Azure: roles, writes of resources, secrets read from vaults. */
final class AzureVerbs {

    /** Built-in roles by name; source: "Azure built-in roles", learn.microsoft.com. */
    private static final Map<String, String> ROLES = new TreeMap<>(Map.of(
            "Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
            "Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c",
            "Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7",
            "User Access Administrator", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
            "Role Based Access Control Administrator", "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
            "Key Vault Administrator", "00482a5a-887f-4fb3-b363-3b7fe8e74483",
            "Storage Blob Data Contributor", "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
            "Virtual Machine Contributor", "9980e02c-c2be-4d73-94e8-173b1dc7cf3c"));

    private static final VerbField SCOPE =
            VerbField.text("scope", "Path of the scope; without it the tenant's one subscription");
    private static final VerbField STATUS =
            VerbField.text("status", "Result as the log writes it, usually `Success`; `Start`, `Accept`, `Failure`");

    private AzureVerbs() {}

    static List<Verb> verbs() {
        return List.of(
                Verb.of(
                        Log.AZURE,
                        "assign-azure-role",
                        "An Azure role is given to an application or a person: *roleAssignments/write*, the assignee in the"
                                + " request's body",
                        line -> role(line, "Microsoft.Authorization/roleAssignments/write"),
                        roleFields()),
                Verb.of(
                        Log.AZURE,
                        "remove-azure-role",
                        "An Azure role is taken away: *roleAssignments/delete*",
                        line -> role(line, "Microsoft.Authorization/roleAssignments/delete"),
                        roleFields()),
                Verb.of(
                        Log.AZURE,
                        "elevate-access",
                        "A person makes themselves administrator of all of Azure: *elevateAccess/action*",
                        line -> azure(line, "Microsoft.Authorization/elevateAccess/action", "/", Json.object()),
                        STATUS),
                Verb.of(
                        Log.AZURE,
                        "azure-act",
                        "Any other act in the activity log, such as *Microsoft.Storage/storageAccounts/listKeys/action*",
                        line -> azure(line, line.needed("action"), scope(line, "resource"), Json.object()),
                        VerbField.text("action", "The action").must(),
                        VerbField.text("resource", "Path of the resource; without it the subscription"),
                        STATUS),
                Verb.of(
                        Log.AZURE,
                        "read-secret",
                        "A secret is read from a vault: *SecretGet* in the vault's audit log",
                        AzureVerbs::secret,
                        VerbField.text("vault", "Name of the vault").must(),
                        VerbField.text("secret", "Name of the secret").must(),
                        VerbField.of("status", VerbField.Type.NUMBER, "HTTP status, usually 200")));
    }

    private static VerbField[] roleFields() {
        List<VerbField> fields = new ArrayList<>(List.of(
                VerbField.text("role", "English name of the role, or its id").must(),
                VerbField.text("app", "The application whose service principal gets it"),
                VerbField.text("user", "The person who gets it"),
                SCOPE,
                STATUS));
        fields.addAll(VerbFields.ids());
        return fields.toArray(VerbField[]::new);
    }

    private static Telling role(Line line, String action) {
        String name = line.needed("role");
        if (!Guids.isGuid(name) && !ROLES.containsKey(name)) {
            line.error(
                    "role", "no role '" + name + "'; " + Nearest.hint(name, ROLES.keySet()) + " (an id is taken too)");
        }
        if (!line.has("app") && !line.has("user")) {
            line.error("app", "is missing: the role is given to an 'app' or a 'user'");
        }
        String scope = scope(line, "scope");
        String assignment = line.tenant()
                .ids()
                .guid("azure-role/" + name + "/" + scope + "/" + line.needed("app") + line.needed("user"));
        ObjectNode body = Json.object(
                "Id",
                assignment,
                "Properties",
                Json.object(
                        "PrincipalId",
                        line.has("app")
                                ? line.app().servicePrincipalId()
                                : line.person("user").id(),
                        "PrincipalType",
                        line.has("app") ? "ServicePrincipal" : "User",
                        "RoleDefinitionId",
                        "/providers/Microsoft.Authorization/roleDefinitions/" + ROLES.getOrDefault(name, name),
                        "Scope",
                        scope));
        String path = scope + "/providers/Microsoft.Authorization/roleAssignments/" + assignment;
        boolean write = action.endsWith("write");
        return azure(line, action, path, write ? Json.object("requestbody", Json.text(body)) : Json.object());
    }

    private static String scope(Line line, String field) {
        return line.text(field)
                .orElseGet(() -> "/subscriptions/" + line.tenant().ids().guid("subscription"));
    }

    private static Telling azure(Line line, String action, String resource, ObjectNode properties) {
        ObjectNode event = Json.object(
                "time",
                Times.ticks(line.time()),
                "resourceId",
                resource,
                "operationName",
                action,
                "operationVersion",
                "2021-04-01",
                "category",
                "Administrative",
                "resultType",
                line.text("status").orElse("Success"),
                "resultSignature",
                line.text("status").orElse("Success") + ".",
                "callerIpAddress",
                line.address().orElse(null),
                "correlationId",
                line.correlation(),
                "location",
                "global",
                "tenantId",
                line.tenant().id(),
                "identity",
                Json.object(
                        "authorization", Json.object("scope", resource, "action", action),
                        "claims", new AzureShape(line.tenant()).claims(line.initiator(), line.address())),
                "properties",
                properties);
        event.put("eventDataId", line.guid("event"));
        return Telling.in(Log.AZURE, event);
    }

    private static Telling secret(Line line) {
        String vault = line.needed("vault");
        String address =
                "https://" + vault.toLowerCase(Locale.ROOT) + ".vault.azure.net/secrets/" + line.needed("secret");
        int status = line.number("status", 200);
        ObjectNode properties = Json.object(
                "id",
                address + "/" + Ids.hex(line.random("version"), 32),
                "clientInfo",
                line.text("agent").orElse("azsdk-python-keyvault-secrets/4.9.0"),
                "requestUri",
                address + "/?api-version=7.5",
                "httpStatusCode",
                status);
        return Telling.in(
                Log.AZURE,
                Json.object(
                        "time",
                        Times.ticks(line.time()),
                        "category",
                        "AuditEvent",
                        "operationName",
                        "SecretGet",
                        "operationVersion",
                        "7.5",
                        "resultType",
                        "Success",
                        "resultSignature",
                        status < 400 ? "OK" : "Forbidden",
                        "durationMs",
                        "24",
                        "callerIpAddress",
                        line.address().orElse(null),
                        "correlationId",
                        line.correlation(),
                        "tenantId",
                        line.tenant().id(),
                        "resourceId",
                        "/SUBSCRIPTIONS/" + line.tenant().ids().guid("subscription")
                                + "/RESOURCEGROUPS/OPERATIONS/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/"
                                + vault.toUpperCase(Locale.ROOT),
                        "identity",
                        Json.object("claim", new AzureShape(line.tenant()).claims(line.initiator(), line.address())),
                        "properties",
                        properties));
    }
}

package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.config.Nearest;
import io.rolecall.policy.AzureRoles;
import io.rolecall.policy.Guids;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Verbs of Azure: roles, writes of resources, secrets read from vaults. */
final class AzureVerbs {

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
                VerbField.flag("untyped", "The body does not tell what kind of principal it is"),
                VerbField.flag("bodiless", "The event has no body"),
                STATUS));
        fields.addAll(VerbFields.ids());
        return fields.toArray(VerbField[]::new);
    }

    private static Telling role(Line line, String action) {
        String name = line.needed("role");
        if (!Guids.isGuid(name) && AzureRoles.id(name).isEmpty()) {
            line.error(
                    "role",
                    "no role '" + name + "'; " + Nearest.hint(name, AzureRoles.names()) + " (an id is taken too)");
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
                        "/providers/Microsoft.Authorization/roleDefinitions/"
                                + AzureRoles.id(name).orElse(name),
                        "Scope",
                        scope));
        if (line.is("untyped")) {
            ((ObjectNode) body.get("Properties")).remove("PrincipalType");
        }
        String path =
                (scope.equals("/") ? "" : scope) + "/providers/Microsoft.Authorization/roleAssignments/" + assignment;
        // A removal has nothing to ask; its answer is what was removed.
        String field = action.endsWith("write") ? "requestbody" : "responseBody";
        return azure(line, action, path, line.is("bodiless") ? Json.object() : Json.object(field, Json.text(body)));
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

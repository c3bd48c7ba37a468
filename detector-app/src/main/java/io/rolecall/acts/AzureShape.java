package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.acts.DirectoryAct.ByApplication;
import io.rolecall.acts.DirectoryAct.ByUser;
import io.rolecall.acts.DirectoryAct.Initiator;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** Writes the Azure activity log: diagnostic records and the objects of its REST interface. */
public final class AzureShape {

    private static final String CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
    private static final String IDENTITY = "http://schemas.microsoft.com/identity/claims/";
    private static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

    private final Tenant tenant;
    private final String subscription;

    public AzureShape(Tenant tenant) {
        this.tenant = tenant;
        this.subscription = tenant.ids().guid("subscription");
    }

    /** A role assignment as a diagnostic record: the caller's own role is the evidence, the assignee is in the request's body. */
    public ObjectNode roleAssignment(
            Instant time, Person caller, String ip, String principalId, SplittableRandom random) {
        String assignment = Ids.guid(random);
        String scope = "/subscriptions/" + subscription;
        ObjectNode body = Json.object(
                "Id",
                assignment,
                "Properties",
                Json.object(
                        "PrincipalId",
                        principalId,
                        "PrincipalType",
                        "User",
                        "RoleDefinitionId",
                        "/providers/Microsoft.Authorization/roleDefinitions/" + READER,
                        "Scope",
                        scope));
        return Json.object(
                "time",
                Times.ticks(time),
                "resourceId",
                scope + "/providers/Microsoft.Authorization/roleAssignments/" + assignment,
                "operationName",
                "Microsoft.Authorization/roleAssignments/write",
                "operationVersion",
                "2021-04-01",
                "category",
                "Administrative",
                "resultType",
                "Success",
                "resultSignature",
                "200",
                "callerIpAddress",
                ip,
                "correlationId",
                Ids.guid(random),
                "location",
                "westeurope",
                "tenantId",
                tenant.id(),
                "identity",
                Json.object("authorization", evidence(caller, scope), "claims", claims(caller, ip)),
                "properties",
                Json.object("requestbody", Json.text(body)));
    }

    private ObjectNode evidence(Person caller, String scope) {
        return Json.object(
                "action",
                "Microsoft.Authorization/roleAssignments/write",
                "evidence",
                Json.object(
                        "principalId",
                        caller.id(),
                        "principalType",
                        "User",
                        "role",
                        "Owner",
                        "roleAssignmentId",
                        tenant.ids().guid("owner/" + caller.upn()),
                        "roleAssignmentScope",
                        scope,
                        "roleDefinitionId",
                        "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"));
    }

    /** Any write of a resource as an object of the REST interface. */
    public ObjectNode write(
            Instant time,
            String provider,
            String type,
            String name,
            Person caller,
            String ip,
            SplittableRandom random) {
        String uri = "/subscriptions/" + subscription + "/resourcegroups/Operations/providers/" + provider + "/" + type
                + "/" + name;
        String action = provider + "/" + type + "/write";
        String event = Ids.guid(random);
        return Json.object(
                "authorization", Json.object("action", action, "scope", uri),
                "caller", caller.upn(),
                "channels", "Operation",
                "claims", claims(caller, ip),
                "correlationId", Ids.guid(random),
                "description", "",
                "eventDataId", event,
                "eventName", named("EndRequest", "End request"),
                "eventSource", named("Administrative", "Administrative"),
                "id", uri + "/events/" + event + "/ticks/" + ticks(time),
                "level", "Informational",
                "resourceGroupName", "Operations",
                "resourceProviderName", named(provider, provider),
                "resourceUri", uri,
                "operationId", Ids.guid(random),
                "operationName", named(action, "Create or update " + type.toLowerCase(Locale.ROOT)),
                "properties",
                        Json.object(
                                "eventCategory", "Administrative",
                                "entity", uri,
                                "message", action,
                                "hierarchy", subscription),
                "status", named("Succeeded", "Succeeded"),
                "subStatus", named("", ""),
                "eventTimestamp", Times.ticks(time),
                "submissionTimestamp", Times.ticks(time.plusSeconds(90)),
                "subscriptionId", subscription);
    }

    /** The claims of the token of whoever acts; none when nobody does. */
    ObjectNode claims(Initiator by, Optional<String> ip) {
        if (by instanceof ByUser user) {
            ObjectNode claims = claims(user.person(), ip.orElse(""));
            if (ip.isEmpty()) {
                claims.remove("ipaddr");
            }
            return claims;
        }
        if (!(by instanceof ByApplication application)) {
            return Json.object();
        }
        return Json.object(
                "aud",
                "https://management.azure.com",
                "iss",
                "https://sts.windows.net/" + tenant.id() + "/",
                "appid",
                application.appId().orElse(null),
                "appidacr",
                "1",
                "idtyp",
                "app",
                IDENTITY + "objectidentifier",
                application.servicePrincipalId().orElse(null),
                IDENTITY + "tenantid",
                tenant.id(),
                "ver",
                "1.0");
    }

    private ObjectNode claims(Person caller, String ip) {
        String family = caller.displayName().substring(caller.displayName().indexOf(' ') + 1);
        String given = caller.displayName().substring(0, caller.displayName().indexOf(' '));
        return Json.object(
                "aud",
                "https://management.core.windows.net/",
                "iss",
                "https://sts.windows.net/" + tenant.id() + "/",
                "http://schemas.microsoft.com/claims/authnclassreference",
                "1",
                "http://schemas.microsoft.com/claims/authnmethodsreferences",
                "pwd,mfa",
                "appid",
                "c44b4083-3bb0-49c1-b47d-974e53cbdf3c",
                "appidacr",
                "2",
                CLAIMS + "surname",
                family,
                CLAIMS + "givenname",
                given,
                "ipaddr",
                ip,
                "name",
                caller.displayName(),
                IDENTITY + "objectidentifier",
                caller.id(),
                "puid",
                caller.puid(),
                IDENTITY + "scope",
                "user_impersonation",
                IDENTITY + "tenantid",
                tenant.id(),
                CLAIMS + "name",
                caller.upn(),
                CLAIMS + "upn",
                caller.upn(),
                "ver",
                "1.0");
    }

    private static ObjectNode named(String value, String localized) {
        return Json.object("value", value, "localizedValue", localized);
    }

    /** Ticks of 100 nanoseconds since the year 1, as the ids of activity events carry them. */
    private static long ticks(Instant time) {
        return (time.getEpochSecond() + 62_135_596_800L) * 10_000_000L + time.getNano() / 100;
    }
}

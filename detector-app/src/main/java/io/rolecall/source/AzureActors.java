package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.schema.Actor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who acted on Azure: by the claims of the token in the activity log and in the logs of vaults, by the requester in those of
 * storage accounts. The latter are described under "Azure Key Vault logging" and "StorageBlobLogs" (learn.microsoft.com).
 */
final class AzureActors {

    private static final String UPN = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";
    private static final String OBJECT_ID = "http://schemas.microsoft.com/identity/claims/objectidentifier";

    /** Columns into which Log Analytics takes the claims of a vault's log apart. */
    private static final String COLUMNS = "identity_claim_";

    private AzureActors() {}

    /** The claims of the token, or what stands for them. */
    static EventFields claims(EventFields fields) {
        EventFields identity = fields.object("identity");
        EventFields inner = identity.object("claims", "claim");
        if (!inner.isEmpty()) {
            return inner;
        }
        EventFields claims = fields.object("claims");
        if (!claims.isEmpty()) {
            return claims;
        }
        EventFields columns = columns(fields);
        return columns.isEmpty() ? requester(fields, identity.object("requester")) : columns;
    }

    /** {@code identity_claim_appid_g} is the claim {@code appid}, {@code identity_claim_http_schemas_.._upn_s} that of the address. */
    private static EventFields columns(EventFields fields) {
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        fields.entries().forEachRemaining(entry -> {
            String name = entry.getKey();
            int length = COLUMNS.length();
            if (name.regionMatches(true, 0, COLUMNS, 0, length) && name.length() > length + 2) {
                // Without the two characters that tell the type.
                String claim = name.substring(length, name.length() - 2).toLowerCase(Locale.ROOT);
                claims.set(claim(claim), entry.getValue());
            }
        });
        return EventFields.of(claims);
    }

    private static String claim(String column) {
        if (column.endsWith("claims_upn")) {
            return UPN;
        }
        return column.endsWith("claims_objectidentifier") ? OBJECT_ID : column;
    }

    private static EventFields requester(EventFields fields, EventFields requester) {
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        put(claims, "appid", requester.node("appId"), fields.node("RequesterAppId"));
        put(claims, "oid", requester.node("objectId"), fields.node("RequesterObjectId"));
        put(claims, "tid", requester.node("tenantId"), fields.node("RequesterTenantId"));
        put(claims, "upn", requester.node("upn"), fields.node("RequesterUpn"));
        return EventFields.of(claims);
    }

    private static void put(ObjectNode claims, String name, JsonNode first, JsonNode second) {
        JsonNode value = first.isMissingNode() ? second : first;
        if (!value.isMissingNode()) {
            claims.set(name, value);
        }
    }

    /** A user's click carries the portal's App ID in the claims: the act is an application's only without a user. */
    static Actor of(EventFields fields, EventFields claims) {
        Origin origin = Origin.of(
                EventAddresses.first(
                        fields.node("callerIpAddress"),
                        fields.object("httpRequest").node("clientIpAddress"),
                        claims.node("ipaddr")),
                Values.first(
                        fields.object("properties").text("clientInfo", "userAgentHeader"),
                        fields.text("clientInfo", "userAgentHeader")),
                claims.text("appid", "azp"));
        String caller = fields.text("caller");
        String objectId = claims.guid(OBJECT_ID, "oid");
        String callerName = caller != null && caller.indexOf('@') > 0 ? caller : null;
        String user = Values.first(claims.text(UPN, "upn"), callerName, claims.text("name"));
        if (user != null) {
            return ActorFacts.user(objectId, user, origin);
        }
        AppRef app = new AppRef(claims.guid("appid", "azp"), null, Values.first(objectId, Values.guid(caller)), null);
        if (!app.equals(AppRef.NONE)) {
            return ActorFacts.application(app, origin);
        }
        return ofEvidence(fields, caller, origin);
    }

    /** The caller's own role names the caller, unless it was given to a group. */
    private static Actor ofEvidence(EventFields fields, @Nullable String caller, Origin origin) {
        EventFields inner = fields.object("identity").object("authorization");
        EventFields evidence = (inner.isEmpty() ? fields.object("authorization") : inner).object("evidence");
        String principal = Values.guidOfHex(evidence.text("principalId"));
        String type = Target.kind(evidence.text("principalType"));
        if (principal != null && type.equals(Target.USER)) {
            return ActorFacts.user(principal, null, origin);
        }
        if (principal != null && type.equals(Target.SERVICE_PRINCIPAL)) {
            return ActorFacts.application(new AppRef(null, null, principal, null), origin);
        }
        return ActorFacts.unknown(caller, origin);
    }
}

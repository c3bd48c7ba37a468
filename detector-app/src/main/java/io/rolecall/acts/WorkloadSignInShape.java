package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/** Writes sign-ins of service principals and managed identities as diagnostic records. */
public final class WorkloadSignInShape {

    private final Tenant tenant;

    public WorkloadSignInShape(Tenant tenant) {
        this.tenant = tenant;
    }

    /**
     * A sign-in of a service principal.
     *
     * @param keyId the credential used; empty for a federated one
     * @param error 0 for success
     */
    public ObjectNode servicePrincipal(
            Instant time,
            App app,
            String ip,
            Place place,
            Optional<String> keyId,
            Api api,
            int error,
            SplittableRandom random) {
        ObjectNode node = envelope(time, "ServicePrincipalSignInLogs", error, random);
        node.put("callerIpAddress", ip);
        String credential = keyId.isPresent() ? "clientSecret" : "clientAssertion";
        ObjectNode properties = properties(time, app, api, credential, ip, error, random);
        properties.set("location", SignInShape.location(place));
        properties.put("managedIdentityType", "none");
        keyId.ifPresent(id -> properties.put("servicePrincipalCredentialKeyId", id));
        return finish(node, properties, place.country());
    }

    /** A sign-in of a managed identity to Microsoft Graph. */
    public ObjectNode managedIdentity(Instant time, App identity, SplittableRandom random) {
        return managedIdentity(time, identity, Api.GRAPH, random);
    }

    /** A sign-in of a managed identity: no address at all. */
    public ObjectNode managedIdentity(Instant time, App identity, Api api, SplittableRandom random) {
        ObjectNode node = envelope(time, "ManagedIdentitySignInLogs", 0, random);
        ObjectNode properties = properties(time, identity, api, "none", "", 0, random);
        properties.set("location", Json.object("geoCoordinates", Json.object()));
        properties.put("managedIdentityType", "systemAssigned");
        return finish(node, properties, "");
    }

    private ObjectNode envelope(Instant time, String category, int error, SplittableRandom random) {
        ObjectNode node = SignInShape.head(tenant, time.plusSeconds(random.nextInt(30, 400)), category, error);
        node.put("durationMs", 0);
        node.put("correlationId", Ids.guid(random));
        node.put("Level", 4);
        return node;
    }

    private ObjectNode properties(
            Instant time, App app, Api api, String credential, String ip, int error, SplittableRandom random) {
        ObjectNode properties = Json.object(
                "id",
                Ids.guid(random),
                "createdDateTime",
                Times.ticksWithOffset(time),
                "appId",
                app.appId(),
                "ipAddress",
                ip,
                "authenticationProcessingDetails",
                Json.array(Json.object("key", "Azure AD App Authentication Library", "value", "")),
                "authenticationProtocol",
                "none",
                "clientCredentialType",
                credential,
                "conditionalAccessStatus",
                "notApplied",
                "correlationId",
                Ids.guid(random),
                "crossTenantAccessType",
                "none",
                "flaggedForReview",
                false,
                "incomingTokenType",
                "none",
                "isInteractive",
                false,
                "isTenantRestricted",
                false,
                "processingTimeInMilliseconds",
                0);
        SignInShape.riskless(properties);
        properties.put("resourceDisplayName", api.displayName());
        properties.put("resourceId", api.appId());
        properties.put("resourceServicePrincipalId", tenant.principalOf(api));
        properties.put("servicePrincipalId", app.servicePrincipalId());
        properties.put("servicePrincipalName", app.name());
        properties.set("status", Json.object("errorCode", error));
        properties.put("tokenIssuerType", "AzureAD");
        properties.put("uniqueTokenIdentifier", Ids.letters(random, 22));
        return properties;
    }

    private static ObjectNode finish(ObjectNode node, ObjectNode properties, String country) {
        node.put("location", country);
        node.set("properties", properties);
        return node;
    }
}

package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/** Writes sign-ins as diagnostic records of Entra ID, with every property that the captured ones have. */
public final class SignInShape {

    private static final String WRONG_PASSWORD = "Error validating credentials due to invalid username or password.";

    private final Tenant tenant;

    public SignInShape(Tenant tenant) {
        this.tenant = tenant;
    }

    /**
     * A client application of Microsoft's and the API it asks for.
     *
     * @param clientId App ID of the client
     */
    public record Client(String clientId, String clientName, String resourceId, String resourceName, boolean browser) {

        public static final Client PORTAL = new Client(
                "c44b4083-3bb0-49c1-b47d-974e53cbdf3c",
                "Azure Portal",
                "797f4846-ba00-4fd7-ba43-dac1f8f63013",
                "Windows Azure Service Management API",
                true);
        public static final Client OUTLOOK_WEB = new Client(
                "9199bf20-a13f-4107-85dc-02114787ef48",
                "One Outlook Web",
                "00000002-0000-0ff1-ce00-000000000000",
                "Office 365 Exchange Online",
                true);
        public static final Client TEAMS = new Client(
                "1fec8e78-bce4-4aaf-ab1b-5451cc387264",
                "Microsoft Teams",
                "00000003-0000-0000-c000-000000000000",
                "Microsoft Graph",
                false);
        public static final Client OFFICE = new Client(
                "d3590ed6-52b3-4102-aeff-aad2292ab01c",
                "Microsoft Office",
                "00000003-0000-0ff1-ce00-000000000000",
                "Office 365 SharePoint Online",
                false);
    }

    /** A sign-in of a user. */
    public ObjectNode user(
            Instant time,
            Person person,
            String ip,
            Place place,
            Client client,
            boolean interactive,
            int error,
            SplittableRandom random) {
        String id = Ids.guid(random);
        String correlation = Ids.guid(random);
        Optional<String> reason = error == 0 ? Optional.empty() : Optional.of(WRONG_PASSWORD);
        ObjectNode node = envelope(
                time.plusSeconds(random.nextInt(60, 700)),
                interactive ? "SignInLogs" : "NonInteractiveUserSignInLogs",
                error,
                reason);
        node.put("callerIpAddress", ip);
        node.put("correlationId", correlation);
        node.put("identity", person.displayName());
        node.put("Level", 4);
        node.put("location", place.country());
        ObjectNode properties = who(time, id, person, client);
        properties.put("ipAddress", ip);
        properties.set("status", status(error, reason));
        device(properties, client, place, correlation);
        session(properties, id, interactive, client, random);
        steps(properties, time, person, error == 0, place, random);
        node.set("properties", properties);
        return node;
    }

    /** What the records of all sign-ins begin with, up to the signature of the result. */
    static ObjectNode head(Tenant tenant, Instant time, String category, int error) {
        return Json.object(
                "time",
                Times.ticks(time),
                "resourceId",
                "/tenants/" + tenant.id() + "/providers/Microsoft.aadiam",
                "operationName",
                "Sign-in activity",
                "operationVersion",
                "1.0",
                "category",
                category,
                "tenantId",
                tenant.id(),
                "resultType",
                String.valueOf(error),
                "resultSignature",
                "None");
    }

    /** Says that Microsoft saw no risk. */
    static void riskless(ObjectNode properties) {
        for (String risk : new String[] {"riskDetail", "riskLevelAggregated", "riskLevelDuringSignIn", "riskState"}) {
            properties.put(risk, "none");
        }
    }

    private ObjectNode envelope(Instant time, String category, int error, Optional<String> reason) {
        ObjectNode node = head(tenant, time, category, error);
        reason.ifPresent(text -> node.put("resultDescription", text));
        node.put("durationMs", 0);
        return node;
    }

    private static ObjectNode who(Instant time, String id, Person person, Client client) {
        return Json.object(
                "id", id,
                "createdDateTime", Times.ticksWithOffset(time),
                "userDisplayName", person.displayName(),
                "userPrincipalName", person.upn(),
                "userId", person.id(),
                "appId", client.clientId(),
                "appDisplayName", client.clientName());
    }

    private static ObjectNode status(int error, Optional<String> reason) {
        ObjectNode status = Json.object("errorCode", error);
        reason.ifPresent(text -> status.put("failureReason", text));
        status.put(
                "additionalDetails",
                error == 0
                        ? "MFA requirement satisfied by claim in the token"
                        : "The user entered the wrong credentials");
        return status;
    }

    static ObjectNode location(Place place) {
        return Json.object(
                "city", place.city(),
                "state", place.state(),
                "countryOrRegion", place.country(),
                "geoCoordinates", Json.object("latitude", place.latitude(), "longitude", place.longitude()));
    }

    private static void device(ObjectNode properties, Client client, Place place, String correlation) {
        properties.put("clientAppUsed", client.browser() ? "Browser" : "Mobile Apps and Desktop clients");
        properties.put("userAgent", UserAgents.EDGE);
        properties.set("deviceDetail", Json.object("deviceId", "", "operatingSystem", "Windows10"));
        properties.set("location", location(place));
        properties.set("mfaDetail", Json.object());
        properties.put("correlationId", correlation);
        properties.put("conditionalAccessStatus", "notApplied");
        properties.set("appliedConditionalAccessPolicies", Json.array());
        properties.set("authenticationContextClassReferences", Json.array());
    }

    private void session(
            ObjectNode properties, String id, boolean interactive, Client client, SplittableRandom random) {
        properties.put("originalRequestId", id);
        properties.put("isInteractive", interactive);
        properties.put("tokenIssuerName", "");
        properties.put("tokenIssuerType", "AzureAD");
        properties.set(
                "authenticationProcessingDetails",
                Json.array(
                        Json.object("key", "Legacy TLS (TLS 1.0, 1.1, 3DES)", "value", "False"),
                        Json.object("key", "Is CAE Token", "value", "False")));
        properties.set("networkLocationDetails", Json.array());
        properties.put("clientCredentialType", "none");
        properties.put("processingTimeInMilliseconds", random.nextInt(40, 400));
        riskless(properties);
        properties.set("riskEventTypes", Json.array());
        properties.set("riskEventTypes_v2", Json.array());
        properties.put("resourceDisplayName", client.resourceName());
        properties.put("resourceId", client.resourceId());
        properties.put("resourceTenantId", tenant.id());
        properties.put("homeTenantId", tenant.id());
        properties.put("tenantId", tenant.id());
    }

    private void steps(
            ObjectNode properties, Instant time, Person person, boolean success, Place place, SplittableRandom random) {
        ObjectNode password = Json.object(
                "authenticationStepDateTime",
                Times.ticksWithOffset(time),
                "authenticationMethod",
                "Password",
                "authenticationMethodDetail",
                "Password in the cloud",
                "succeeded",
                success,
                "authenticationStepResultDetail",
                success ? "Correct password" : "Incorrect password",
                "authenticationStepRequirement",
                "Primary authentication",
                "StatusSequence",
                0,
                "RequestSequence",
                1);
        properties.set("authenticationDetails", Json.array(password));
        properties.set(
                "authenticationRequirementPolicies",
                Json.array(Json.object("requirementProvider", "user", "detail", "Per-user MFA")));
        properties.set("sessionLifetimePolicies", Json.array());
        properties.put("authenticationRequirement", "multiFactorAuthentication");
        properties.put("alternateSignInName", person.upn());
        properties.put("signInIdentifier", person.upn());
        properties.put("servicePrincipalId", "");
        properties.put("userType", "Member");
        properties.put("flaggedForReview", false);
        properties.put("isTenantRestricted", false);
        properties.put("autonomousSystemNumber", place.asn());
        properties.put("crossTenantAccessType", "none");
        properties.set("privateLinkDetails", Json.object());
        properties.put("ssoExtensionVersion", "");
        properties.put("uniqueTokenIdentifier", Ids.letters(random, 22));
        properties.set("authenticationStrengths", Json.array());
        properties.put("incomingTokenType", "none");
        properties.put("authenticationProtocol", "none");
        properties.putNull("appServicePrincipalId");
        properties.put(
                "resourceServicePrincipalId",
                tenant.ids().guid("api/" + properties.path("resourceId").asText()));
        properties.put("rngcStatus", 0);
        properties.put("signInTokenProtectionStatus", "none");
        properties.put("originalTransferMethod", "none");
    }
}

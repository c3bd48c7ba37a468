package io.rolecall.source;

import io.rolecall.event.Operations;
import io.rolecall.schema.Activity;
import io.rolecall.schema.Actor;
import io.rolecall.schema.RoleAssignment;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Azure control-plane activities: REST shape, diagnostic shape, Log Analytics rows. */
final class AzureActivityDecoder implements SourceDecoder {

    private static final String UPN = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";
    private static final String OBJECT_ID = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    private static final String TENANT_ID = "http://schemas.microsoft.com/identity/claims/tenantid";

    @Override
    public Decoded decode(Element element, Shape shape) throws RejectedElementException {
        Fields fields = element.fields();
        Fields properties = fields.object("properties");
        Fields claims = claims(fields);
        boolean rows = shape.envelope().endsWith("log-analytics");
        RoleAssignment assignment =
                shape.operation().equals(Operations.AZURE_ROLE_ASSIGNMENT) ? assignment(properties) : null;
        Actor actor = actor(fields, claims);
        String resource = fields.text("resourceId", "resourceUri", "_ResourceId");
        Activity activity = Activity.newBuilder()
                .setAction(shape.rawOperation().strip().toLowerCase(Locale.ROOT))
                .setResource(Values.first(resource, properties.text("entity")))
                .setClientAppId(claims.guid("appid", "azp"))
                .setCaller(fields.text("caller"))
                .setAssignment(assignment)
                .build();
        return new Decoded(
                EventTimes.first(
                        fields.node("eventTimestamp"),
                        fields.node("time"),
                        fields.node("TimeGenerated"),
                        fields.node("@timestamp")),
                fields.text("eventDataId"),
                Values.first(
                        rows ? null : Values.id(fields.text("tenantId")), Values.id(claims.text(TENANT_ID, "tid"))),
                Values.id(fields.text("correlationId")),
                outcome(fields, properties),
                actor,
                List.of(new Part(app(assignment, actor), activity)),
                activity.getResource().isPresent());
    }

    private static Fields claims(Fields fields) {
        Fields identity = fields.object("identity");
        Fields inner = identity.object("claims", "claim");
        return inner.isEmpty() ? fields.object("claims") : inner;
    }

    /** The application a role is given to, else the application that acted. */
    private static AppRef app(@Nullable RoleAssignment assignment, Actor actor) {
        if (assignment != null) {
            boolean principal = "ServicePrincipal"
                    .equalsIgnoreCase(assignment.getPrincipalType().orElse(""));
            return principal
                    ? new AppRef(null, null, assignment.getPrincipalId().orElse(null), null)
                    : AppRef.NONE;
        }
        return actor.getType().equals(ActorFacts.APPLICATION)
                ? new AppRef(
                        actor.getAppId().orElse(null),
                        null,
                        actor.getServicePrincipalId().orElse(null),
                        null)
                : AppRef.NONE;
    }

    /** A user's click carries the portal's App ID in the claims: the act is an application's only without a user. */
    private static Actor actor(Fields fields, Fields claims) {
        String ip = Values.first(
                Addresses.normalise(fields.text("callerIpAddress")),
                Addresses.normalise(fields.object("httpRequest").text("clientIpAddress")),
                claims.text("ipaddr"));
        String caller = fields.text("caller");
        String objectId = claims.guid(OBJECT_ID, "oid");
        String callerName = caller != null && caller.indexOf('@') > 0 ? caller : null;
        String user = Values.first(claims.text(UPN, "upn"), callerName, claims.text("name"));
        if (user != null) {
            return ActorFacts.user(objectId, user, ip, null);
        }
        AppRef app = new AppRef(claims.guid("appid", "azp"), null, Values.first(objectId, Values.guid(caller)), null);
        if (!app.equals(AppRef.NONE)) {
            return ActorFacts.application(app, ip, null);
        }
        return ofEvidence(fields, caller, ip);
    }

    /** The caller's own role names the caller, unless it was given to a group. */
    private static Actor ofEvidence(Fields fields, @Nullable String caller, @Nullable String ip) {
        Fields inner = fields.object("identity").object("authorization");
        Fields evidence = (inner.isEmpty() ? fields.object("authorization") : inner).object("evidence");
        String principal = Values.guidOfHex(evidence.text("principalId"));
        String type = Target.kind(evidence.text("principalType"));
        if (principal != null && type.equals(Target.USER)) {
            return ActorFacts.user(principal, null, ip, null);
        }
        if (principal != null && type.equals(Target.SERVICE_PRINCIPAL)) {
            return ActorFacts.application(new AppRef(null, null, principal, null), ip, null);
        }
        return ActorFacts.unknown(caller, ip, null);
    }

    /** The assignee stands in the request body, in the completed event in the response body. */
    private static RoleAssignment assignment(Fields properties) {
        Fields request = properties.object("requestbody").object("properties");
        Fields body = request.isEmpty() ? properties.object("responseBody").object("properties") : request;
        String role = body.text("roleDefinitionId");
        return RoleAssignment.newBuilder()
                .setPrincipalId(Values.guidOfHex(body.text("principalId")))
                .setPrincipalType(body.text("principalType"))
                .setRoleDefinitionId(role == null ? null : roleId(role.substring(role.lastIndexOf('/') + 1)))
                .setScope(body.text("scope"))
                .build();
    }

    private static @Nullable String roleId(String last) {
        return Values.first(Values.guidOfHex(last), Values.id(last));
    }

    private static Outcome outcome(Fields fields, Fields properties) {
        String status = Values.first(
                fields.object("status").text("value"),
                fields.text("status"),
                fields.text("resultType"),
                fields.text("ActivityStatusValue", "ActivityStatus"),
                properties.text("statusCode"));
        Outcome outcome = Outcome.of(status, null);
        if (!outcome.success()) {
            return Outcome.of(
                    status,
                    Values.first(
                            fields.object("subStatus").text("value"),
                            fields.text("ActivitySubstatusValue", "resultDescription", "resultSignature"),
                            status));
        }
        boolean begun = status != null && (status.startsWith("Start") || status.startsWith("Accept"));
        return begun ? Outcome.of(status, status) : outcome;
    }
}

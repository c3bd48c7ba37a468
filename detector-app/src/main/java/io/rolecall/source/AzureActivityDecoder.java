package io.rolecall.source;

import io.rolecall.event.Operations;
import io.rolecall.schema.Activity;
import io.rolecall.schema.Actor;
import io.rolecall.schema.FederatedCredentialChange;
import io.rolecall.schema.RoleAssignment;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Azure control-plane activities (REST shape, diagnostic shape, Log Analytics rows) and the logs of single resources. */
final class AzureActivityDecoder implements SourceDecoder {

    private static final String TENANT_ID = "http://schemas.microsoft.com/identity/claims/tenantid";
    private static final int HTTP_ERROR = 400;

    @Override
    public Decoded decode(Element element, Shape shape) throws RejectedElementException {
        EventFields fields = element.fields();
        EventFields properties = fields.object("properties");
        EventFields claims = AzureActors.claims(fields);
        boolean rows = shape.envelope().endsWith("log-analytics");
        EventFields body = body(properties);
        RoleAssignment assignment = assigns(shape.operation(), body) ? assignment(body) : null;
        Actor actor = AzureActors.of(fields, claims);
        String resource = fields.text("resourceId", "resourceUri", "_ResourceId");
        Activity activity = Activity.newBuilder()
                .setAction(shape.rawOperation().strip().toLowerCase(Locale.ROOT))
                .setResource(Values.first(resource, properties.text("entity")))
                .setClientAppId(Values.first(
                        claims.guid("appid", "azp"), actor.getAppId().orElse(null)))
                .setCaller(fields.text("caller"))
                .setAssignment(assignment)
                .setObject(Values.first(
                        VaultObjects.name(properties.text("id")),
                        VaultObjects.name(properties.text("requestUri")),
                        VaultObjects.name(fields.text("id")),
                        VaultObjects.name(fields.text("requestUri"))))
                .build();
        Outcome outcome = outcome(fields, properties);
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
                outcome,
                actor,
                parts(shape.operation(), new Part(app(assignment, actor), activity), body, outcome),
                activity.getResource().isPresent());
    }

    /**
     * A trust that is set on a managed identity is a second thing that the event tells, about another application; that it was refused,
     * too, since the start of the request may have told of it.
     */
    private static List<Part> parts(String operation, Part activity, EventFields body, Outcome outcome) {
        if (!operation.equals(Operations.AZURE_FEDERATED_CREDENTIAL)) {
            return List.of(activity);
        }
        FederatedCredentialChange trust = FederatedTrusts.asked(body, outcome.success());
        String identity = activity.details() instanceof Activity act
                ? FederatedTrusts.identity(act.getResource().orElse(null))
                : null;
        return trust == null || identity == null
                ? List.of(activity)
                : List.of(activity, new Part(new AppRef(null, null, identity, null), trust));
    }

    /** The application a role is given to, else the application that acted. */
    private static AppRef app(@Nullable RoleAssignment assignment, Actor actor) {
        if (assignment != null) {
            // Without a type it may be anybody; whether it is an application turns out when its App ID becomes known.
            boolean principal = assignment
                    .getPrincipalType()
                    .filter(type -> !type.equalsIgnoreCase("ServicePrincipal"))
                    .isEmpty();
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

    /** What was asked stands in the request body, in the completed event and that of a removal in the response body. */
    private static EventFields body(EventFields properties) {
        EventFields request = properties.object("requestbody").object("properties");
        return request.isEmpty() ? properties.object("responseBody").object("properties") : request;
    }

    /** A removal is about the application that lost the role only where a body tells which one that was. */
    private static boolean assigns(String operation, EventFields body) {
        return operation.equals(Operations.AZURE_ROLE_ASSIGNMENT)
                || (operation.equals(Operations.AZURE_ROLE_REMOVAL) && body.text("principalId") != null);
    }

    private static RoleAssignment assignment(EventFields body) {
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

    private static Outcome outcome(EventFields fields, EventFields properties) {
        Long http = Values.number(Values.first(properties.text("httpStatusCode"), fields.text("httpStatusCode")));
        if (http != null && http >= HTTP_ERROR) {
            // A vault that refused a request still writes that it logged it with success.
            return Outcome.of(
                    String.valueOf(http),
                    Values.first(fields.text("resultDescription", "resultSignature"), "HTTP " + http));
        }
        String status = Values.first(
                fields.object("status").text("value"),
                fields.text("status"),
                fields.text("resultType"),
                fields.text("ActivityStatusValue", "ActivityStatus"),
                fields.text("statusText"),
                properties.text("statusText"),
                properties.text("statusCode"),
                fields.text("statusCode"));
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

package io.rolecall.source;

import io.rolecall.schema.Activity;
import io.rolecall.schema.Actor;
import java.util.List;
import java.util.Locale;

/** Requests to Microsoft Graph: diagnostic records and Log Analytics rows, which name no operation. No detection needs them. */
final class GraphActivityDecoder implements SourceDecoder {

    /** Operation of every record, normalised. */
    static final String OPERATION = "microsoft-graph-activity";

    @Override
    public Decoded decode(Element element, Shape shape) throws RejectedElementException {
        EventFields fields = element.fields();
        EventFields properties = fields.object("properties");
        EventFields body = properties.isEmpty() ? fields : properties;
        AppRef app = new AppRef(body.guid("appId"), null, body.guid("servicePrincipalId"), null);
        String uri = body.text("requestUri");
        Activity request = Activity.newBuilder()
                .setAction(Values.lower(body.text("requestMethod")))
                .setResource(uri)
                .setClientAppId(app.appId())
                .build();
        return new Decoded(
                EventTimes.first(fields.node("time"), body.node("timeGenerated"), fields.node("@timestamp")),
                body.text("requestId"),
                Tenants.of(element, shape),
                Values.id(Values.first(fields.text("correlationId"), body.text("operationId"))),
                Outcome.of(body.text("responseStatusCode"), null),
                actor(fields, body, app),
                List.of(new Part(app, request)),
                uri != null);
    }

    private static Actor actor(EventFields fields, EventFields body, AppRef app) {
        Origin origin = Origin.of(
                EventAddresses.first(body.node("ipAddress"), fields.node("callerIpAddress")), body.text("userAgent"));
        String user = body.guid("userId");
        if (user != null) {
            return ActorFacts.user(user, null, origin);
        }
        return app.equals(AppRef.NONE) ? ActorFacts.unknown(null, origin) : ActorFacts.application(app, origin);
    }

    /** Whether a row of Log Analytics, or the category of a record, is of this log. */
    static boolean isTable(String name) {
        return name.toLowerCase(Locale.ROOT).equals("microsoftgraphactivitylogs");
    }
}

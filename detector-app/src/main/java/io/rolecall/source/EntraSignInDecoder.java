package io.rolecall.source;

import io.rolecall.schema.Actor;
import io.rolecall.schema.SignIn;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Entra sign-ins of users, service principals and managed identities. */
final class EntraSignInDecoder implements SourceDecoder {

    static final String INTERACTIVE = "interactive";
    static final String NON_INTERACTIVE = "non-interactive";
    static final String SERVICE_PRINCIPAL = "service-principal";
    static final String MANAGED_IDENTITY = "managed-identity";

    @Override
    public Decoded decode(Element element, Shape shape) throws RejectedElementException {
        EventFields fields = element.fields();
        EventFields properties = fields.object("properties");
        EventFields body = properties.isEmpty() ? fields : properties;
        String kind = kind(fields, body);
        String servicePrincipalId = body.guid("servicePrincipalId");
        AppRef app = new AppRef(
                body.guid("appId"),
                null,
                servicePrincipalId,
                Values.first(body.text("appDisplayName"), body.text("servicePrincipalName")));
        Integer errorCode = errorCode(fields, body);
        return new Decoded(
                EventTimes.first(
                        body.node("createdDateTime"),
                        fields.node("time"),
                        fields.node("TimeGenerated"),
                        fields.node("@timestamp")),
                body.text("id"),
                Tenants.of(element, shape),
                Values.id(Values.first(body.text("correlationId"), fields.text("correlationId"))),
                outcome(fields, body, errorCode),
                actor(fields, body, kind, app),
                List.of(new Part(app, details(fields, body, kind, errorCode))),
                false);
    }

    private static SignIn details(EventFields fields, EventFields body, String kind, @Nullable Integer errorCode) {
        EventFields location = body.object("location", "LocationDetails");
        String country = location.isEmpty()
                ? Values.first(body.text("location"), fields.text("location"))
                : location.text("countryOrRegion");
        SignIn details = new SignIn();
        details.setKind(kind);
        details.setResourceAppId(body.guid("resourceId", "resourceIdentity"));
        details.setResourceName(body.text("resourceDisplayName"));
        details.setErrorCode(errorCode);
        details.setCountry(country);
        details.setCity(location.text("city"));
        details.setAsn(Values.number(body.text("autonomousSystemNumber")));
        details.setCredentialKeyId(body.guid("servicePrincipalCredentialKeyId"));
        details.setCredentialType(body.text("clientCredentialType"));
        details.setCredentialId(Values.id(body.text("federatedCredentialId")));
        details.setProtocol(stated(body.text("authenticationProtocol")));
        details.setIncomingToken(stated(body.text("incomingTokenType")));
        details.setAppOwnerTenantId(body.guid("appOwnerTenantId"));
        details.setTokenId(body.text("uniqueTokenIdentifier"));
        return details;
    }

    /** Both say none where they know none, which is no fact. */
    private static @Nullable String stated(@Nullable String text) {
        return "none".equalsIgnoreCase(text) ? null : text;
    }

    private static Actor actor(EventFields fields, EventFields body, String kind, AppRef app) {
        Origin origin = Origin.of(
                EventAddresses.first(body.node("ipAddress"), fields.node("callerIpAddress")), body.text("userAgent"));
        if (kind.equals(SERVICE_PRINCIPAL) || kind.equals(MANAGED_IDENTITY)) {
            AppRef self = new AppRef(
                    app.appId(),
                    null,
                    app.servicePrincipalId(),
                    Values.first(body.text("servicePrincipalName"), app.displayName()));
            return ActorFacts.application(self, origin);
        }
        String id = body.guid("userId");
        String name = body.text("userPrincipalName", "userDisplayName");
        return id == null && name == null ? ActorFacts.unknown(null, origin) : ActorFacts.user(id, name, origin);
    }

    private static Outcome outcome(EventFields fields, EventFields body, @Nullable Integer errorCode) {
        if (errorCode == null) {
            return Outcome.of(fields.text("resultType"), fields.text("resultDescription"));
        }
        String reason = Values.first(body.object("status").text("failureReason"), fields.text("resultDescription"));
        return errorCode == 0 ? Outcome.of("0", null) : Outcome.of(String.valueOf(errorCode), reason);
    }

    private static @Nullable Integer errorCode(EventFields fields, EventFields body) {
        Long code = Values.number(body.object("status").text("errorCode"));
        Long known = code == null ? Values.number(fields.text("resultType")) : code;
        return known == null || known < 0 || known > Integer.MAX_VALUE ? null : known.intValue();
    }

    private static String kind(EventFields fields, EventFields body) {
        String named = (text(fields, "category")
                        + ' '
                        + text(fields, "Type")
                        + ' '
                        + String.join(" ", Values.texts(body.node("signInEventTypes"))))
                .toLowerCase(Locale.ROOT);
        if (named.contains("managedidentity")) {
            return MANAGED_IDENTITY;
        }
        boolean user = body.hasValue("userId", "userPrincipalName");
        if (named.contains("serviceprincipal") || (!user && body.guid("servicePrincipalId") != null)) {
            return SERVICE_PRINCIPAL;
        }
        boolean silent =
                named.contains("noninteractive") || Boolean.FALSE.equals(Values.bool(body.text("isInteractive")));
        return silent ? NON_INTERACTIVE : INTERACTIVE;
    }

    private static String text(EventFields fields, String name) {
        String text = fields.text(name);
        return text == null ? "" : text;
    }
}

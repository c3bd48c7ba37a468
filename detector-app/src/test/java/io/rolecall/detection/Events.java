package io.rolecall.detection;

import io.rolecall.event.Operations;
import io.rolecall.policy.Resources;
import io.rolecall.schema.Actor;
import io.rolecall.schema.ActorAddress;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.AppRoleToUser;
import io.rolecall.schema.Consent;
import io.rolecall.schema.Credential;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.Registration;
import io.rolecall.schema.ServicePrincipalState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Facts about one application, as decoding would make them. Equal arguments make equal facts. */
public final class Events {

    public static final String TENANT = "75243ab2-44f8-435c-a7a6-b479385df6d4";
    public static final String APP = "e06366ca-8489-4748-b6a2-d7e4332f45c1";
    public static final String SERVICE_PRINCIPAL = "2dedf863-ac93-4f45-87b3-e32f48145380";
    public static final Instant START = Instant.parse("2026-03-02T09:00:00.123Z");
    public static final String OUTSIDE = "198.51.100.7";
    public static final String OFFICE = "203.0.113.10";
    public static final String FRONT_END = "20.190.151.7";

    private Events() {}

    public static Instant after(Duration duration) {
        return START.plus(duration);
    }

    public static Instant days(long days) {
        return after(Duration.ofDays(days));
    }

    public static Actor user(String name, String ip) {
        Actor.Builder actor =
                Actor.newBuilder().setType("user").setId(id("user " + name)).setName(name + "@contoso.com");
        return ip.isEmpty() ? actor.build() : actor.setIp(ip).build();
    }

    public static Actor application(String name, String ip) {
        Actor.Builder actor = Actor.newBuilder()
                .setType("application")
                .setId(id("sp " + name))
                .setServicePrincipalId(id("sp " + name))
                .setName(name);
        return ip.isEmpty() ? actor.build() : actor.setIp(ip).build();
    }

    /** A GUID made from a text. */
    public static String id(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
    }

    public static AppEvent.Builder event(String operation, Instant at, Actor actor) {
        String seed = operation + at + actor.getName().orElse("");
        return AppEvent.newBuilder()
                .setEventId("Directory_" + id(seed))
                .setSource("entra-audit")
                .setEnvelope("diagnostic")
                .setOperation(operation)
                .setRawOperation(operation)
                .setEventTime(at)
                .setTenantId(TENANT)
                .setCorrelationId(id("correlation " + seed))
                .setOutcome("success")
                .setAppId(APP)
                .setServicePrincipalId(SERVICE_PRINCIPAL)
                .setActor(actor)
                .setPosition("audit.json:1/0");
    }

    public static AppEvent registration(Instant at, String tenancy, Actor actor) {
        Registration.Builder details = Registration.newBuilder();
        if (!tenancy.isEmpty()) {
            details.setTenancy(tenancy);
        }
        return event(Operations.ADD_APPLICATION, at, actor)
                .setDetails(details.build())
                .build();
    }

    /** An update that changes the tenancy. */
    public static AppEvent flip(Instant at, String tenancy, Actor actor) {
        return event(Operations.UPDATE_APPLICATION, at, actor)
                .setDetails(Registration.newBuilder().setTenancy(tenancy).build())
                .build();
    }

    public static AppEvent plain(String operation, Instant at) {
        return event(operation, at, user("admin", OFFICE)).build();
    }

    public static AppEvent role(String operation, String value, Instant at, Actor actor) {
        return roleOf(operation, Resources.MICROSOFT_GRAPH, value, at, actor);
    }

    public static AppEvent roleOf(String operation, String resource, String value, Instant at, Actor actor) {
        AppEvent.Builder event = event(operation, at, actor);
        return event.setEventId(event.getEventId() + value)
                .setDetails(AppRole.newBuilder()
                        .setResourceAppId(resource)
                        .setRoleId(id(resource + value))
                        .setRoleValue(value)
                        .build())
                .build();
    }

    public static AppEvent grant(String value, Instant at, Actor actor) {
        return role(Operations.ADD_APP_ROLE, value, at, actor);
    }

    public static AppEvent failed(AppEvent event) {
        return AppEvent.newBuilder(event).setOutcome("failure").build();
    }

    public static AppEvent forAll(String scope, Instant at, Actor actor) {
        return event(Operations.ADD_DELEGATED_GRANT, at, actor)
                .setDetails(DelegatedGrant.newBuilder()
                        .setResourceName("Microsoft Graph")
                        .setConsentType("all-principals")
                        .setScopes(List.of(scope))
                        .setAdded(List.of(scope))
                        .build())
                .build();
    }

    public static AppEvent consent(String user, Instant at, String... scopes) {
        return event(Operations.CONSENT, at, user(user, OUTSIDE))
                .setDetails(Consent.newBuilder()
                        .setAdminConsent(false)
                        .setOnBehalfOfAll(false)
                        .setScopes(List.of(scopes))
                        .build())
                .build();
    }

    /** A consent that was blocked or failed for a reason. */
    public static AppEvent refused(AppEvent consent, String reason) {
        return AppEvent.newBuilder(consent)
                .setOutcome("failure")
                .setOutcomeReason(reason)
                .build();
    }

    /** An administrator's consent for the whole tenant, with the default access that its click gives the administrator. */
    public static List<AppEvent> consentForAll(String admin, Instant at, String... scopes) {
        AppEvent consent = AppEvent.newBuilder(consent(admin, at, scopes))
                .setDetails(Consent.newBuilder()
                        .setAdminConsent(true)
                        .setOnBehalfOfAll(true)
                        .setScopes(List.of(scopes))
                        .build())
                .build();
        return List.of(consent, selfAssignment(consent));
    }

    /** The default access that a consent's click gives its user. */
    public static AppEvent selfAssignment(AppEvent consent) {
        return AppEvent.newBuilder(consent)
                .setEventId(consent.getEventId() + "_access")
                .setOperation(Operations.ADD_APP_ROLE_TO_USER)
                .setDetails(AppRoleToUser.newBuilder()
                        .setUserId(consent.getActor().getId().orElseThrow())
                        .build())
                .build();
    }

    /** A grant for one user that somebody makes without a consent. */
    public static AppEvent grantFor(String user, Instant at, Actor actor, String... scopes) {
        return event(Operations.ADD_DELEGATED_GRANT, at, actor)
                .setDetails(DelegatedGrant.newBuilder()
                        .setResourceName("Microsoft Graph")
                        .setConsentType("principal")
                        .setPrincipalId(id("user " + user))
                        .setScopes(List.of(scopes))
                        .setAdded(List.of(scopes))
                        .build())
                .build();
    }

    /** The removal of a grant of one user, by an administrator; {@code user} empty when the event names nobody. */
    public static AppEvent removal(String user, Instant at, String... scopes) {
        DelegatedGrant.Builder grant = DelegatedGrant.newBuilder()
                .setResourceName("Microsoft Graph")
                .setConsentType("principal")
                .setRemoved(List.of(scopes));
        if (!user.isEmpty()) {
            grant.setPrincipalId(id("user " + user));
        }
        return event(Operations.REMOVE_DELEGATED_GRANT, at, user("admin", OFFICE))
                .setDetails(grant.build())
                .build();
    }

    /** The delegated grant of a consent's click. */
    public static AppEvent ofClick(AppEvent consent, String... scopes) {
        return AppEvent.newBuilder(consent)
                .setEventId(consent.getEventId() + "_grant")
                .setOperation(Operations.ADD_DELEGATED_GRANT)
                .setDetails(DelegatedGrant.newBuilder()
                        .setResourceName("Microsoft Graph")
                        .setConsentType("principal")
                        .setPrincipalId(consent.getActor().getId().orElseThrow())
                        .setScopes(List.of(scopes))
                        .setAdded(List.of(scopes))
                        .build())
                .build();
    }

    public static AppEvent assignment(String user, Instant at) {
        return event(Operations.ADD_APP_ROLE_TO_USER, at, user("admin", OFFICE))
                .setEventId("Directory_" + id(user + at))
                .setCorrelationId(id("assignment " + user + at))
                .setDetails(AppRoleToUser.newBuilder()
                        .setUserId(id("user " + user))
                        .setRoleId(id("role"))
                        .build())
                .build();
    }

    public static Credential key(String name, String usage, String displayName) {
        return Credential.newBuilder()
                .setKeyId(id("key " + name))
                .setType("Password")
                .setUsage(usage)
                .setDisplayName(displayName)
                .build();
    }

    public static AppEvent credentials(Instant at, Actor actor, List<Credential> added, List<Credential> removed) {
        return event(Operations.UPDATE_APPLICATION_CREDENTIALS, at, actor)
                .setDetails(CredentialChange.newBuilder()
                        .setAdded(added)
                        .setRemoved(removed)
                        .build())
                .build();
    }

    public static AppEvent secret(String name, Instant at, Actor actor) {
        return credentials(at, actor, List.of(key(name, "Verify", name)), List.of());
    }

    public static AppEvent enabled(boolean enabled, Instant at) {
        return event(Operations.UPDATE_SERVICE_PRINCIPAL, at, user("admin", OFFICE))
                .setDetails(ServicePrincipalState.newBuilder()
                        .setAccountEnabled(enabled)
                        .build())
                .build();
    }

    public static AppEvent sighting(Actor actor, String ip, Instant at) {
        return event(Operations.ACTOR_ADDRESS, at, actor)
                .setEventId("sighting-" + id(ip + at))
                .setDetails(ActorAddress.newBuilder()
                        .setActorKey(actor.getName().orElseThrow())
                        .setIp(ip)
                        .setFirst(at)
                        .setLast(at)
                        .setBasis("sign-in")
                        .build())
                .build();
    }
}

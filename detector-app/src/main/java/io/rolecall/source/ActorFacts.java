package io.rolecall.source;

import io.rolecall.schema.Actor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds actors. A shared label stays a name and never becomes an id. */
final class ActorFacts {

    static final String USER = "user";
    static final String APPLICATION = "application";
    static final String UNKNOWN = "unknown";

    private ActorFacts() {}

    static Actor user(@Nullable String id, @Nullable String name, Origin origin) {
        return user(id, name, null, origin);
    }

    /** A user whom Microsoft 365 also names by PUID. */
    static Actor user(@Nullable String id, @Nullable String name, @Nullable String puid, Origin origin) {
        Actor user = base(USER, name, origin);
        user.setId(id);
        user.setPuid(puid);
        return user;
    }

    /** An application; one without any id is one of Microsoft's own initiators that log only a name. */
    static Actor application(AppRef app, Origin origin) {
        Actor application = base(APPLICATION, app.displayName(), origin);
        application.setId(app.servicePrincipalId());
        application.setServicePrincipalId(app.servicePrincipalId());
        application.setAppId(app.appId());
        return application;
    }

    static Actor unknown(@Nullable String name, Origin origin) {
        return base(UNKNOWN, name, origin);
    }

    /** Not by the builder, which checks and copies each field: every event has an actor. */
    private static Actor base(String type, @Nullable String name, Origin origin) {
        List<String> addresses = origin.addresses();
        Actor actor = new Actor();
        actor.setType(type);
        actor.setName(name);
        actor.setIp(addresses.isEmpty() ? null : addresses.get(0));
        actor.setOtherIps(addresses.isEmpty() ? addresses : addresses.subList(1, addresses.size()));
        actor.setUserAgent(origin.userAgent());
        actor.setTokenService(origin.tokenService() ? Boolean.TRUE : null);
        return actor;
    }
}

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
        return base(USER, name, origin).setId(id).build();
    }

    /** A user whom Microsoft 365 also names by PUID. */
    static Actor user(@Nullable String id, @Nullable String name, @Nullable String puid, Origin origin) {
        return base(USER, name, origin).setId(id).setPuid(puid).build();
    }

    /** An application; one without any id is one of Microsoft's own initiators that log only a name. */
    static Actor application(AppRef app, Origin origin) {
        return base(APPLICATION, app.displayName(), origin)
                .setId(app.servicePrincipalId())
                .setServicePrincipalId(app.servicePrincipalId())
                .setAppId(app.appId())
                .build();
    }

    static Actor unknown(@Nullable String name, Origin origin) {
        return base(UNKNOWN, name, origin).build();
    }

    private static Actor.Builder base(String type, @Nullable String name, Origin origin) {
        List<String> addresses = origin.addresses();
        return Actor.newBuilder()
                .setType(type)
                .setName(name)
                .setIp(addresses.isEmpty() ? null : addresses.get(0))
                .setOtherIps(addresses.isEmpty() ? addresses : addresses.subList(1, addresses.size()))
                .setUserAgent(origin.userAgent())
                .setTokenService(origin.tokenService() ? Boolean.TRUE : null);
    }
}

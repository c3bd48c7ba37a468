package io.rolecall.source;

import io.rolecall.schema.Actor;
import org.jspecify.annotations.Nullable;

/** Builds actors. A shared label stays a name and never becomes an id. */
final class ActorFacts {

    static final String USER = "user";
    static final String APPLICATION = "application";
    static final String UNKNOWN = "unknown";

    private ActorFacts() {}

    static Actor user(@Nullable String id, @Nullable String name, @Nullable String ip, @Nullable String userAgent) {
        return base(USER, name, ip, userAgent).setId(id).build();
    }

    /** An application; one without any id is one of Microsoft's own initiators that log only a name. */
    static Actor application(AppRef app, @Nullable String ip, @Nullable String userAgent) {
        return base(APPLICATION, app.displayName(), ip, userAgent)
                .setId(app.servicePrincipalId())
                .setServicePrincipalId(app.servicePrincipalId())
                .setAppId(app.appId())
                .build();
    }

    static Actor unknown(@Nullable String name, @Nullable String ip, @Nullable String userAgent) {
        return base(UNKNOWN, name, ip, userAgent).build();
    }

    private static Actor.Builder base(
            String type, @Nullable String name, @Nullable String ip, @Nullable String userAgent) {
        return Actor.newBuilder()
                .setType(type)
                .setName(name)
                .setIp(Addresses.normalise(ip))
                .setUserAgent(Values.present(userAgent));
    }
}

package io.rolecall.source;

import org.jspecify.annotations.Nullable;

/**
 * The application an event is about, by the names the event gives; each is null when absent.
 *
 * @param appId App ID, lower case
 * @param objectId object id of the registration, lower case
 * @param servicePrincipalId service principal id, lower case
 * @param displayName display name
 */
record AppRef(
        @Nullable String appId,
        @Nullable String objectId,
        @Nullable String servicePrincipalId,
        @Nullable String displayName) {

    static final AppRef NONE = new AppRef(null, null, null, null);
}

package io.rolecall.source;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something a directory event was done to.
 *
 * @param type kind in lower case without spaces, for example {@code serviceprincipal}; empty when the event does not say
 * @param id object id, lower case
 * @param name display name
 * @param principalName user principal name
 * @param appId App ID, where the event shows one for the target
 */
record Target(
        String type,
        @Nullable String id,
        @Nullable String name,
        @Nullable String principalName,
        @Nullable String appId) {

    static final String APPLICATION = "application";
    static final String SERVICE_PRINCIPAL = "serviceprincipal";
    static final String USER = "user";
    static final String GROUP = "group";
    static final String ROLE = "role";
    static final Target NONE = new Target("", null, null, null, null);

    /** The kind as it is compared: lower case, no spaces. */
    static String kind(@Nullable String type) {
        return type == null ? "" : type.toLowerCase(Locale.ROOT).replace(" ", "");
    }
}

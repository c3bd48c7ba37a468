package io.rolecall.state;

import io.rolecall.event.Subject;
import java.util.List;

/** Finds an application by what somebody has at hand, at the cost of what is found. An App ID is the beginning of its keys. */
public final class ApplicationLookup {

    /** Most applications found. */
    public static final int MOST_FOUND = 100;

    private final ProfileStore profiles;

    ApplicationLookup(ProfileStore profiles) {
        this.profiles = profiles;
    }

    /**
     * The applications of an App ID: one a tenant.
     *
     * @param appId lower case
     */
    public List<Subject> byAppId(String appId) {
        return profiles.applications(appId, MOST_FOUND);
    }

    /**
     * Applications of which this is the object id, the service principal id or the latest name, ordered by their keys. What has
     * moved from an unresolved application to its App ID is found there alone.
     *
     * @param text id or whole name, in any case
     */
    public List<Subject> byIdOrName(String text) {
        return profiles.applicationsCalled(text, MOST_FOUND);
    }
}

package io.rolecall.state;

import io.rolecall.event.Subject;
import io.rolecall.schema.state.SubjectProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds an application by what somebody has at hand. An App ID is the beginning of its keys; every other id, and the name, stands in
 * profiles alone, which are read one after the other.
 */
public final class ApplicationLookup {

    /** Most profiles read for one question, in each task: some seconds. */
    static final int MOST_PROFILES = 500_000;

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
        List<Subject> found = new ArrayList<>();
        profiles.read(StoreKeys.applications(appId), MOST_FOUND, (subject, profile) -> {
            if (subject.id().equals(appId)) {
                found.add(subject);
            }
        });
        return found;
    }

    /**
     * Applications of which this is the object id, the service principal id or the latest name, ordered by their keys. What has
     * moved from a stand-in to its App ID is found there alone.
     *
     * @param text id or whole name, in any case
     */
    public List<Subject> byIdOrName(String text) {
        String id = text.toLowerCase(Locale.ROOT);
        List<Subject> found = new ArrayList<>();
        profiles.read(StoreKeys.applications(), MOST_PROFILES, (subject, profile) -> {
            if (found.size() < MOST_FOUND && profile.getMovedTo().isEmpty() && isMeant(subject, profile, id, text)) {
                found.add(subject);
            }
        });
        return found;
    }

    private static boolean isMeant(Subject subject, SubjectProfile profile, String id, String name) {
        return profile.getServicePrincipalId().filter(id::equals).isPresent()
                || profile.getAppObjectId().filter(id::equals).isPresent()
                || profile.getDisplayName().filter(name::equalsIgnoreCase).isPresent()
                || (subject.isStandIn() && subject.id().endsWith("/" + id));
    }
}

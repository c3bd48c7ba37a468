package io.rolecall.audit;

import io.rolecall.audit.KnownApplication.HeldKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What cannot be known of an application from what was read, which is something else than that there is none. */
final class Unknowns {

    private Unknowns() {}

    /** Names of the lists to which more may belong. */
    static List<String> of(KnownApplication app, Watched watched) {
        List<String> unknown = new ArrayList<>();
        if (!app.permissionsComplete()) {
            unknown.add("permissions");
            unknown.add("users");
        }
        if (!Findings.ownersKnown(app, watched)) {
            unknown.add("owners");
        }
        boolean credentialsSeen = app.registrationSeen() && watched.saw(Watched.CREDENTIALS);
        if (!app.credentialsExported() && !credentialsSeen) {
            unknown.add("credentials");
        }
        if (!app.redirectsComplete()) {
            unknown.add("redirects");
        }
        return List.copyOf(unknown);
    }

    /** Whether sign-ins of all kinds were watched since it was registered, so that none means never. */
    static boolean neverUsed(KnownApplication app, Watched watched, Instant asOf) {
        Instant since = app.registeredAt();
        return since != null
                && app.registrationSeen()
                && app.useKnown()
                && watched.itself(since, asOf, false)
                && UseFindings.usersIdle(app, watched, since, asOf);
    }

    /** The same of one of its credentials. */
    static boolean neverUsed(KnownApplication app, HeldKey key, Watched watched, Instant asOf) {
        Instant since = key.addedAt();
        return since != null
                && key.seenAdded()
                && key.useKnown()
                && watched.keys()
                && watched.itself(since, asOf, false)
                && UseFindings.usersIdle(app, watched, since, asOf);
    }
}

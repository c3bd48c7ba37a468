package io.rolecall.alert;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.read.AzureRequests;
import io.rolecall.detection.read.Facts;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Actions in Azure that were not refused, each with its first time; those that are only known to have begun stand apart. */
final class AzureActions {

    private final Map<String, Instant> done = new TreeMap<>();
    private final Map<String, Instant> begun = new TreeMap<>();

    /** Whether an act among those of a subject is its own: a role that is given to an application is no act of it. */
    static boolean isOf(SubjectHistory subject, AppEvent act) {
        if (!(subject instanceof ApplicationHistory history)) {
            return true;
        }
        Actor actor = act.getActor();
        SubjectProfile profile = history.profile();
        return actor.getType().equals("application")
                && (actor.getAppId()
                                .filter(history.subject().id()::equalsIgnoreCase)
                                .isPresent()
                        || actor.getServicePrincipalId()
                                .filter(id -> profile.getServicePrincipalId()
                                                .filter(id::equalsIgnoreCase)
                                                .isPresent()
                                        || history.subject().isUnresolved())
                                .isPresent());
    }

    /**
     * Takes an act.
     *
     * @return whether it was not refused
     */
    boolean take(String action, AppEvent act) {
        if (!Facts.succeeded(act)) {
            return false;
        }
        FirstTimes.note(AzureRequests.begun(act) ? begun : done, action, act.getEventTime());
        return true;
    }

    /** Leaves out what only began and is like what was refused. */
    void leaveOut(Collection<String> refused) {
        begun.keySet().removeAll(refused);
        begun.forEach((action, at) -> FirstTimes.note(done, action, at));
        begun.clear();
    }

    /** The actions that are left, ordered. */
    Set<String> names() {
        return done.keySet();
    }

    /** When each was first. */
    List<Instant> firsts() {
        return List.copyOf(done.values());
    }
}

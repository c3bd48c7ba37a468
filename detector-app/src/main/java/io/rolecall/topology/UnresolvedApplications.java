package io.rolecall.topology;

import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.state.InquiryFacts;
import io.rolecall.state.Profiles;
import io.rolecall.state.SubjectStores;
import io.rolecall.state.TaskClock;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/** Moves what came for an unresolved application, once its App ID is known. */
final class UnresolvedApplications {

    private UnresolvedApplications() {}

    /** A fact of an unresolved application on its way to the App ID. */
    static Record<String, Routed> moved(Subject unresolved, String appId, AppEvent fact, long timestamp) {
        boolean derived = fact.getOperation().equals(Operations.ACTOR_ADDRESS) || InquiryFacts.isOne(fact);
        AppEvent moved = derived
                ? fact
                : AppEvent.newBuilder(fact)
                        .setAppId(appId)
                        .setAppIdResolved(true)
                        .build();
        return new Record<>(
                Subject.application(unresolved.tenantId(), appId).key(),
                new Routed.Fact(moved),
                timestamp,
                TaskClock.movedHeaders());
    }

    /**
     * Takes everything out of the history of an unresolved application and leaves word where it went.
     *
     * @param learned the pair that tells the App ID
     * @return what was in the history
     */
    static List<AppEvent> empty(
            SubjectStores stores, Subject unresolved, Optional<SubjectProfile> profile, AppEvent learned) {
        List<AppEvent> facts = stores.history().removeAll(unresolved);
        stores.profiles()
                .put(
                        unresolved,
                        profile,
                        SubjectProfile.newBuilder(profile.orElseGet(() -> Profiles.of(learned)))
                                .setMovedTo(learned.getAppId().orElseThrow())
                                .build());
        return facts;
    }
}

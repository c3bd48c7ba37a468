package io.rolecall.topology;

import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.event.Subjects;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.state.Profiles;
import io.rolecall.state.SubjectStores;
import io.rolecall.state.TaskClock;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/** Moves what came for an application under its stand-in, once the App ID is known. */
final class StandIns {

    private StandIns() {}

    /** A fact of a stand-in on its way to the application. */
    static Record<String, Routed> moved(Subject standIn, String appId, AppEvent fact, long timestamp) {
        boolean derived = fact.getOperation().equals(Operations.ACTOR_ADDRESS);
        AppEvent moved = derived ? fact : Subjects.resolved(fact, appId);
        return new Record<>(
                Subject.application(standIn.tenantId(), appId).key(),
                new Routed.Fact(moved),
                timestamp,
                TaskClock.movedHeaders());
    }

    /**
     * Takes everything out of a stand-in's history and leaves word where it went.
     *
     * @param learned the pair that tells the App ID
     * @return what was in the history
     */
    static List<AppEvent> empty(
            SubjectStores stores, Subject standIn, Optional<SubjectProfile> profile, AppEvent learned) {
        List<AppEvent> facts = stores.history().removeAll(standIn);
        stores.profiles()
                .put(
                        standIn,
                        SubjectProfile.newBuilder(profile.orElseGet(() -> Profiles.of(learned)))
                                .setMovedTo(learned.getAppId().orElseThrow())
                                .build());
        return facts;
    }
}

package io.rolecall.topology;

import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.event.Subjects;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.state.EventDays;
import io.rolecall.state.InquiryFacts;
import io.rolecall.state.Profiles;
import io.rolecall.state.SubjectStores;
import io.rolecall.state.TaskClock;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/** Moves what came for an unresolved application once its App ID is known, and for a person under another name. */
final class UnresolvedApplications {

    private UnresolvedApplications() {}

    /**
     * A fact on its way.
     *
     * @param from the subject that it came for
     * @param id App ID, or the better name of the person
     */
    static Record<String, Routed> moved(Subject from, String id, AppEvent fact, long timestamp) {
        boolean asItIs = from.kind() != SubjectKind.APPLICATION
                || fact.getOperation().equals(Operations.ACTOR_ADDRESS)
                || InquiryFacts.isOne(fact);
        return new Record<>(
                new Subject(from.kind(), from.tenantId(), id).key(),
                new Routed.Fact(asItIs ? fact : Subjects.resolved(fact, id)),
                timestamp,
                TaskClock.movedHeaders());
    }

    /**
     * Takes everything out of a subject's history and leaves word where it went.
     *
     * @param learned the pair that tells it
     * @param id App ID, or the better name of the person
     * @return what was in the history
     */
    static List<AppEvent> empty(
            SubjectStores stores, Subject from, Optional<SubjectProfile> profile, AppEvent learned, String id) {
        List<AppEvent> facts = stores.removeAll(from);
        SubjectProfile known = profile.orElseGet(() -> Profiles.of(learned));
        stores.profiles()
                .put(
                        from,
                        profile,
                        SubjectProfile.newBuilder(known)
                                .setMovedTo(id)
                                .setLastSeen(EventDays.later(known.getLastSeen(), learned.getEventTime()))
                                .build());
        return facts;
    }
}

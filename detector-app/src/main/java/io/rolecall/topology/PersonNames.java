package io.rolecall.topology;

import io.rolecall.event.Actors;
import io.rolecall.event.Subject;
import io.rolecall.identity.IdentityPairs;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.state.Counts;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/**
 * One person is one actor. Each name leads to a better one of the same person ({@link Actors#bestName}), and what comes under it moves
 * there. A name for which two better ones turn up leads to the best of them and tells the other one so. Whatever the order in which the
 * pairs and the facts come, all names that events have shown together lead to the best of them all, and all facts end there
 * (docs/decisions/one-person-is-one-actor.md).
 */
final class PersonNames {

    private PersonNames() {}

    /**
     * Takes a pair of names.
     *
     * @param name the subject under the lesser name
     * @param profile its profile
     * @param record the pair
     */
    static void learn(
            Correlation task, Subject name, Optional<SubjectProfile> profile, Record<String, AppEvent> record) {
        lead(task, name, profile, record);
        task.counts().add(Counts.MOVED, 1);
    }

    private static void lead(
            Correlation task, Subject name, Optional<SubjectProfile> profile, Record<String, AppEvent> record) {
        AppEvent learned = record.value();
        String better = IdentityPairs.betterName(learned).orElseThrow();
        int order = Actors.bestName().compare(better, name.id());
        if (order >= 0) {
            if (order > 0) {
                tell(task, record, better, name.id());
            }
            return;
        }
        Optional<String> known = profile.flatMap(SubjectProfile::getMovedTo);
        if (known.isEmpty()) {
            task.supersede(
                    name, "Another name of this person has become known: superseded by the alert under it.", record);
            follow(task, name, profile, record, better);
            return;
        }
        int best = Actors.bestName().compare(better, known.orElseThrow());
        if (best < 0) {
            follow(task, name, profile, record, better);
            tell(task, record, known.orElseThrow(), better);
        } else {
            follow(task, name, profile, record, known.orElseThrow());
            if (best > 0) {
                tell(task, record, better, known.orElseThrow());
            }
        }
    }

    /** Leads the name to a better one, with all that is there, and keeps that as long as anybody shows the pair. */
    private static void follow(
            Correlation task,
            Subject name,
            Optional<SubjectProfile> profile,
            Record<String, AppEvent> record,
            String better) {
        UnresolvedApplications.empty(task.stores(), name, profile, record.value(), better)
                .forEach(fact ->
                        task.context().forward(UnresolvedApplications.moved(name, better, fact, record.timestamp())));
        task.stores().indexProfile(name, record.value().getEventTime());
    }

    private static void tell(Correlation task, Record<String, AppEvent> record, String name, String better) {
        IdentityPairs.Pair pair = IdentityPairs.ofPerson(record.value(), name, better);
        task.context().forward(new Record<>(pair.key(), new Routed.Fact(pair.fact()), record.timestamp()));
    }
}

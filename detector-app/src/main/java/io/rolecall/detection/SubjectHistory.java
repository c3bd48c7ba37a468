package io.rolecall.detection;

import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Instant;
import java.util.List;

/**
 * What is known of one subject: a window of event time in full, and a profile that reaches further back. The view is fixed: the
 * same facts give the same view, whatever order they came in.
 */
public interface SubjectHistory {

    /** Most facts that one detection may read in one evaluation. */
    int MOST_FACTS = 512;

    Subject subject();

    /** The compact summary, which outlives the facts. */
    SubjectProfile profile();

    /**
     * The acts on or by the subject, without those of single users ({@link ApplicationHistory#userDays}); merged over logs,
     * ordered by event time and act id; the newest {@value #MOST_FACTS} when there are more.
     */
    List<AppEvent> acts();

    /** Event time from which {@link #acts} is complete: {@link Instant#MIN} unless acts were left out for their number. */
    Instant actsCompleteFrom();

    /**
     * Addresses seen for the actor of an act that carries none: facts with details {@code ActorAddress}, whose slot meets the
     * interval, ordered by time and address; the earliest {@value #MOST_FACTS}.
     *
     * @param actorKey one of the actor's keys
     * @param from start, inclusive
     * @param to end, inclusive
     */
    List<AppEvent> actorAddresses(String actorKey, Instant from, Instant to);
}

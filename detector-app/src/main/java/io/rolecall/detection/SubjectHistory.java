package io.rolecall.detection;

import io.rolecall.detection.memory.Memory;
import io.rolecall.detection.memory.UndeclaredMemory;
import io.rolecall.detection.read.Grant;
import io.rolecall.detection.read.Grants;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one subject: a window of event time in full, and a profile that reaches further back. The view is fixed: the
 * same facts give the same view, whatever order they came in. What else there is depends on the kind of subject.
 */
public interface SubjectHistory {

    /** Most facts of single users, roll-ups and addresses together that one detection may read in one evaluation. */
    int MOST_FACTS = 512;

    Subject subject();

    /** The compact summary, which outlives the facts. */
    SubjectProfile profile();

    /**
     * The acts on an application, by a person, or on a tenant. Of an application without those of single users ({@link ApplicationHistory#userDays}) and without what is rolled
     * up; merged over logs, ordered by event time and act id. Where there are very many acts of one kind, some stand for all: of
     * each thing they are about the first and the last few, chosen by what happened and not by what came when, so that acts of one
     * kind never hide those of another, nor later ones earlier ones (docs/decisions/acts-are-reduced-by-what-they-are-about.md).
     */
    List<AppEvent> acts();

    /** Whether {@link #acts} leaves out any for their number. */
    boolean actsCut();

    /** Every permission that the acts show as given, by time ({@link Grants#of}). */
    default List<Grant> grants() {
        return Grants.of(acts());
    }

    /**
     * Addresses seen for the actor of an act that carries none: facts with details {@code ActorAddress}, whose slot meets the
     * interval, ordered by time and address; the earliest {@value #MOST_FACTS}.
     *
     * @param actorKey one of the actor's keys
     * @param from start, inclusive
     * @param to end, inclusive
     */
    List<AppEvent> actorAddresses(String actorKey, Instant from, Instant to);

    /** The answer to a question of one of the acts: a fact of operation {@code answer}; empty while there is none. */
    default Optional<AppEvent> answer(Question question) {
        return Optional.empty();
    }

    /**
     * The same for what is rolled up, of which nobody asks when it comes, since it is too much: what an evaluation asks here is sent
     * on after it, once, and the subject is evaluated again when the answer comes.
     *
     * @param act the event that asks
     */
    default Optional<AppEvent> answer(Question question, AppEvent act) {
        return answer(question);
    }

    /**
     * What is remembered for baselines, which reaches back further than the history: what some detection of the subject's kind
     * declares ({@link Reads#remembering}).
     */
    default Memory memory() {
        return new UndeclaredMemory();
    }
}

package io.rolecall.detection;

import io.rolecall.detection.memory.Dimension;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The history of a person: what they did, their own consents too, as far as a detection of actors reads it; from where they acted is
 * asked of {@link DetectionInput#addressOf}. Of their sign-ins, and of their reads of mail and files with an application, that is
 * kept which can matter, and only while some detection notices them ({@link Reads#noticing}).
 */
public interface ActorHistory extends SubjectHistory {

    /**
     * Successful interactive sign-ins, by day, ordered by day and what is equal in them.
     *
     * @param from start, inclusive; the day that holds it is returned
     * @param to end, inclusive
     * @param limit most to return; the earliest days win
     */
    default List<PersonalUse> signIns(Instant from, Instant to, int limit) {
        return List.of();
    }

    /**
     * Sign-ins of any kind, and reads, from a network where the person was not seen for long before: at least all those of the time
     * that {@link Reads#noticing} names; and sign-ins by a device code or a password grant. In the same order.
     *
     * @param from start, inclusive; the day that holds it is returned
     * @param to end, inclusive
     * @param limit most to return; the earliest days win
     */
    default List<PersonalUse> noticed(Instant from, Instant to, int limit) {
        return List.of();
    }

    /**
     * Whether the person was seen with a value before an event: in a sign-in, at a network also in a read of mail or files. Times of
     * which one has whole seconds and which lie within a second are those of one event in two logs, and neither is before the other.
     *
     * @param dimension country, network, autonomous system or application
     * @param value as {@link Dimension#of} gives it
     * @param from start, inclusive; on another UTC day than the event
     * @param before time of the event
     * @return a time at which it was seen
     */
    default Optional<Instant> seen(Dimension dimension, String value, Instant from, Instant before) {
        return Optional.empty();
    }
}

package io.rolecall.state;

import io.rolecall.event.Hashes;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * How events of one kind are rolled up: by a span of time and by what is equal in them. Stateless.
 *
 * @param <T> a roll-up
 */
interface RollUpKind<T extends SpecificRecord> {

    /** The first event of a roll-up: by time, then by id; of several copies of one event the smallest, so that order leaves no trace. */
    Comparator<AppEvent> FIRST = Comparator.comparing(AppEvent::getEventTime)
            .thenComparing(AppEvent::getEventId)
            .thenComparing((one, other) -> one.compareTo(other));

    /** How it is written in keys of the history store; never changes. */
    char code();

    /** Length of the spans, which begin with the UTC day. */
    Duration span();

    /** What is equal in all events of one roll-up; empty where the event does not state it. */
    List<Optional<String>> group(AppEvent event);

    /** As what an event is counted: a short text that {@link #count} understands. */
    String countedAs(AppEvent event);

    /** A roll-up in which nothing is counted yet. */
    T open(AppEvent first);

    /** Takes in what a copy of an event tells beside that there was one: minima, maxima and sets. */
    void see(T rollUp, AppEvent copy);

    /** Counts an event, or takes it out again. */
    void count(T rollUp, String as, int oneMoreOrLess);

    /** Whether anything is counted in it. */
    boolean isCounted(T rollUp);

    /** Without what the first event repeats. */
    byte[] toBytes(T rollUp);

    T fromBytes(byte[] bytes);

    default Instant start(Instant time) {
        return EventDays.start(time, span());
    }

    /** Where a copy of an event would be counted. */
    default CountedEvent counted(AppEvent copy) {
        List<Optional<String>> group = group(copy);
        String hash =
                Hashes.sha256(group.stream().map(value -> value.orElse("-")).toArray(String[]::new));
        int absent = (int) group.stream().filter(Optional::isEmpty).count();
        return new CountedEvent(absent, code(), start(copy.getEventTime()), CountedEvent.group(hash), countedAs(copy));
    }
}

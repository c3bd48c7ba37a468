package io.rolecall.state;

import io.rolecall.detection.Interval;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/**
 * Roll-ups of one kind as they are stored. Every copy of an event moves the first and the last of its roll-up, which are a minimum
 * and a maximum; counted is one copy of each event. A roll-up in which nothing is counted any more, since a better copy came, is
 * kept for its first event, and not shown.
 *
 * @param <T> a roll-up
 */
final class RollUpGroups<T extends SpecificRecord> {

    private final EntryStore store;
    private final RollUpKind<T> kind;

    RollUpGroups(EntryStore store, RollUpKind<T> kind) {
        this.store = store;
        this.kind = kind;
    }

    char code() {
        return kind.code();
    }

    CountedEvent counted(AppEvent copy) {
        return kind.counted(copy);
    }

    /** The span of time that a roll-up stands for. */
    Interval span(CountedEvent place) {
        return new Interval(place.start(), place.start().plus(kind.span()).minusNanos(1));
    }

    /**
     * Takes a copy of an event in.
     *
     * @param counts whether it is the copy that counts, and none that was counted elsewhere before
     * @return whether the roll-up says anything else than before
     */
    boolean add(byte[] subject, CountedEvent place, AppEvent copy, boolean counts) {
        byte[] key = place.key(subject);
        byte[] known = store.get(key);
        T rollUp = known == null ? kind.open(copy) : kind.fromBytes(known);
        kind.see(rollUp, copy);
        if (counts) {
            kind.count(rollUp, place.as(), 1);
        }
        byte[] now = kind.toBytes(rollUp);
        if (Arrays.equals(known, now)) {
            return false;
        }
        store.put(key, now);
        return true;
    }

    /** The roll-up of a place; empty when nothing is counted in it. */
    Optional<T> get(byte[] subject, CountedEvent place) {
        return Optional.ofNullable(store.get(place.key(subject)))
                .map(kind::fromBytes)
                .filter(kind::isCounted);
    }

    /** Takes an event out of what is counted: a better copy of it counts elsewhere. */
    void takeOut(byte[] subject, CountedEvent place) {
        byte[] key = place.key(subject);
        byte[] known = store.get(key);
        if (known != null) {
            T rollUp = kind.fromBytes(known);
            kind.count(rollUp, place.as(), -1);
            store.put(key, kind.toBytes(rollUp));
        }
    }

    /** Roll-ups that begin in the interval or hold its start, at most {@code limit}, by time; the earliest win. */
    List<T> between(byte[] subject, Instant from, Instant to, int limit) {
        return between(subject, from, to, limit, Integer.MAX_VALUE, rollUp -> true);
    }

    /**
     * The same of those that are wanted; the others hide none of them.
     *
     * @param most roll-ups to look at, wanted or not
     */
    List<T> between(byte[] subject, Instant from, Instant to, int limit, int most, Predicate<T> wanted) {
        byte[] prefix = StoreKeys.join(subject, StoreKeys.of(kind.code()));
        byte[] next = StoreKeys.join(prefix, StoreKeys.time(kind.start(EventDays.later(from, EventDays.EARLIEST))));
        Bytes end = StoreKeys.after(StoreKeys.join(prefix, StoreKeys.time(to)));
        List<T> found = new ArrayList<>();
        int left = most;
        while (true) {
            int asked = Math.min(limit - found.size(), left);
            List<KeyValue<byte[], byte[]>> page = store.between(next, end, asked);
            page.stream()
                    .map(entry -> kind.fromBytes(entry.value))
                    .filter(kind::isCounted)
                    .filter(wanted)
                    .forEach(found::add);
            left -= page.size();
            if (page.size() < asked || found.size() >= limit || left == 0) {
                return found;
            }
            next = StoreKeys.after(page.get(page.size() - 1).key).get();
        }
    }

    void expire(byte[] subject, Instant horizon) {
        byte[] start = StoreKeys.join(subject, StoreKeys.of(kind.code()));
        store.deleteBetween(start, StoreKeys.join(start, StoreKeys.time(horizon)));
    }
}

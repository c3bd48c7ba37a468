package io.rolecall.state;

import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Hashes;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * With what a person was seen on a UTC day: of each country, network, autonomous system and application the first and the last time.
 * One small entry a day, 24 bytes a value; a minimum and a maximum, so that no order shows.
 */
final class PersonalDays {

    private static final char DAY = 'm';
    private static final Set<Dimension> OF_SIGN_INS =
            EnumSet.of(Dimension.COUNTRY, Dimension.NETWORK, Dimension.AUTONOMOUS_SYSTEM, Dimension.APPLICATION);

    /** Where an application used something under the person's name; its country and system are not logged. */
    private static final Set<Dimension> OF_USE = EnumSet.of(Dimension.NETWORK);

    private final EntryStore store;

    PersonalDays(EntryStore store) {
        this.store = store;
    }

    /** The first and the last time on a day, nanoseconds since the epoch. */
    private record Times(long first, long last) {

        private Times and(Times other) {
            return new Times(Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    /**
     * What taking an event did.
     *
     * @param changed whether the day tells anything else than before
     * @param behind whether later ones of its day came before it
     */
    record Added(boolean changed, boolean behind) {}

    /**
     * Takes an event in.
     *
     * @return what that did
     */
    Added add(byte[] subject, AppEvent event) {
        byte[] key = key(subject, EventDays.day(event.getEventTime()));
        SortedMap<Long, Times> day = read(key);
        long time = EventDays.nanos(event.getEventTime());
        boolean behind = isBehind(day, time);
        boolean changed = false;
        for (Dimension dimension : event.getDetails().orElse(null) instanceof SignIn ? OF_SIGN_INS : OF_USE) {
            for (String value : dimension.of(event)) {
                Times now = new Times(time, time);
                long name = name(dimension, value);
                Times before = day.get(name);
                Times merged = before == null ? now : before.and(now);
                changed |= !merged.equals(before);
                day.put(name, merged);
            }
        }
        if (changed) {
            store.put(key, toBytes(day));
        }
        return new Added(changed, behind);
    }

    private static boolean isBehind(SortedMap<Long, Times> day, long time) {
        for (Times times : day.values()) {
            if (times.last() > time) {
                return true;
            }
        }
        return false;
    }

    /** Whether a value was seen on one of some days, in days since the epoch, both inclusive; the latest is looked at first. */
    boolean isSeen(byte[] subject, Dimension dimension, String value, long from, long to) {
        long name = name(dimension, value);
        for (long day = to; day >= from; day--) {
            if (isOn(store.get(key(subject, day)), name)) {
                return true;
            }
        }
        return false;
    }

    /** As {@link io.rolecall.detection.ActorHistory#seen} says. */
    Optional<Instant> seen(byte[] subject, Dimension dimension, String value, Instant from, Instant before) {
        long name = name(dimension, value);
        long last = EventDays.day(before);
        for (long day = EventDays.day(from); day <= last; day++) {
            Times times = read(key(subject, day)).get(name);
            if (times != null) {
                Instant at = EventDays.ofNanos(day == last ? times.first() : times.last());
                if (!at.isBefore(from) && !Facts.inLoggedOrder(before, at)) {
                    return Optional.of(at);
                }
            }
        }
        return Optional.empty();
    }

    void expire(byte[] subject, Instant horizon) {
        byte[] start = StoreKeys.join(subject, StoreKeys.of(DAY));
        store.deleteBetween(start, StoreKeys.join(start, StoreKeys.day(horizon)));
    }

    private static boolean isOn(byte @Nullable [] day, long name) {
        if (day != null) {
            ByteBuffer in = ByteBuffer.wrap(day);
            for (int at = 0; at < day.length; at += 3 * Long.BYTES) {
                if (in.getLong(at) == name) {
                    return true;
                }
            }
        }
        return false;
    }

    private SortedMap<Long, Times> read(byte[] key) {
        SortedMap<Long, Times> day = new TreeMap<>();
        byte[] known = store.get(key);
        if (known != null) {
            ByteBuffer in = ByteBuffer.wrap(known);
            while (in.hasRemaining()) {
                day.put(in.getLong(), new Times(in.getLong(), in.getLong()));
            }
        }
        return day;
    }

    private static byte[] toBytes(SortedMap<Long, Times> day) {
        ByteBuffer out = ByteBuffer.allocate(day.size() * 3 * Long.BYTES);
        day.forEach((name, times) -> out.putLong(name).putLong(times.first()).putLong(times.last()));
        return out.array();
    }

    private static long name(Dimension dimension, String value) {
        return Hashes.number(Hashes.sha256(String.valueOf(dimension.code()), value));
    }

    private static byte[] key(byte[] subject, long day) {
        Instant midnight = Instant.ofEpochSecond(day * Duration.ofDays(1).toSeconds());
        return StoreKeys.join(subject, StoreKeys.of(DAY), StoreKeys.day(midnight));
    }
}

package io.rolecall.state;

import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.read.Facts;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
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

    /** Where in the bytes of a value its first and its last time lie, and how many it has: its name comes before them. */
    private static final int FIRST = Long.BYTES;

    private static final int LAST = 2 * Long.BYTES;
    private static final int VALUE = 3 * Long.BYTES;

    private final ValueNames names = new ValueNames();
    private final EntryStore store;

    PersonalDays(EntryStore store) {
        this.store = store;
    }

    /** The first and the last time on a day, nanoseconds since the epoch. */
    private record Times(long first, long last) {}

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
        byte[] known = store.get(key);
        long time = EventDays.nanos(event.getEventTime());
        byte[] day = known == null ? new byte[0] : known.clone();
        boolean behind = isBehind(day, time);
        for (Dimension dimension : event.getDetails().orElse(null) instanceof SignIn ? OF_SIGN_INS : OF_USE) {
            for (String value : dimension.of(event)) {
                day = with(day, names.of(dimension, value), time);
            }
        }
        boolean changed = !Arrays.equals(known, day) && day.length > 0;
        if (changed) {
            store.put(key, day);
        }
        return new Added(changed, behind);
    }

    /** A day with one more time of a value; that of a value it holds is changed in place. */
    private static byte[] with(byte[] day, long name, long time) {
        ByteBuffer values = ByteBuffer.wrap(day);
        int at = at(values, name);
        if (at < day.length && values.getLong(at) == name) {
            values.putLong(at + FIRST, Math.min(values.getLong(at + FIRST), time));
            values.putLong(at + LAST, Math.max(values.getLong(at + LAST), time));
            return day;
        }
        return ByteBuffer.allocate(day.length + VALUE)
                .put(day, 0, at)
                .putLong(name)
                .putLong(time)
                .putLong(time)
                .put(day, at, day.length - at)
                .array();
    }

    /** Where a value lies in a day, or would lie: they are ordered by name. */
    private static int at(ByteBuffer day, long name) {
        int at = 0;
        while (at < day.capacity() && day.getLong(at) < name) {
            at += VALUE;
        }
        return at;
    }

    private static boolean isBehind(byte[] day, long time) {
        ByteBuffer values = ByteBuffer.wrap(day);
        for (int at = 0; at < day.length; at += VALUE) {
            if (values.getLong(at + LAST) > time) {
                return true;
            }
        }
        return false;
    }

    /** Whether a value was seen on one of some days, in days since the epoch, both inclusive; the latest is looked at first. */
    boolean isSeen(byte[] subject, Dimension dimension, String value, long from, long to) {
        long name = names.of(dimension, value);
        for (long day = to; day >= from; day--) {
            if (find(subject, day, name) != null) {
                return true;
            }
        }
        return false;
    }

    /** As {@link io.rolecall.detection.ActorHistory#seen} says. */
    Optional<Instant> seen(byte[] subject, Dimension dimension, String value, Instant from, Instant before) {
        long name = names.of(dimension, value);
        long last = EventDays.day(before);
        for (long day = EventDays.day(from); day <= last; day++) {
            Times times = find(subject, day, name);
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

    private @Nullable Times find(byte[] subject, long day, long name) {
        byte[] known = store.get(key(subject, day));
        if (known == null) {
            return null;
        }
        ByteBuffer values = ByteBuffer.wrap(known);
        int at = at(values, name);
        return at < known.length && values.getLong(at) == name
                ? new Times(values.getLong(at + FIRST), values.getLong(at + LAST))
                : null;
    }

    private static byte[] key(byte[] subject, long day) {
        Instant midnight = Instant.ofEpochSecond(day * Duration.ofDays(1).toSeconds());
        return StoreKeys.join(subject, StoreKeys.of(DAY), StoreKeys.day(midnight));
    }
}

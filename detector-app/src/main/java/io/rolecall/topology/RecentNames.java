package io.rolecall.topology;

import io.rolecall.event.Hashes;
import io.rolecall.state.EventDays;
import java.time.Duration;
import java.time.Instant;

/**
 * What a task has told lately of pairs of names of people, and of who used applications from where, so that not every sign-in tells
 * again what is known. It forgets when it likes, and pairs every month of event time: telling again changes nothing but how long they
 * are kept.
 */
final class RecentNames {

    private static final int SLOTS = 1 << 16;
    private static final long MONTH = Duration.ofDays(30).toSeconds();

    /** Nothing until it is used: most installations follow nobody. */
    private long[] slots = {};

    private long[] keys = {};
    private long[] times = {};

    /** Whether a pair has not been told lately; it has been from now on. */
    boolean isNew(String pair, Instant time) {
        String hash = Hashes.sha256(pair, String.valueOf(Math.floorDiv(time.getEpochSecond(), MONTH)));
        long told = Hashes.number(hash);
        if (slots.length == 0) {
            slots = new long[SLOTS];
        }
        int slot = (int) (told & (SLOTS - 1));
        if (slots[slot] == told) {
            return false;
        }
        slots[slot] = told;
        return true;
    }

    /** Whether nothing of a key has been told lately, or only later things; it has been from now on, at this time. */
    boolean isEarliest(String key, Instant time) {
        long name = Hashes.number(Hashes.sha256(key));
        if (keys.length == 0) {
            keys = new long[SLOTS];
            times = new long[SLOTS];
        }
        int slot = (int) (name & (SLOTS - 1));
        long at = EventDays.nanos(time);
        if (keys[slot] == name && times[slot] <= at) {
            return false;
        }
        keys[slot] = name;
        times[slot] = at;
        return true;
    }

    /** A task that begins again may have told what its last transaction did not commit. */
    void forget() {
        slots = new long[] {};
        keys = new long[] {};
        times = new long[] {};
    }
}

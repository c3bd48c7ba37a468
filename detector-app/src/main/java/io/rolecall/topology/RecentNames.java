package io.rolecall.topology;

import io.rolecall.event.Hashes;
import java.time.Duration;
import java.time.Instant;

/**
 * Which pairs of names of people a task has told lately, so that not every sign-in tells again what is known. It forgets when it likes,
 * and every month of event time: telling again changes nothing but how long the pair is kept.
 */
final class RecentNames {

    private static final int SLOTS = 1 << 16;
    private static final long MONTH = Duration.ofDays(30).toSeconds();

    /** Nothing until it is used: most installations follow nobody. */
    private long[] slots = {};

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

    /** A task that begins again may have told what its last transaction did not commit. */
    void forget() {
        slots = new long[] {};
    }
}

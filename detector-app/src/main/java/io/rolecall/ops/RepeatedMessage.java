package io.rolecall.ops;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One message that may come again: since when, how often, and what of it has been said. Times are milliseconds since 1970. */
final class RepeatedMessage {

    private final @Nullable LibraryMessage known;
    private final long first;
    private long last;
    private long total;
    private long untold;
    private boolean said;
    private String latest = "";

    RepeatedMessage(@Nullable LibraryMessage known, long now) {
        this.known = known;
        this.first = now;
        this.last = now;
    }

    /** Counts it once more. Whether it is to be said now, which it is once. */
    boolean again(String message, long now) {
        last = now;
        total++;
        latest = message;
        if (!said && now - first >= lasting().toMillis()) {
            said = true;
            untold = 0;
            return true;
        }
        untold++;
        return false;
    }

    /** Whether it has come since it was last told of; asking makes it told. */
    long takeUntold() {
        long count = said ? untold : 0;
        untold -= count;
        return count;
    }

    boolean isQuiet(long now, Duration quiet) {
        return now - last >= quiet.toMillis();
    }

    /** What is said when it is over; empty for what was never said, or ends without a word. */
    String over() {
        return said && known != null ? known.over() : "";
    }

    String latest() {
        return latest;
    }

    long total() {
        return total;
    }

    /** From the first time to the last. */
    Duration span() {
        return Duration.ofMillis(last - first);
    }

    private Duration lasting() {
        return known == null ? Duration.ZERO : known.lasting();
    }
}

package io.rolecall.sandbox.story;

import java.time.Instant;
import java.util.Comparator;

/**
 * A record on its way.
 *
 * @param delivered when it arrives, at or after its time
 * @param number breaks ties in the order of writing
 */
record SentRecord(Instant delivered, long number, Envelope envelope, Instant time, String json)
        implements Comparable<SentRecord> {

    private static final Comparator<SentRecord> ORDER =
            Comparator.comparing(SentRecord::delivered).thenComparingLong(SentRecord::number);

    SentRecord numbered(long value) {
        return new SentRecord(delivered, value, envelope, time, json);
    }

    @Override
    public int compareTo(SentRecord other) {
        return ORDER.compare(this, other);
    }
}

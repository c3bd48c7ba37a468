package io.rolecall.sandbox.story;

import java.time.Instant;
import java.util.Comparator;

/**
 * A record on its way.
 *
 * @param delivered when it arrives, at or after its time
 * @param number breaks ties in the order of writing
 */
record Delivery(Instant delivered, long number, Envelope envelope, Instant time, String json)
        implements Comparable<Delivery> {

    private static final Comparator<Delivery> ORDER =
            Comparator.comparing(Delivery::delivered).thenComparingLong(Delivery::number);

    Delivery numbered(long value) {
        return new Delivery(delivered, value, envelope, time, json);
    }

    @Override
    public int compareTo(Delivery other) {
        return ORDER.compare(this, other);
    }
}

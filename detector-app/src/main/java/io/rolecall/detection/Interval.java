package io.rolecall.detection;

import java.time.Instant;

/**
 * A span of event time.
 *
 * @param from start, inclusive
 * @param to end, inclusive
 */
public record Interval(Instant from, Instant to) {

    /** All of time. */
    public static final Interval ALL = new Interval(Instant.MIN, Instant.MAX);

    public boolean contains(Instant time) {
        return !time.isBefore(from) && !time.isAfter(to);
    }

    /** The smallest span that holds this one and a time. */
    public Interval including(Instant time) {
        return new Interval(time.isBefore(from) ? time : from, time.isAfter(to) ? time : to);
    }

    /** What lies in both; a span that holds nothing when they do not meet. */
    public Interval meeting(Interval other) {
        return new Interval(from.isAfter(other.from) ? from : other.from, to.isBefore(other.to) ? to : other.to);
    }

    /** The shortest span that holds both. */
    public Interval union(Interval other) {
        return new Interval(from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to);
    }
}

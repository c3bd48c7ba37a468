package io.rolecall.detection.memory;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One value of a dimension.
 *
 * @param value as {@link Dimension#of} gives it
 * @param at event time of the earliest successful event with the value
 * @param eventId its event id; of several at one time the smallest
 * @param days UTC days on which the value was seen, of the last {@value #SEEN_DAYS} before the newest event; without days of which a
 *     full dimension knows nothing
 */
public record FirstUse(String value, Instant at, String eventId, SortedSet<LocalDate> days) {

    /** How far the days of a value reach back, in days. */
    public static final int SEEN_DAYS = HourCount.KEPT_DAYS;

    /** The order in which values count against the bound of a dimension. */
    public static final Comparator<FirstUse> ORDER =
            Comparator.comparing(FirstUse::at).thenComparing(FirstUse::eventId).thenComparing(FirstUse::value);

    public FirstUse {
        days = Collections.unmodifiableSortedSet(new TreeSet<>(days));
    }
}

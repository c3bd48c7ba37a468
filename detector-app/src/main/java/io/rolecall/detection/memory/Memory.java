package io.rolecall.detection.memory;

import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is remembered of one subject beyond its history, for baselines. All of it is a function of the set of events, whatever order
 * they came in and however often; all but the number of failures counts successful events alone. It is kept until 400 days after the
 * subject's last fact, but for what is said to be kept for less, and only what some detection declares
 * ({@link io.rolecall.detection.Reads#remembering}). Nothing is remembered of an application whose App ID is not known yet: once it
 * is, its facts move, and the memory of the App ID is made from them.
 *
 * <p>Every method throws {@link IllegalStateException} when no detection of the subject's kind declares what is asked for: what is not
 * kept would look like what never happened.
 */
public interface Memory {

    /**
     * The baseline of several sources counted together.
     *
     * @return {@link Baseline#NONE} when there was no event
     */
    default Baseline baseline(Set<ActivitySource> sources) {
        return baseline(sources, List.of());
    }

    /**
     * The same, counted together with successful acts of sources that are not remembered but held by the history.
     *
     * @param acts in any order
     */
    Baseline baseline(Set<ActivitySource> sources, Collection<AppEvent> acts);

    /** The baseline of one source. */
    default Baseline baseline(ActivitySource source) {
        return baseline(Set.of(source));
    }

    /**
     * UTC days on which there was any event of the sources, of the 400 days before the newest event.
     *
     * @param from first day, inclusive
     * @param to last day, inclusive
     */
    SortedSet<LocalDate> activeDays(Set<ActivitySource> sources, LocalDate from, LocalDate to);

    /**
     * What was used in a dimension in events of the sources.
     *
     * @return {@link FirstUses#NONE} when no event told of the dimension
     */
    FirstUses firstUses(Set<ActivitySource> sources, Dimension dimension);

    /** What was used in a dimension in events of one source. */
    default FirstUses firstUses(ActivitySource source, Dimension dimension) {
        return firstUses(Set.of(source), dimension);
    }

    /**
     * Whether an event is the first with its value in a dimension. An earlier event that comes late makes the answer no; whether
     * there is a baseline does not matter.
     *
     * @return yes if one of its values is new; no if it tells none, or all were used before; else unknown
     */
    default MemoryAnswer isNew(ActivitySource source, Dimension dimension, AppEvent event) {
        FirstUses known = firstUses(source, dimension);
        MemoryAnswer answer = MemoryAnswer.no("The event does not tell");
        for (String value : new TreeSet<>(dimension.of(event))) {
            MemoryAnswer one = known.isFirst(value, event.getEventId());
            if (one.isYes()) {
                return one;
            }
            answer =
                    one.state() == MemoryAnswer.State.UNKNOWN || answer.state() == MemoryAnswer.State.NO ? one : answer;
        }
        return answer;
    }

    /**
     * Whether a first use is one to be wondered at: whether the subject had a baseline before it, and the dimension was known for as
     * long.
     *
     * @return unknown without a baseline, or when the log has not told of the dimension for long enough
     */
    default MemoryAnswer isNewToBaseline(Set<ActivitySource> sources, Dimension dimension, FirstUse use) {
        if (!baseline(sources).isReachedBefore(use.at())) {
            return MemoryAnswer.unknown("There was no baseline before " + use.at());
        }
        FirstUses known = firstUses(sources, dimension);
        if (!known.isEstablishedBefore(use.at())) {
            return MemoryAnswer.unknown("No event told of the dimension 14 days before " + use.at());
        }
        return known.isFirst(use.value(), use.eventId());
    }

    /**
     * Counts by UTC clock hour, ascending; hours without events are left out. Kept for {@value HourCount#KEPT_DAYS} days and
     * lateness before the newest event.
     *
     * @param from start, inclusive; the hour that holds it is returned
     * @param to end, exclusive: hours that begin then or later are not returned
     */
    List<HourCount> hours(ActivitySource source, Instant from, Instant to);

    /**
     * Use of mailboxes by minutes and ten minutes, kept as long as hours.
     *
     * @param from start, inclusive
     * @param to end, exclusive
     */
    MailMinutes mailMinutes(Instant from, Instant to);
}

package io.rolecall.detection.memory;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The values of a dimension that a subject used first, at most {@value #MOST} a source. Of these the first use is exact. A full
 * dimension has seen more: of values used later than its last, nothing is known.
 *
 * @param uses ordered by {@link FirstUse#ORDER}
 * @param full whether there were more values than are kept
 */
public record FirstUses(List<FirstUse> uses, boolean full) {

    /** Most values kept of one dimension of one source. */
    public static final int MOST = 64;

    /** Of a subject that used nothing. */
    public static final FirstUses NONE = new FirstUses(List.of(), false);

    public FirstUses {
        uses = List.copyOf(uses);
    }

    /** The first use of a value; empty when it was not used, or is not known to a full dimension. */
    public Optional<FirstUse> of(String value) {
        return uses.stream().filter(use -> use.value().equals(value)).findFirst();
    }

    /** Event time of the first use of the last value of a full dimension: nothing is known of what began later. */
    public Optional<Instant> knownUntil() {
        return full && !uses.isEmpty() ? Optional.of(uses.get(uses.size() - 1).at()) : Optional.empty();
    }

    /**
     * Whether an event is the first with a value: whether the subject has never used the value before.
     *
     * @param value of the event
     * @param eventId of the event
     * @return unknown for a value that a full dimension does not hold, and for one that was never remembered
     */
    public MemoryAnswer isFirst(String value, String eventId) {
        Optional<FirstUse> known = of(value);
        if (known.isEmpty()) {
            return MemoryAnswer.unknown(
                    full
                            ? value + " was used later than the " + uses.size() + " values that are remembered"
                            : value + " is not remembered");
        }
        FirstUse first = known.get();
        return first.eventId().equals(eventId)
                ? MemoryAnswer.yes(value + " was never used before " + first.at())
                : MemoryAnswer.no(value + " was used at " + first.at());
    }

    /**
     * Whether a value was seen on a UTC day.
     *
     * @param from first day, inclusive; at most {@value FirstUse#SEEN_DAYS} days before the newest event
     * @param to last day, inclusive
     * @return unknown where a full dimension does not hold the value, or the day on which its last value came
     */
    public MemoryAnswer isSeen(String value, LocalDate from, LocalDate to) {
        Optional<FirstUse> known = of(value);
        Optional<LocalDate> seen = known.flatMap(
                use -> use.days().subSet(from, to.plusDays(1)).stream().findFirst());
        if (seen.isPresent()) {
            return MemoryAnswer.yes(value + " was seen on " + seen.get());
        }
        Optional<LocalDate> dark = knownUntil().map(FirstUses::day).filter(day -> !day.isAfter(to));
        return dark.isPresent()
                ? MemoryAnswer.unknown(
                        "With more than " + uses.size() + " values, days from " + dark.get() + " on are not remembered")
                : MemoryAnswer.no(value + " was not seen from " + from + " to " + to);
    }

    /**
     * Whether some value had been used {@link Baseline#AGE} before a time: a dimension that the log has told of only since yesterday
     * makes everything look new.
     */
    public boolean isEstablishedBefore(Instant time) {
        return !uses.isEmpty() && !uses.get(0).at().plus(Baseline.AGE).isAfter(time);
    }

    /** The first uses of several sources together; only what is exact in all of them. */
    public static FirstUses united(Collection<FirstUses> sources) {
        Optional<FirstUses> only = sources.size() == 1 ? sources.stream().findFirst() : Optional.empty();
        if (only.isPresent()) {
            return only.get();
        }
        Map<String, FirstUse> first = new TreeMap<>();
        sources.forEach(source -> source.uses().forEach(use -> first.merge(use.value(), use, FirstUses::both)));
        Optional<FirstUse> last = sources.stream()
                .filter(FirstUses::full)
                .flatMap(source -> source.uses().isEmpty()
                        ? Stream.empty()
                        : Stream.of(source.uses().get(source.uses().size() - 1)))
                .min(FirstUse.ORDER);
        List<FirstUse> exact = new ArrayList<>(first.values());
        exact.removeIf(
                use -> last.filter(end -> FirstUse.ORDER.compare(use, end) > 0).isPresent());
        exact.replaceAll(use -> last.map(end -> before(use, day(end.at()))).orElse(use));
        exact.sort(FirstUse.ORDER);
        return new FirstUses(exact, last.isPresent());
    }

    /** Without the days of which a full dimension knows nothing: the day of its last value, and all later ones. */
    public static FirstUse before(FirstUse use, LocalDate day) {
        return new FirstUse(use.value(), use.at(), use.eventId(), use.days().headSet(day));
    }

    /** The UTC day of a time. */
    public static LocalDate day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static FirstUse both(FirstUse one, FirstUse other) {
        SortedSet<LocalDate> days = new TreeSet<>(one.days());
        days.addAll(other.days());
        FirstUse first = FirstUse.ORDER.compare(one, other) <= 0 ? one : other;
        return new FirstUse(first.value(), first.at(), first.eventId(), days);
    }
}

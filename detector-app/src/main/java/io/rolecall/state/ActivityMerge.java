package io.rolecall.state;

import io.rolecall.detection.memory.Baseline;
import io.rolecall.event.Acts;
import io.rolecall.event.Hashes;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.ActivityMemory;
import io.rolecall.schema.state.EarlyAct;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Merges events into what the baseline is computed from. The five earliest acts and the earliest event of the three earliest days
 * decide it exactly: what is dropped lies behind five acts, or three days, that can only move earlier.
 */
final class ActivityMerge {

    private static final Comparator<EarlyAct> ORDER =
            Comparator.comparing(EarlyAct::getAt).thenComparing(EarlyAct::getAct);

    private ActivityMerge() {}

    /** Of the first event that is told. */
    static ActivityMemory of(AppEvent event, long daysFrom) {
        ActivityMemory first = ActivityMemory.newBuilder()
                .setEarliest(List.of(early(event)))
                .setFirstId(event.getEventId())
                .setDayFirsts(List.of(event.getEventTime()))
                .build();
        return withDay(first, event, daysFrom);
    }

    /** Of several events, without their days; empty when there are none. */
    static Optional<ActivityMemory> of(Collection<AppEvent> events) {
        Optional<ActivityMemory> all = Optional.empty();
        for (AppEvent event : events) {
            all = Optional.of(
                    all.map(known -> add(known, event, Long.MAX_VALUE)).orElseGet(() -> of(event, Long.MAX_VALUE)));
        }
        return all;
    }

    /** With one more event. */
    static ActivityMemory add(ActivityMemory known, AppEvent event, long daysFrom) {
        if (isSettled(known, event.getEventTime())) {
            long day = EventDays.day(event.getEventTime());
            return day < daysFrom || DayBlocks.has(known.getDays(), day)
                    ? known
                    : ActivityMemory.newBuilder(known)
                            .setDays(DayBlocks.with(known.getDays(), day))
                            .build();
        }
        Instant first = known.getEarliest().get(0).getAt();
        int earlier = event.getEventTime().compareTo(first);
        boolean smallerId = earlier == 0 && event.getEventId().compareTo(known.getFirstId()) < 0;
        ActivityMemory changed = ActivityMemory.newBuilder(known)
                .setEarliest(earliest(Stream.concat(known.getEarliest().stream(), Stream.of(early(event)))))
                .setFirstId(earlier < 0 || smallerId ? event.getEventId() : known.getFirstId())
                .setDayFirsts(dayFirsts(Stream.concat(known.getDayFirsts().stream(), Stream.of(event.getEventTime()))))
                .build();
        return withDay(changed, event, daysFrom);
    }

    /** Whether nothing at a time can be among the earliest any more: most events come long after those that decide. */
    static boolean isSettled(ActivityMemory known, Instant time) {
        List<EarlyAct> acts = known.getEarliest();
        List<Instant> days = known.getDayFirsts();
        return acts.size() == Baseline.EVENTS
                && days.size() == Baseline.DAYS
                && time.isAfter(acts.get(Baseline.EVENTS - 1).getAt())
                && time.isAfter(days.get(Baseline.DAYS - 1));
    }

    /** The baseline of several sources together. */
    static Baseline baseline(Collection<ActivityMemory> sources) {
        Optional<ActivityMemory> first = sources.stream()
                .min(Comparator.comparing((ActivityMemory source) ->
                                source.getEarliest().get(0).getAt())
                        .thenComparing(ActivityMemory::getFirstId));
        List<EarlyAct> acts = earliest(sources.stream().flatMap(source -> source.getEarliest().stream()));
        List<Instant> days = dayFirsts(sources.stream().flatMap(source -> source.getDayFirsts().stream()));
        return new Baseline(
                first.map(source -> source.getEarliest().get(0).getAt()),
                first.map(ActivityMemory::getFirstId),
                acts.stream().skip(Baseline.EVENTS - 1L).findFirst().map(EarlyAct::getAt),
                days.stream().skip(Baseline.DAYS - 1L).findFirst());
    }

    private static ActivityMemory withDay(ActivityMemory memory, AppEvent event, long daysFrom) {
        long day = EventDays.day(event.getEventTime());
        if (day >= daysFrom) {
            memory.setDays(DayBlocks.with(memory.getDays(), day));
        }
        return memory;
    }

    private static EarlyAct early(AppEvent event) {
        return new EarlyAct(Hashes.number(Acts.id(event)), event.getEventTime());
    }

    /** The earliest acts; copies of one act are one, at the time of the earliest copy. */
    private static List<EarlyAct> earliest(Stream<EarlyAct> acts) {
        Map<Long, EarlyAct> distinct = new TreeMap<>();
        acts.forEach(
                act -> distinct.merge(act.getAct(), act, (one, other) -> ORDER.compare(one, other) <= 0 ? one : other));
        return distinct.values().stream().sorted(ORDER).limit(Baseline.EVENTS).toList();
    }

    /** The earliest event of each of the earliest days. */
    private static List<Instant> dayFirsts(Stream<Instant> times) {
        Map<Long, Instant> firsts = new TreeMap<>();
        times.forEach(time -> firsts.merge(EventDays.day(time), time, EventDays::earlier));
        return firsts.values().stream().limit(Baseline.DAYS).toList();
    }
}

package io.rolecall.state;

import io.rolecall.detection.memory.FirstUse;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.FirstUseMemory;
import io.rolecall.schema.state.RememberedUse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Merges events into the first uses of a dimension. Those kept are the 64 earliest of all, in any order: a value that is dropped
 * lies behind 64 others, which can only move earlier, and comes back if an earlier use of it does. What is lost with it are days of
 * that value, none of them before the last value kept.
 */
final class FirstUseMerge {

    private static final Comparator<RememberedUse> ORDER = Comparator.comparing(RememberedUse::getAt)
            .thenComparing(RememberedUse::getEventId)
            .thenComparing(RememberedUse::getValue);

    private FirstUseMerge() {}

    /** With one value of one event; the same when that tells nothing new. */
    static FirstUseMemory add(FirstUseMemory known, String value, AppEvent event, long daysFrom) {
        int at = indexOf(known.getUses(), value);
        if (at >= 0 && isKnown(known.getUses().get(at), event, daysFrom)) {
            return known;
        }
        List<RememberedUse> uses = new ArrayList<>(known.getUses());
        RememberedUse before = at < 0 ? null : uses.get(at);
        RememberedUse after = before == null ? first(value, event) : earlier(before, event);
        long day = EventDays.day(event.getEventTime());
        if (day >= daysFrom) {
            after.setDays(DayBlocks.with(after.getDays(), day));
        }
        if (after.equals(before)) {
            return known;
        }
        if (before == null) {
            uses.add(after);
        } else {
            uses.set(at, after);
        }
        uses.sort(ORDER);
        boolean tooMany = uses.size() > FirstUses.MOST;
        List<RememberedUse> kept = tooMany ? uses.subList(0, FirstUses.MOST) : uses;
        return new FirstUseMemory(List.copyOf(kept), known.getFull() || tooMany);
    }

    /** Without days before one; the same when there are none. */
    static FirstUseMemory from(FirstUseMemory known, long day) {
        List<RememberedUse> uses = known.getUses().stream()
                .map(use -> RememberedUse.newBuilder(use)
                        .setDays(DayBlocks.from(use.getDays(), day))
                        .build())
                .toList();
        return uses.equals(known.getUses()) ? known : new FirstUseMemory(uses, known.getFull());
    }

    static FirstUses shown(FirstUseMemory known) {
        List<FirstUse> uses = known.getUses().stream()
                .map(use -> new FirstUse(use.getValue(), use.getAt(), use.getEventId(), DayBlocks.dates(use.getDays())))
                .toList();
        FirstUses shown = new FirstUses(uses, known.getFull());
        Optional<LocalDate> dark = shown.knownUntil().map(FirstUses::day);
        return dark.isEmpty()
                ? shown
                : new FirstUses(
                        uses.stream()
                                .map(use -> FirstUses.before(use, dark.get()))
                                .toList(),
                        true);
    }

    /** Whether a value was used before an event, and on its day too: so it is with most. */
    private static boolean isKnown(RememberedUse use, AppEvent event, long daysFrom) {
        long day = EventDays.day(event.getEventTime());
        return use.getAt().isBefore(event.getEventTime()) && (day < daysFrom || DayBlocks.has(use.getDays(), day));
    }

    private static int indexOf(List<RememberedUse> uses, String value) {
        for (int i = 0; i < uses.size(); i++) {
            if (uses.get(i).getValue().equals(value)) {
                return i;
            }
        }
        return -1;
    }

    private static RememberedUse first(String value, AppEvent event) {
        return RememberedUse.newBuilder()
                .setValue(value)
                .setAt(event.getEventTime())
                .setEventId(event.getEventId())
                .build();
    }

    private static RememberedUse earlier(RememberedUse known, AppEvent event) {
        RememberedUse one = first(known.getValue(), event);
        RememberedUse first = ORDER.compare(one, known) < 0 ? one : known;
        return RememberedUse.newBuilder(first).setDays(known.getDays()).build();
    }
}

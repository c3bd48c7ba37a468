package io.rolecall.event;

import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/** Which of several events stands for all as the earliest, whatever their order. */
public final class Earliest {

    /**
     * By second; of one second a time with a fraction comes before the whole second, since that is mostly a copy of the same act in the
     * unified audit log, which tells the time less exactly; then by time, by event, and whichever copy is the smaller one.
     */
    public static final Comparator<AppEvent> ORDER = Comparator.<AppEvent, Instant>comparing(
                    event -> event.getEventTime().truncatedTo(ChronoUnit.SECONDS))
            .thenComparing(event -> isWhole(event.getEventTime()))
            .thenComparing(AppEvent::getEventTime)
            .thenComparing(AppEvent::getEventId)
            .thenComparing((one, other) -> one.compareTo(other));

    private Earliest() {}

    private static boolean isWhole(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.SECONDS));
    }
}

package io.rolecall.detection.memory;

import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/** The memory of a history for which none was declared: refuses every question. */
public final class UndeclaredMemory implements Memory {

    @Override
    public Baseline baseline(Set<ActivitySource> sources, Collection<AppEvent> acts) {
        throw refused();
    }

    @Override
    public SortedSet<LocalDate> activeDays(Set<ActivitySource> sources, LocalDate from, LocalDate to) {
        throw refused();
    }

    @Override
    public FirstUses firstUses(Set<ActivitySource> sources, Dimension dimension) {
        throw refused();
    }

    @Override
    public List<HourCount> hours(ActivitySource source, Instant from, Instant to) {
        throw refused();
    }

    @Override
    public MailMinutes mailMinutes(Instant from, Instant to) {
        throw refused();
    }

    private static IllegalStateException refused() {
        return new IllegalStateException("No memory for baselines was declared");
    }
}

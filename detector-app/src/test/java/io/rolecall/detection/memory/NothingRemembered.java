package io.rolecall.detection.memory;

import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/** The memory of a subject that never did anything. */
public final class NothingRemembered implements Memory {

    @Override
    public Baseline baseline(Set<ActivitySource> sources, Collection<AppEvent> acts) {
        return Baseline.NONE;
    }

    @Override
    public SortedSet<LocalDate> activeDays(Set<ActivitySource> sources, LocalDate from, LocalDate to) {
        return Collections.emptySortedSet();
    }

    @Override
    public FirstUses firstUses(Set<ActivitySource> sources, Dimension dimension) {
        return FirstUses.NONE;
    }

    @Override
    public List<HourCount> hours(ActivitySource source, Instant from, Instant to) {
        return List.of();
    }

    @Override
    public MailMinutes mailMinutes(Instant from, Instant to) {
        return new MailMinutes(from, to, List.of());
    }
}

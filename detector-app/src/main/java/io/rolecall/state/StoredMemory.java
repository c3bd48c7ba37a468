package io.rolecall.state;

import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.Baseline;
import io.rolecall.detection.memory.BaselineNeed;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.detection.memory.HourCount;
import io.rolecall.detection.memory.MailMinutes;
import io.rolecall.detection.memory.Memory;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.ActivityMemory;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The memory of one subject as the stores hold it; baselines and first uses are read once an evaluation. */
final class StoredMemory implements Memory {

    private final Subject subject;
    private final MemoryNeeds needs;
    private final BaselineStore baselines;
    private final UseCounts counts;
    private final MailUse mail;
    private final Map<ActivitySource, Optional<ActivityMemory>> activities = new EnumMap<>(ActivitySource.class);
    private final Map<Use, FirstUses> uses = new HashMap<>();

    private record Use(ActivitySource source, Dimension dimension) {}

    StoredMemory(Subject subject, MemoryNeeds needs, BaselineStore baselines, UseCounts counts, MailUse mail) {
        this.subject = subject;
        this.needs = needs;
        this.baselines = baselines;
        this.counts = counts;
        this.mail = mail;
    }

    @Override
    public Baseline baseline(Set<ActivitySource> sources, Collection<AppEvent> acts) {
        List<ActivityMemory> counted = activities(sources);
        ActivityMerge.of(acts).ifPresent(counted::add);
        return ActivityMerge.baseline(counted);
    }

    @Override
    public SortedSet<LocalDate> activeDays(Set<ActivitySource> sources, LocalDate from, LocalDate to) {
        SortedSet<LocalDate> days = new TreeSet<>();
        activities(sources).forEach(source -> days.addAll(DayBlocks.dates(source.getDays())));
        return new TreeSet<>(days.subSet(from, to.plusDays(1)));
    }

    @Override
    public FirstUses firstUses(Set<ActivitySource> sources, Dimension dimension) {
        List<FirstUses> found = new ArrayList<>();
        for (ActivitySource source : new TreeSet<>(sources)) {
            if (!need(source).dimensions().contains(dimension)) {
                throw undeclared(dimension + " of " + source);
            }
            found.add(uses.computeIfAbsent(
                    new Use(source, dimension),
                    use -> FirstUseMerge.shown(baselines.firstUses(subject, source, dimension))));
        }
        return FirstUses.united(found);
    }

    @Override
    public List<HourCount> hours(ActivitySource source, Instant from, Instant to) {
        if (!need(source).counts() || source == ActivitySource.MAIL_USE) {
            throw undeclared("hours of " + source);
        }
        return counts.between(subject, source, from, to);
    }

    @Override
    public MailMinutes mailMinutes(Instant from, Instant to) {
        if (!need(ActivitySource.MAIL_USE).counts()) {
            throw undeclared("minutes of " + ActivitySource.MAIL_USE);
        }
        return mail.between(subject, from, to);
    }

    private List<ActivityMemory> activities(Set<ActivitySource> sources) {
        List<ActivityMemory> found = new ArrayList<>();
        for (ActivitySource source : new TreeSet<>(sources)) {
            need(source);
            activities
                    .computeIfAbsent(source, one -> baselines.activityOf(subject, one))
                    .ifPresent(found::add);
        }
        return found;
    }

    private BaselineNeed need(ActivitySource source) {
        return needs.of(subject.kind(), source).orElseThrow(() -> undeclared(String.valueOf(source)));
    }

    private IllegalStateException undeclared(String what) {
        return new IllegalStateException(
                "No detection of an " + subject.kind().label() + " declares that it reads the memory: " + what);
    }
}

package io.rolecall.state;

import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.BaselineNeed;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.memory.Memory;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The memory for baselines of all subjects, and its expiry. Nothing is written of a subject whose kind no detection remembers, nor of
 * an application whose App ID is not known yet.
 */
public final class Memories {

    private final MemoryNeeds needs;
    private final EntryStore baselineEntries;
    private final EntryStore countEntries;
    private final BaselineStore baselines;
    private final UseCounts counts;
    private final MailUse mail;
    private final DayIndex days;
    private final SettledMemory settled = new SettledMemory();

    /**
     * Of one task.
     *
     * @param needs what is remembered
     * @param baselineStore the store {@link Names#BASELINES}
     * @param countStore the store {@link Names#USE_COUNTS}
     */
    public Memories(
            MemoryNeeds needs,
            ReadOnlyKeyValueStore<Bytes, byte[]> baselineStore,
            ReadOnlyKeyValueStore<Bytes, byte[]> countStore) {
        this.needs = needs;
        this.baselineEntries = new EntryStore(baselineStore);
        this.countEntries = new EntryStore(countStore);
        this.baselines = new BaselineStore(baselineEntries);
        this.counts = new UseCounts(countEntries);
        this.mail = new MailUse(countEntries);
        this.days = new DayIndex(countEntries);
    }

    /**
     * Remembers an event.
     *
     * @param isNew whether the history did not know the event: only such a one is counted, everything else takes any copy
     * @param clock tells which days are still remembered
     * @return whether anything else is remembered now; a further copy of an event may tell what the first one did not
     */
    public boolean take(Subject subject, AppEvent event, boolean isNew, TaskClock clock) {
        BaselineNeed need = need(subject, event).orElse(null);
        if (need == null) {
            return false;
        }
        boolean changed = false;
        Instant countsFrom = clock.countsFrom();
        boolean success = event.getOutcome().equals("success");
        if (success) {
            changed = remember(subject, need, event, clock);
        }
        if (need.counts() && isNew && EventDays.day(event.getEventTime()) >= EventDays.day(countsFrom)) {
            count(subject, need.source(), event, success);
            changed = true;
        }
        return changed;
    }

    private boolean remember(Subject subject, BaselineNeed need, AppEvent event, TaskClock clock) {
        Map<Dimension, SortedSet<String>> uses = SettledMemory.noUses();
        need.dimensions().forEach(dimension -> uses.put(dimension, dimension.of(event)));
        Instant time = event.getEventTime();
        SettledMemory.Like like = new SettledMemory.Like(subject, need.source(), EventDays.day(time), uses);
        if (settled.holds(like, time)) {
            return false;
        }
        BaselineStore.Added activity =
                baselines.addActivity(subject, need.source(), event, EventDays.day(clock.profilesFrom()));
        boolean changed = activity.changed();
        long seenFrom = EventDays.day(clock.countsFrom());
        for (Map.Entry<Dimension, SortedSet<String>> use : uses.entrySet()) {
            changed |= baselines.addUse(subject, need.source(), use.getKey(), use.getValue(), event, seenFrom);
        }
        if (activity.settled()) {
            settled.note(like, time);
        }
        return changed;
    }

    private void count(Subject subject, ActivitySource source, AppEvent event, boolean success) {
        if (source != ActivitySource.MAIL_USE) {
            counts.add(subject, source, event);
        } else if (success) {
            mail.add(subject, event);
        }
    }

    /** Remembers that a subject has something of a day, so that expiry finds it. */
    void index(Subject subject, AppEvent event, byte[] key) {
        need(subject, event)
                .filter(need -> need.counts() || !need.dimensions().isEmpty())
                .ifPresent(need -> days.add(key));
    }

    /** How long a network is known to a person after it was seen. */
    Duration noticed() {
        return needs.noticed();
    }

    /** The memory of one subject. */
    Memory of(Subject subject) {
        return new StoredMemory(subject, needs, baselines, counts, mail);
    }

    /** Deletes counts and days of values before the horizon, whole UTC days. */
    void expireCounts(Instant horizon) {
        settled.forget();
        Instant midnight = EventDays.midnight(horizon);
        for (Subject subject : days.take(horizon)) {
            counts.expire(subject, midnight);
            mail.expire(subject, midnight);
            baselines.forgetUses(subject, EventDays.day(horizon));
        }
    }

    /** Forgets active days before the horizon of a subject that lives on. */
    void forgetActivity(Subject subject, Instant horizon) {
        settled.forget();
        if (needs.isAnyOf(subject.kind())) {
            baselines.forgetActivity(subject, EventDays.day(horizon));
        }
    }

    /** Forgets a subject; its counts are older than their own horizon and gone. */
    void forget(Subject subject) {
        settled.forget();
        if (needs.isAnyOf(subject.kind())) {
            baselines.delete(subject);
        }
    }

    /** Entries read since the stores were opened. */
    long reads() {
        return baselineEntries.reads() + countEntries.reads();
    }

    private Optional<BaselineNeed> need(Subject subject, AppEvent event) {
        return needs.isAnyOf(subject.kind()) && !subject.isUnresolved()
                ? ActivitySource.of(event).flatMap(source -> needs.of(subject.kind(), source))
                : Optional.empty();
    }
}

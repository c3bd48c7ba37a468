package io.rolecall.state;

import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.ActivityMemory;
import io.rolecall.schema.state.DayBits;
import io.rolecall.schema.state.FirstUseMemory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;

/** Activity and first uses of each subject: one entry a source, and one a source and dimension. */
final class BaselineStore {

    private static final char ACTIVITY = 'b';
    private static final char FIRST_USE = 'f';
    private static final AvroSerde<ActivityMemory> ACTIVITIES = AvroSerde.stored(ActivityMemory.class);
    private static final AvroSerde<FirstUseMemory> FIRST_USES = AvroSerde.stored(FirstUseMemory.class);
    private static final FirstUseMemory NOTHING = new FirstUseMemory(List.of(), false);

    private final EntryStore store;

    BaselineStore(EntryStore store) {
        this.store = store;
    }

    /**
     * What adding an event to a baseline did.
     *
     * @param changed whether anything is remembered that was not before
     * @param settled whether no event of this time or later can be among those that decide about the baseline
     */
    record Added(boolean changed, boolean settled) {}

    /**
     * Adds an event to the baseline and the active days.
     *
     * @param daysFrom earlier days are not remembered, in days since the epoch
     * @return what that did
     */
    Added addActivity(Subject subject, ActivitySource source, AppEvent event, long daysFrom) {
        byte[] key = activity(subject, source);
        byte[] known = store.get(key);
        ActivityMemory before = known == null ? null : ACTIVITIES.fromBytes(known);
        ActivityMemory after =
                before == null ? ActivityMerge.of(event, daysFrom) : ActivityMerge.add(before, event, daysFrom);
        boolean changed = !after.equals(before);
        if (changed) {
            store.put(key, ACTIVITIES.toBytes(after));
        }
        return new Added(changed, ActivityMerge.isSettled(after, event.getEventTime()));
    }

    /**
     * Adds what an event used in a dimension.
     *
     * @param values the event's in the dimension
     * @param daysFrom earlier days are not remembered with the values, in days since the epoch
     * @return whether anything changed
     */
    boolean addUse(
            Subject subject,
            ActivitySource source,
            Dimension dimension,
            Set<String> values,
            AppEvent event,
            long daysFrom) {
        byte[] key = firstUse(subject, source, dimension);
        FirstUseMemory before = null;
        FirstUseMemory after = null;
        for (String value : values) {
            if (after == null) {
                byte[] known = store.get(key);
                before = known == null ? NOTHING : FIRST_USES.fromBytes(known);
                after = before;
            }
            after = FirstUseMerge.add(after, value, event, daysFrom);
        }
        if (after != null && !after.equals(before)) {
            store.put(key, FIRST_USES.toBytes(after));
            return true;
        }
        return false;
    }

    Optional<ActivityMemory> activityOf(Subject subject, ActivitySource source) {
        byte[] known = store.get(activity(subject, source));
        return known == null ? Optional.empty() : Optional.of(ACTIVITIES.fromBytes(known));
    }

    FirstUseMemory firstUses(Subject subject, ActivitySource source, Dimension dimension) {
        byte[] known = store.get(firstUse(subject, source, dimension));
        return known == null ? NOTHING : FIRST_USES.fromBytes(known);
    }

    /** Forgets on which days before one a subject was active. */
    void forgetActivity(Subject subject, long day) {
        for (KeyValue<byte[], byte[]> entry : entries(subject, ACTIVITY)) {
            ActivityMemory known = ACTIVITIES.fromBytes(entry.value);
            List<DayBits> days = DayBlocks.from(known.getDays(), day);
            if (!days.equals(known.getDays())) {
                known.setDays(days);
                store.put(entry.key, ACTIVITIES.toBytes(known));
            }
        }
    }

    /** Forgets on which days before one a subject's values were seen. */
    void forgetUses(Subject subject, long day) {
        for (KeyValue<byte[], byte[]> entry : entries(subject, FIRST_USE)) {
            FirstUseMemory known = FIRST_USES.fromBytes(entry.value);
            FirstUseMemory kept = FirstUseMerge.from(known, day);
            if (!kept.equals(known)) {
                store.put(entry.key, FIRST_USES.toBytes(kept));
            }
        }
    }

    void delete(Subject subject) {
        store.deleteWithPrefix(StoreKeys.subject(subject));
    }

    private List<KeyValue<byte[], byte[]>> entries(Subject subject, char group) {
        return store.withPrefix(StoreKeys.join(StoreKeys.subject(subject), StoreKeys.of(group)), Integer.MAX_VALUE);
    }

    private static byte[] activity(Subject subject, ActivitySource source) {
        return StoreKeys.join(StoreKeys.subject(subject), StoreKeys.of(ACTIVITY), StoreKeys.of(source.code()));
    }

    private static byte[] firstUse(Subject subject, ActivitySource source, Dimension dimension) {
        return StoreKeys.join(
                StoreKeys.subject(subject),
                StoreKeys.of(FIRST_USE),
                StoreKeys.of(source.code()),
                StoreKeys.of(dimension.code()));
    }
}

package io.rolecall.state;

import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.HourCount;
import io.rolecall.event.SignIns;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.CountMemory;
import io.rolecall.schema.state.CountedHour;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;

/** How often things happen an hour: one entry a subject, source and UTC day. */
final class UseCounts {

    private static final char HOURS = 'h';
    private static final long SECONDS_A_DAY = 86_400;
    private static final AvroSerde<CountMemory> COUNTS = AvroSerde.stored(CountMemory.class);

    private final EntryStore store;

    UseCounts(EntryStore store) {
        this.store = store;
    }

    /** Counts an event, which has not been counted before. */
    void add(Subject subject, ActivitySource source, AppEvent event) {
        boolean success = event.getOutcome().equals("success");
        if (!success && SignIns.interrupted(event)) {
            return;
        }
        byte[] key = StoreKeys.join(prefix(subject, source), StoreKeys.day(event.getEventTime()));
        byte[] known = store.get(key);
        TreeMap<Integer, CountedHour> hours = new TreeMap<>();
        if (known != null) {
            COUNTS.fromBytes(known).getHours().forEach(hour -> hours.put(hour.getHour(), hour));
        }
        int hour = EventDays.ofNanos(EventDays.nanos(event.getEventTime()))
                .atOffset(ZoneOffset.UTC)
                .getHour();
        hours.merge(
                hour,
                new CountedHour(hour, success ? 1L : 0L, success ? 0L : 1L),
                (one, other) -> new CountedHour(
                        hour, one.getSuccesses() + other.getSuccesses(), one.getFailures() + other.getFailures()));
        store.put(key, COUNTS.toBytes(new CountMemory(new ArrayList<>(hours.values()))));
    }

    /** Hours with events that hold {@code from} or begin after it, and begin before {@code to}. */
    List<HourCount> between(Subject subject, ActivitySource source, Instant from, Instant to) {
        byte[] prefix = prefix(subject, source);
        Instant first = EventDays.hour(EventDays.later(from, EventDays.EARLIEST));
        List<HourCount> counts = new ArrayList<>();
        for (KeyValue<byte[], byte[]> entry : store.between(
                StoreKeys.join(prefix, StoreKeys.day(first)),
                StoreKeys.after(StoreKeys.join(prefix, StoreKeys.day(to))),
                Integer.MAX_VALUE)) {
            Instant midnight = Instant.ofEpochSecond(StoreKeys.day(entry.key, prefix.length) * SECONDS_A_DAY);
            for (CountedHour hour : COUNTS.fromBytes(entry.value).getHours()) {
                Instant start = midnight.plus(Duration.ofHours(hour.getHour()));
                if (!start.isBefore(first) && start.isBefore(to)) {
                    counts.add(new HourCount(start, hour.getSuccesses(), hour.getFailures()));
                }
            }
        }
        return counts;
    }

    /** Deletes whole days before the horizon. */
    void expire(Subject subject, Instant horizon) {
        for (ActivitySource source : ActivitySource.values()) {
            byte[] days = prefix(subject, source);
            store.deleteBetween(days, StoreKeys.join(days, StoreKeys.day(horizon)));
        }
    }

    private static byte[] prefix(Subject subject, ActivitySource source) {
        return StoreKeys.join(StoreKeys.subject(subject), StoreKeys.of(HOURS), StoreKeys.of(source.code()));
    }
}

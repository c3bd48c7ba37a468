package io.rolecall.state;

import io.rolecall.policy.Severity;
import io.rolecall.schema.Incident;
import io.rolecall.schema.state.AlertExtract;
import io.rolecall.schema.state.IncidentGroup;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The alerts of incidents, one an entry, found by their id, from the worst on, and by their earliest and latest event: an alert of a group
 * of twenty thousand costs what an alert of a group of two costs. Beside them what is known of each group and what was published of
 * it, when it is looked at next, and when it expires.
 */
public final class IncidentStore {

    private static final AvroSerde<AlertExtract> EXTRACTS = AvroSerde.stored(AlertExtract.class);
    private static final AvroSerde<IncidentGroup> GROUPS = AvroSerde.stored(IncidentGroup.class);
    private static final AvroSerde<Incident> INCIDENTS = AvroSerde.stored(Incident.class);

    private static final char ALERT = 'a';
    private static final char WORST = 'w';
    private static final char FIRST = 'f';
    private static final char LAST = 'l';
    private static final char GROUP = 'g';
    private static final char PUBLISHED = 'p';
    private static final char LOOK = 'd';
    private static final char EXPIRES = 'e';
    private static final char CLOCK = 'c';
    private static final byte[] PRESENT = new byte[0];

    private final EntryStore entries;

    /** @param store that of a task, or a view of it that can only be read */
    public IncidentStore(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        this.entries = new EntryStore(store);
    }

    /** Entries read since this was opened, so that a test can bound the cost of an alert. */
    public long reads() {
        return entries.reads();
    }

    /** An alert that stands. */
    public Optional<AlertExtract> alert(String groupKey, String alertId) {
        return read(EXTRACTS, StoreKeys.join(of(ALERT, groupKey), StoreKeys.text(alertId)));
    }

    /** Keeps an alert that stands; what was kept under its id is to be taken out before. */
    public void put(AlertExtract alert) {
        String group = alert.getGroupKey();
        byte[] id = StoreKeys.text(alert.getAlertId());
        entries.put(StoreKeys.join(of(ALERT, group), id), EXTRACTS.toBytes(alert));
        entries.put(worstKey(alert), id);
        entries.put(timeKey(FIRST, alert, alert.getFirstEventTime()), PRESENT);
        entries.put(timeKey(LAST, alert, alert.getLastEventTime()), PRESENT);
    }

    /** Takes an alert out, as it was kept. */
    public void remove(AlertExtract alert) {
        entries.delete(StoreKeys.join(of(ALERT, alert.getGroupKey()), StoreKeys.text(alert.getAlertId())));
        entries.delete(worstKey(alert));
        entries.delete(timeKey(FIRST, alert, alert.getFirstEventTime()));
        entries.delete(timeKey(LAST, alert, alert.getLastEventTime()));
    }

    /** The worst alerts of a group: by severity and risk score, then the earliest. */
    public List<AlertExtract> worst(String groupKey, int limit) {
        List<AlertExtract> alerts = new ArrayList<>();
        for (KeyValue<byte[], byte[]> entry : entries.withPrefix(of(WORST, groupKey), limit)) {
            read(EXTRACTS, StoreKeys.join(of(ALERT, groupKey), entry.value)).ifPresent(alerts::add);
        }
        return alerts;
    }

    /** Earliest deciding event of the alerts of a group; empty without any. */
    public Optional<Instant> first(String groupKey) {
        byte[] prefix = of(FIRST, groupKey);
        return entries.withPrefix(prefix, 1).stream()
                .map(entry -> StoreKeys.time(entry.key, prefix.length))
                .findFirst();
    }

    /** Latest deciding event of the alerts of a group; empty without any. */
    public Optional<Instant> last(String groupKey) {
        byte[] prefix = of(LAST, groupKey);
        return entries.lastWithPrefix(prefix, 1).stream()
                .map(entry -> StoreKeys.time(entry.key, prefix.length))
                .findFirst();
    }

    public Optional<IncidentGroup> group(String groupKey) {
        return read(GROUPS, of(GROUP, groupKey));
    }

    /**
     * Keeps what is known of a group.
     *
     * @param before what was kept of it
     */
    public void put(Optional<IncidentGroup> before, IncidentGroup group) {
        before.ifPresent(this::removeFromIndexes);
        entries.put(of(GROUP, group.getGroupKey()), GROUPS.toBytes(group));
        if (group.getLookAt() > 0) {
            entries.put(lookKey(group), PRESENT);
        }
        entries.put(expiryKey(group), PRESENT);
    }

    private void removeFromIndexes(IncidentGroup group) {
        entries.delete(lookKey(group));
        entries.delete(expiryKey(group));
    }

    /** What was published of a group last. */
    public Optional<Incident> published(String groupKey) {
        return read(INCIDENTS, of(PUBLISHED, groupKey));
    }

    public void putPublished(Incident incident) {
        entries.put(of(PUBLISHED, incident.getGroupKey()), INCIDENTS.toBytes(incident));
    }

    /** Keys of the groups to be looked at by now, those due longest first. */
    public List<String> due(long nowMillis, int limit) {
        byte[] prefix = StoreKeys.of(LOOK);
        return entries.between(prefix, Bytes.wrap(StoreKeys.join(prefix, millis(nowMillis + 1))), limit).stream()
                .map(entry -> StoreKeys.readText(entry.key, prefix.length + Long.BYTES))
                .toList();
    }

    /** Groups whose last event lies on a day before that of a time. */
    public List<IncidentGroup> lastSeenBefore(Instant time, int limit) {
        byte[] prefix = StoreKeys.of(EXPIRES);
        return entries.between(prefix, Bytes.wrap(StoreKeys.join(prefix, StoreKeys.day(time))), limit).stream()
                .map(entry -> StoreKeys.readText(entry.key, prefix.length + Integer.BYTES))
                .flatMap(groupKey -> group(groupKey).stream())
                .toList();
    }

    /** Forgets at most {@code limit} alerts of a group, and with the last one the group. */
    public void forget(IncidentGroup group, int limit) {
        List<KeyValue<byte[], byte[]>> alerts = entries.withPrefix(of(ALERT, group.getGroupKey()), limit);
        alerts.forEach(entry -> remove(EXTRACTS.fromBytes(entry.value)));
        if (alerts.size() < limit) {
            removeFromIndexes(group);
            entries.delete(of(GROUP, group.getGroupKey()));
            entries.delete(of(PUBLISHED, group.getGroupKey()));
        }
    }

    /** Latest event of any alert that came; empty before the first. */
    public Optional<Instant> clock() {
        byte[] value = entries.get(StoreKeys.of(CLOCK));
        return value == null ? Optional.empty() : Optional.of(StoreKeys.time(value, 0));
    }

    public void setClock(Instant time) {
        entries.put(StoreKeys.of(CLOCK), StoreKeys.time(time));
    }

    private static byte[] of(char part, String groupKey) {
        return StoreKeys.join(StoreKeys.of(part), StoreKeys.text(groupKey));
    }

    private static byte[] worstKey(AlertExtract alert) {
        byte[] rank = {
            (byte) (Byte.MAX_VALUE - Severity.ofLabel(alert.getSeverity()).baseScore()),
            (byte) (Byte.MAX_VALUE - Math.min(alert.getRiskScore(), Byte.MAX_VALUE))
        };
        return StoreKeys.join(
                of(WORST, alert.getGroupKey()), rank, StoreKeys.time(alert.getFirstEventTime()), plain(alert));
    }

    private static byte[] timeKey(char part, AlertExtract alert, Instant time) {
        return StoreKeys.join(of(part, alert.getGroupKey()), StoreKeys.time(time), plain(alert));
    }

    private static byte[] plain(AlertExtract alert) {
        return alert.getAlertId().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] lookKey(IncidentGroup group) {
        return StoreKeys.join(StoreKeys.of(LOOK), millis(group.getLookAt()), StoreKeys.text(group.getGroupKey()));
    }

    private static byte[] expiryKey(IncidentGroup group) {
        return StoreKeys.join(
                StoreKeys.of(EXPIRES), StoreKeys.day(group.getLastEventTime()), StoreKeys.text(group.getGroupKey()));
    }

    /** Of wall clock, never negative, so that the order of bytes is that of time. */
    private static byte[] millis(long millis) {
        return ByteBuffer.allocate(Long.BYTES).putLong(millis).array();
    }

    private <T extends SpecificRecord> Optional<T> read(AvroSerde<T> serde, byte[] key) {
        byte[] value = entries.get(key);
        return value == null ? Optional.empty() : Optional.of(serde.fromBytes(value));
    }
}

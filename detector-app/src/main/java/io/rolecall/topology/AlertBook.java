package io.rolecall.topology;

import io.rolecall.alert.AlertRevisions;
import io.rolecall.alert.FrozenAlerts;
import io.rolecall.event.Subject;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import io.rolecall.schema.state.AlertState;
import io.rolecall.state.AvroSerde;
import io.rolecall.state.EntryStore;
import io.rolecall.state.Generation;
import io.rolecall.state.StoreFormats;
import io.rolecall.state.StoreKeys;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Alerts raised so far. Decides what is emitted: the first state at once; then a revision whenever the content differs from the
 * last one emitted, at most one per alert and interval of wall clock, a longer one when nothing changes but what is counted; the last
 * state always follows.
 */
final class AlertBook {

    private static final AvroSerde<AlertState> STATES = AvroSerde.stored(AlertState.class);

    /** Followed by the time at which the revision is due, so that a look reads what is due and nothing else. */
    private static final char DUE = 'D';

    private static final byte[] PRESENT = new byte[0];

    private final EntryStore alerts;
    private final EntryStore due;
    private final Generation generation;
    private final Duration revisionInterval;
    private final Duration evidenceInterval;
    private final Severity leastReported;

    /**
     * Alerts in their stores.
     *
     * @param revisionInterval least time between two revisions of an alert
     * @param evidenceInterval least time before a revision that changes only evidence, counts or the investigation
     * @param leastReported severity from which an alert is reported to the OCSF topic, there and ever after
     */
    AlertBook(
            KeyValueStore<Bytes, byte[]> alerts,
            KeyValueStore<Bytes, byte[]> pending,
            Duration revisionInterval,
            Duration evidenceInterval,
            Severity leastReported) {
        this.alerts = new EntryStore(alerts);
        this.due = new EntryStore(pending);
        this.generation = new Generation(alerts);
        this.revisionInterval = revisionInterval;
        this.evidenceInterval = evidenceInterval;
        this.leastReported = leastReported;
    }

    /** Has the numbering of revisions begin with the task's first record, unless it is under way. */
    void beginWith(StoreFormats formats, LongSupplier clockMillis) {
        if (!generation.hasBegun()) {
            formats.alongside(() -> generation.begin(clockMillis.getAsLong()));
        }
    }

    /** The alerts of a subject by id. */
    Map<String, AlertState> of(Subject subject) {
        return of(alerts, subject);
    }

    /** How many alerts a subject has, at most {@code limit}. */
    int number(Subject subject, int limit) {
        return alerts.withPrefix(StoreKeys.subject(subject), limit).size();
    }

    static Map<String, AlertState> of(EntryStore alerts, Subject subject) {
        Map<String, AlertState> states = new TreeMap<>();
        for (KeyValue<byte[], byte[]> entry : alerts.withPrefix(StoreKeys.subject(subject), Integer.MAX_VALUE)) {
            AlertState state = STATES.fromBytes(entry.value);
            states.put(state.getLatest().getAlertId(), state);
        }
        return states;
    }

    /**
     * Takes the newest content of an alert.
     *
     * @param known what is known of it; null when it is new
     * @param horizon event time before which facts may have expired: an alert that reaches further back keeps what it had
     * @return the revision to emit now, if any
     */
    Optional<Routed.Raised> update(
            Subject subject,
            Optional<AlertState> known,
            Alert content,
            Instant anchorTime,
            Instant horizon,
            long nowMillis) {
        if (known.isEmpty()) {
            return Optional.of(emit(subject, content, anchorTime, Optional.empty(), nowMillis));
        }
        AlertState state = known.orElseThrow();
        boolean frozen =
                Coverage.stands(state) && state.getLatest().getFirstEventTime().isBefore(horizon);
        Alert latest = frozen ? FrozenAlerts.merge(state.getLatest(), content) : content;
        Alert emitted = state.getEmitted().orElse(state.getLatest());
        if (AlertRevisions.sameContent(emitted, latest)) {
            // What an alert says may stay as it is while its anchor moves: other detections read the anchor's time.
            Instant anchored = frozen ? state.getAnchorTime() : anchorTime;
            if (!AlertRevisions.sameContent(state.getLatest(), latest) || !anchored.equals(state.getAnchorTime())) {
                put(subject, waiting(state, emitted, latest, anchored));
            }
            return Optional.empty();
        }
        long dueAt = dueAt(state, emitted, latest);
        if (nowMillis >= dueAt) {
            return Optional.of(emit(subject, latest, anchorTime, known, nowMillis));
        }
        put(subject, waiting(state, emitted, latest, anchorTime));
        due.put(StoreKeys.join(StoreKeys.of(DUE), time(dueAt), key(subject, latest.getAlertId())), PRESENT);
        return Optional.empty();
    }

    /** Emits the last state of alerts whose interval has passed. */
    List<Routed.Raised> emitDue(long nowMillis) {
        List<Routed.Raised> revisions = new ArrayList<>();
        byte[] first = StoreKeys.of(DUE);
        for (KeyValue<byte[], byte[]> entry : due.between(first, StoreKeys.join(first, time(nowMillis + 1)))) {
            due.delete(entry.key);
            emitLatest(Arrays.copyOfRange(entry.key, first.length + Long.BYTES, entry.key.length), nowMillis)
                    .ifPresent(revisions::add);
        }
        return revisions;
    }

    /** An alert that has been emitted since it was held back is due again later, under another entry. */
    private Optional<Routed.Raised> emitLatest(byte[] key, long nowMillis) {
        byte[] value = alerts.get(key);
        if (value == null) {
            return Optional.empty();
        }
        AlertState state = STATES.fromBytes(value);
        Alert emitted = state.getEmitted().orElse(state.getLatest());
        return nowMillis < dueAt(state, emitted, state.getLatest())
                        || AlertRevisions.sameContent(emitted, state.getLatest())
                ? Optional.empty()
                : Optional.of(emit(
                        StoreKeys.subject(key),
                        state.getLatest(),
                        state.getAnchorTime(),
                        Optional.of(state),
                        nowMillis));
    }

    private Routed.Raised emit(
            Subject subject, Alert content, Instant anchorTime, Optional<AlertState> known, long nowMillis) {
        Optional<Alert> before = known.map(state -> state.getEmitted().orElse(state.getLatest()));
        Alert revision = Alert.newBuilder(content)
                .setGeneration(generation.millis())
                .setRevision(before.map(Alert::getRevision).orElse(0) + 1)
                .setChangeSummary(before.map(last -> AlertRevisions.changeSummary(last, content))
                        .orElse(null))
                .setEmittedAt(Instant.ofEpochMilli(nowMillis))
                .build();
        Routed.Report report =
                report(content, known.map(AlertState::getReported).orElse(false));
        put(subject, new AlertState(revision, content, anchorTime, nowMillis, report != Routed.Report.NONE));
        return new Routed.Raised(revision, report);
    }

    /**
     * An alert that the OCSF topic has told of is told of to its end: its update or withdrawal may be less severe than what is told
     * of at all, and without it the finding would stay open with everybody who reads only there.
     */
    private Routed.Report report(Alert content, boolean reported) {
        if (reported) {
            return Routed.Report.FURTHER;
        }
        boolean severe = Severity.ofLabel(content.getSeverity()).compareTo(leastReported) >= 0;
        return severe && !content.getStatus().equals("withdrawn") ? Routed.Report.FIRST : Routed.Report.NONE;
    }

    private static AlertState waiting(AlertState state, Alert emitted, Alert latest, Instant anchorTime) {
        return new AlertState(emitted, latest, anchorTime, state.getEmittedAtMillis(), state.getReported());
    }

    private void put(Subject subject, AlertState state) {
        alerts.put(key(subject, state.getLatest().getAlertId()), STATES.toBytes(state));
    }

    private static byte[] key(Subject subject, String alertId) {
        return StoreKeys.join(StoreKeys.subject(subject), StoreKeys.text(alertId));
    }

    private long dueAt(AlertState state, Alert emitted, Alert latest) {
        Duration interval =
                AlertRevisions.onlyCounts(emitted, latest) && evidenceInterval.compareTo(revisionInterval) > 0
                        ? evidenceInterval
                        : revisionInterval;
        return state.getEmittedAtMillis() + interval.toMillis();
    }

    /** Of wall clock, never negative, so that the order of bytes is that of time. */
    private static byte[] time(long millis) {
        return ByteBuffer.allocate(Long.BYTES).putLong(millis).array();
    }
}

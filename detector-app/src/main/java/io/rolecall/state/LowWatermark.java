package io.rolecall.state;

import io.rolecall.schema.SourceMark;
import io.rolecall.schema.SourceProgress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * The event time up to which a step has been told everything: the least that any partition feeding it has been read up to. A
 * partition without a word holds it where it is; one that is read to its end and quiet does not hold it. It never goes back, and
 * it never lies further behind the newest event than it may be held, so that state stays bounded. One value a partition is kept in
 * the step's store. See {@code docs/decisions/low-watermark.md}.
 */
public final class LowWatermark {

    private static final byte[] MARKS = StoreKeys.join(StoreKeys.of(StoreKeys.OF_THE_STORE), StoreKeys.of('m'));
    private static final byte[] TIME = StoreKeys.join(StoreKeys.of(StoreKeys.OF_THE_STORE), StoreKeys.of('w'));
    private static final byte[] BEGAN = StoreKeys.join(StoreKeys.of(StoreKeys.OF_THE_STORE), StoreKeys.of('b'));

    private final EntryStore store;
    private final Supplier<List<SourceTopic>> feeding;
    private final Duration holdAtMost;
    private final Map<SourcePartition, Reach> marks = new HashMap<>();
    private List<SourceTopic> listed = List.of();
    private Instant time;

    /** The newest event when the step was first told of any. */
    private Instant began;

    private Instant newest = Instant.MIN;
    private @Nullable SourcePartition slowest;
    private @Nullable SourcePartition slowestOfLogs;
    private boolean forced;

    /**
     * How far a partition has been read.
     *
     * @param upTo event time; {@link Instant#MIN} when nothing has been read
     * @param holds whether it holds the watermark
     */
    private record Reach(Instant upTo, boolean holds) {

        static final Reach NOTHING = new Reach(Instant.MIN, true);
    }

    /**
     * Where the watermark stands and why.
     *
     * @param time event time up to which everything has come; empty before the first event
     * @param newest largest event time of any partition; empty before the first event
     * @param slowest the partition that holds it, or that it goes on without; empty when none does
     * @param forced whether it goes on without a partition of the raw logs, which would hold it longer than it may
     */
    public record Standing(
            Optional<Instant> time, Optional<Instant> newest, Optional<SourcePartition> slowest, boolean forced) {}

    /**
     * Reads what is kept.
     *
     * @param store the step's store
     * @param feeding the topics that feed the step, as the brokers have them now
     * @param holdAtMost event time that it lies at most behind the newest event
     */
    public LowWatermark(EntryStore store, Supplier<List<SourceTopic>> feeding, Duration holdAtMost) {
        this.store = store;
        this.feeding = feeding;
        this.holdAtMost = holdAtMost;
        this.time = kept(TIME);
        this.began = kept(BEGAN);
        for (KeyValue<byte[], byte[]> entry : store.withPrefix(MARKS, Integer.MAX_VALUE)) {
            ByteBuffer key = ByteBuffer.wrap(entry.key, MARKS.length, entry.key.length - MARKS.length);
            // What was quiet need not be so any more: it holds until it is told again that it does not.
            marks.put(SourcePartition.ofKey(key), new Reach(instant(entry.value), true));
        }
    }

    /** The event time; {@link Instant#MIN} before the first event. */
    public Instant time() {
        return time;
    }

    /** Where it stands, and why. */
    public Standing standing() {
        return new Standing(known(time), known(newest), Optional.ofNullable(forced ? slowestOfLogs : slowest), forced);
    }

    /**
     * Takes what a step tells of its partitions.
     *
     * @return whether the watermark has moved
     */
    public boolean take(SourceProgress progress) {
        for (SourceMark mark : progress.getMarks()) {
            SourcePartition partition = SourcePartition.of(mark);
            Reach reach = new Reach(mark.getReadUpTo().map(EventDays::ofNanos).orElse(Instant.MIN), mark.getHolds());
            if (!reach.equals(marks.put(partition, reach))) {
                keep(StoreKeys.join(MARKS, partition.key()), reach.upTo());
            }
        }
        return move();
    }

    /**
     * Takes notice of topics that have come or gone.
     *
     * @return whether the watermark has moved, because one has gone that held it
     */
    public boolean refresh() {
        return !feeding.get().equals(listed) && move();
    }

    private boolean move() {
        if (feeding.get().isEmpty()) {
            return false; // the brokers have not been asked yet
        }
        look();
        if (began.equals(Instant.MIN) && newest.isAfter(began)) {
            began = newest;
            keep(BEGAN, began);
        }
        Instant least = least(slowest);
        Instant bound = newest.equals(Instant.MIN) ? newest : EventDays.minus(newest, holdAtMost);
        forced = isLeftOut(least(slowestOfLogs), bound);
        Instant now = EventDays.later(least, bound);
        if (!now.isAfter(time)) {
            return false;
        }
        time = now;
        keep(TIME, time);
        return true;
    }

    /** An empty partition leaves nothing out before the newest event has gone so far that it cannot be the first of a backlog. */
    private boolean isLeftOut(Instant least, Instant bound) {
        return least.isBefore(bound) && (least.isAfter(Instant.MIN) || bound.isAfter(began));
    }

    private Instant least(@Nullable SourcePartition held) {
        return held == null ? newest : reachOf(held).upTo();
    }

    private Instant kept(byte[] key) {
        byte[] known = store.get(key);
        return known == null ? Instant.MIN : instant(known);
    }

    private void keep(byte[] key, Instant instant) {
        store.put(key, bytes(instant));
    }

    /**
     * Finds the newest event, and what holds the watermark; topics of raw logs are listed before those between steps. Marks of topics
     * that are not there any more are forgotten.
     */
    private void look() {
        List<SourceTopic> now = feeding.get();
        if (!now.equals(listed)) {
            listed = now;
            forgetGone();
        }
        newest = Instant.MIN;
        slowest = null;
        slowestOfLogs = null;
        for (SourceTopic topic : listed) {
            for (int number = 0; number < topic.partitions(); number++) {
                look(new SourcePartition(topic.name(), topic.id(), number));
            }
            if (!topic.isInternal()) {
                slowestOfLogs = slowest;
            }
        }
    }

    private void look(SourcePartition partition) {
        Reach reach = reachOf(partition);
        newest = EventDays.later(newest, reach.upTo());
        if (reach.holds()
                && (slowest == null || reach.upTo().isBefore(reachOf(slowest).upTo()))) {
            slowest = partition;
        }
    }

    private Reach reachOf(SourcePartition partition) {
        return marks.getOrDefault(partition, Reach.NOTHING);
    }

    /** Of a topic whose id is not known yet, which has just been made, nothing is forgotten: its name is listed, with another id. */
    private void forgetGone() {
        List<SourcePartition> gone = marks.keySet().stream()
                .filter(partition ->
                        listed.stream().noneMatch(topic -> topic.name().equals(partition.topic())))
                .toList();
        for (SourcePartition partition : gone) {
            marks.remove(partition);
            store.delete(StoreKeys.join(MARKS, partition.key()));
        }
    }

    private static Optional<Instant> known(Instant time) {
        return time.equals(Instant.MIN) ? Optional.empty() : Optional.of(time);
    }

    /** Nothing for {@link Instant#MIN}, which is no time that fits. */
    private static byte[] bytes(Instant instant) {
        return instant.equals(Instant.MIN)
                ? new byte[0]
                : ByteBuffer.allocate(Long.BYTES)
                        .putLong(EventDays.nanos(instant))
                        .array();
    }

    private static Instant instant(byte[] bytes) {
        return bytes.length == 0
                ? Instant.MIN
                : EventDays.ofNanos(ByteBuffer.wrap(bytes).getLong());
    }
}

package io.rolecall.replay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is read of one partition.
 *
 * @param topic its topic
 * @param kind what the topic holds
 * @param partition its number
 * @param earliest first offset that was kept when the plan was made
 * @param start offset from which it is read
 * @param end offset before which reading ends: the last stable offset when the plan was made
 * @param highWatermark end of the log then; larger than {@code end} where an open transaction held readers back
 * @param firstTime time of the first record that was kept; null when there was none, or the broker did not give it out
 * @param liveFrom offset up to which the running service had committed, of raw logs and of its facts; null when that is not known or
 *     does not apply
 */
public record PlannedPartition(
        String topic,
        SourceKind kind,
        int partition,
        long earliest,
        long start,
        long end,
        long highWatermark,
        @Nullable Instant firstTime,
        @Nullable Long liveFrom) {

    /** The same with how far the running service has come. */
    public PlannedPartition withLiveFrom(long committed) {
        return new PlannedPartition(topic, kind, partition, earliest, start, end, highWatermark, firstTime, committed);
    }

    /** Offsets to read; some may hold no record. */
    public long span() {
        return Math.max(0, end - start);
    }

    /** Whether an open transaction kept what lies behind {@code end} from being read. */
    public boolean isHeldBack() {
        return highWatermark > end;
    }

    /** Whether records were deleted that reading from this time would have found. */
    public boolean isCold(Instant readFrom) {
        Instant first = firstTime;
        return kind == SourceKind.RAW && earliest > 0 && (first == null || first.isAfter(readFrom));
    }

    /** Name of its file in a directory: topics have no character that a file cannot have. */
    String fileName() {
        return topic + "-" + partition + ".part";
    }

    @Override
    public String toString() {
        return topic + "/" + partition;
    }
}

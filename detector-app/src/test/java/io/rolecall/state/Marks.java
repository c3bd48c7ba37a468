package io.rolecall.state;

import io.rolecall.schema.SourceMark;
import io.rolecall.schema.SourceProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a decode task tells of partitions, for tests. */
public final class Marks {

    static final SourceTopic LOGS = SourceTopic.ofLogs("logs", "id", 1);

    private Marks() {}

    /** A clock that one partition feeds. */
    static TaskClock clock(EntryStore store, Retention retention) {
        return new TaskClock(new LowWatermark(store, () -> List.of(LOGS), Duration.ofDays(3650)), retention);
    }

    /** That partition has been read up to a time. */
    static SourceProgress readUpTo(Instant time) {
        return progress(LOGS, 0, time, true);
    }

    public static SourceProgress progress(SourceTopic topic, int partition, @Nullable Instant upTo, boolean holds) {
        return new SourceProgress(
                "rolecall",
                List.of(SourceMark.newBuilder()
                        .setTopic(topic.name())
                        .setTopicId(topic.id())
                        .setPartition(partition)
                        .setReadUpTo(upTo == null ? null : EventDays.nanos(upTo))
                        .setHolds(holds)
                        .build()));
    }
}

package io.rolecall.topology;

import io.rolecall.config.DetectorConfig;
import io.rolecall.state.Counts;
import io.rolecall.state.EntryStore;
import io.rolecall.state.LowWatermark;
import io.rolecall.state.Names;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Makes for each step what it tells of its progress, and what it learns from the progress of those before it. */
final class Watermarks {

    /** Progress is told at most so often, by wall clock. */
    static final Duration TELL_EVERY = Duration.ofSeconds(10);

    private final DetectorConfig config;
    private final Sources sources;

    Watermarks(DetectorConfig config, Sources sources) {
        this.config = config;
        this.sources = sources;
    }

    /** Whether progress is told, which is where lateness is bounded: over files nothing is late, and nothing expires. */
    boolean areUsed() {
        return config.boundedLateness();
    }

    /** The progress of a decode task. */
    ReadingProgress reading(ProcessorContext<String, Routed> context, Counts counts) {
        return new ReadingProgress(
                config.applicationId(),
                sources,
                counts,
                config.idleAfter(),
                context.taskId().partition(),
                context.currentSystemTimeMs());
    }

    /** The watermark of a step that the decode tasks alone feed. */
    LowWatermark ofDecoded(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        return new LowWatermark(new EntryStore(store), sources::rawLogs, config.holdAtMost());
    }

    /** The watermark of the history, which all steps feed. */
    LowWatermark ofHistory(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        return new LowWatermark(new EntryStore(store), sources::all, config.holdAtMost());
    }

    /**
     * What a task between passes on.
     *
     * @param repartition name of the topic that it reads, without what the application puts around it
     */
    PassedOnProgress passedOn(ProcessorContext<String, Routed> context, String repartition) {
        return new PassedOnProgress(
                config.applicationId(),
                sources,
                Names.repartitionTopic(config.applicationId(), repartition),
                context.taskId().partition());
    }
}

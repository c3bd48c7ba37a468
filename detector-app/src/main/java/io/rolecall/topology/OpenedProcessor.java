package io.rolecall.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A step that opens once what its task works with: its context, its stores and its clock. Kafka Streams makes a processor before
 * there is a task for it, and calls {@link #init} before anything else.
 *
 * @param <K> type of the keys that come in
 * @param <V> type of the values that come in
 * @param <L> type of the keys that go out
 * @param <W> type of the values that go out
 * @param <T> what a task works with
 */
abstract class OpenedProcessor<K, V, L, W, T> implements Processor<K, V, L, W> {

    private final List<Cancellable> punctuations = new ArrayList<>();
    private @Nullable T opened;

    /** Opens what the task works with; also the place to ask for punctuations, which come later. */
    abstract T open(ProcessorContext<L, W> context);

    abstract void process(T task, Record<K, V> record);

    @Override
    public final void init(ProcessorContext<L, W> context) {
        opened = open(context);
    }

    /**
     * Asks for a punctuation by wall clock until the task ends here. Kafka Streams keeps those of a task that it closes and begins anew,
     * after an abort or when it gets it back; they would go on with what the task knew before.
     */
    final void every(ProcessorContext<L, W> context, Duration interval, Punctuator work) {
        punctuations.add(context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, work));
    }

    /** Ends what {@link #open} began; the task goes to another instance or thread, or the process ends. */
    void close(T task) {}

    @Override
    public final void close() {
        punctuations.forEach(Cancellable::cancel);
        punctuations.clear();
        T task = opened;
        if (task != null) {
            close(task);
        }
    }

    @Override
    public final void process(Record<K, V> record) {
        T task = opened;
        if (task == null) {
            throw new IllegalStateException("Kafka Streams calls init before anything else");
        }
        process(task, record);
    }
}

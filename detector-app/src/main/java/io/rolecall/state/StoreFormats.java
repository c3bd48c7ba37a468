package io.rolecall.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The number of the format that each store is written in. It lies in the store itself, under a key that comes before all others and
 * that no reader of entries meets, so it is restored, copied to standbys and committed with what it speaks of.
 *
 * <p>It is compared when a task begins, after its stores are restored, and written with the first record: what is written while a
 * task begins would open a transaction that nothing commits while no record comes, and the broker ends it after a while.
 */
public final class StoreFormats {

    /** To be raised when what an entry means, or how it is written, changes so that this build would misread an older one. */
    private static final Map<String, Integer> CURRENT = Map.of(
            Names.DECODE_COUNTS, 3,
            Names.IDENTITY, 4,
            Names.ACTORS, 5,
            Names.HISTORY, 5,
            Names.HISTORY_COUNTS, 3,
            Names.PROFILES, 4,
            Names.ALERTS, 4,
            Names.PENDING, 3,
            Names.BASELINES, 3,
            Names.USE_COUNTS, 3);

    /** Among counters, whose names are texts; readers of all counters leave it out. */
    public static final String COUNTER = "store-format";

    public static final Bytes KEY = Bytes.wrap(StoreKeys.join(StoreKeys.of(StoreKeys.OF_THE_STORE), StoreKeys.of('f')));

    private final List<Runnable> unwritten = new ArrayList<>();

    private StoreFormats() {}

    /**
     * Compares the numbers of a task's stores with those of this build.
     *
     * @param entries names of stores of bytes
     * @param counters names of stores of counters
     * @throws StoreFormatException when a store has another number, or entries and no number
     */
    public static StoreFormats compare(ProcessorContext<?, ?> context, List<String> entries, List<String> counters) {
        StoreFormats formats = new StoreFormats();
        for (String name : entries) {
            KeyValueStore<Bytes, byte[]> store = context.getStateStore(name);
            byte[] value = store.get(KEY);
            formats.compare(
                    context, store, name, value == null ? null : number(value), () -> store.put(KEY, bytes(name)));
        }
        for (String name : counters) {
            KeyValueStore<String, Long> store = context.getStateStore(name);
            formats.compare(context, store, name, store.get(COUNTER), () -> store.put(COUNTER, current(name)));
        }
        return formats;
    }

    /** Of counters alone. */
    public static StoreFormats ofCounters(ProcessorContext<?, ?> context, String name) {
        return compare(context, List.of(), List.of(name));
    }

    /** Of one store of bytes alone. */
    public static StoreFormats of(ProcessorContext<?, ?> context, String name) {
        return compare(context, List.of(name), List.of());
    }

    /** Writes the numbers of stores that are new; to be called before anything else is written. */
    public void write() {
        if (!unwritten.isEmpty()) {
            unwritten.forEach(Runnable::run);
            unwritten.clear();
        }
    }

    /** Has more written with the first record, after the numbers: by what else has to wait for it. */
    public void alongside(Runnable writing) {
        unwritten.add(writing);
    }

    private void compare(
            ProcessorContext<?, ?> context,
            KeyValueStore<?, ?> store,
            String name,
            @Nullable Long found,
            Runnable writing) {
        if (found == null && isEmpty(store)) {
            unwritten.add(writing);
        } else if (found == null || found != current(name)) {
            throw new StoreFormatException(name, String.valueOf(context.taskId()), found, current(name));
        }
    }

    private static boolean isEmpty(KeyValueStore<?, ?> store) {
        try (KeyValueIterator<?, ?> entries = store.all()) {
            return !entries.hasNext();
        }
    }

    private static long current(String name) {
        return CURRENT.getOrDefault(name, 1);
    }

    private static long number(byte[] value) {
        return value.length == Integer.BYTES ? ByteBuffer.wrap(value).getInt() : -1;
    }

    private static byte[] bytes(String name) {
        return ByteBuffer.allocate(Integer.BYTES).putInt((int) current(name)).array();
    }
}

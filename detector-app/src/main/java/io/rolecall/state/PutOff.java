package io.rolecall.state;

import io.rolecall.detection.Interval;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An evaluation that waits.
 *
 * @param focus span of event time that changed
 * @param operations of the facts that changed it; empty when anything may have changed
 */
public record PutOff(Interval focus, Optional<Set<String>> operations) {

    /** With more operations than this every detection is evaluated: most read one of them anyway. */
    private static final int MOST_OPERATIONS = 16;

    private static final String BETWEEN = "\n";

    public PutOff {
        operations = operations.map(Set::copyOf);
    }

    /** After a fact. */
    public static PutOff after(String operation, Interval focus) {
        return new PutOff(focus, Optional.of(Set.of(operation)));
    }

    /** Of every detection. */
    public static PutOff ofAll(Interval focus) {
        return new PutOff(focus, Optional.empty());
    }

    PutOff and(PutOff other) {
        Optional<Set<String>> both = operations
                .flatMap(own -> other.operations.map(more -> {
                    Set<String> all = new TreeSet<>(own);
                    all.addAll(more);
                    return all;
                }))
                .filter(all -> all.size() <= MOST_OPERATIONS)
                .map(Set::copyOf);
        return new PutOff(focus.union(other.focus), both);
    }

    byte[] toBytes() {
        byte[] names =
                String.join(BETWEEN, new TreeSet<>(operations.orElse(Set.of()))).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 * Long.BYTES + names.length)
                .putLong(EventDays.nanos(focus.from()))
                .putLong(EventDays.nanos(focus.to()))
                .put(names)
                .array();
    }

    static PutOff fromBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Interval focus = new Interval(EventDays.ofNanos(in.getLong()), EventDays.ofNanos(in.getLong()));
        String names = new String(bytes, in.position(), in.remaining(), StandardCharsets.UTF_8);
        return names.isEmpty() ? ofAll(focus) : new PutOff(focus, Optional.of(Set.of(names.split(BETWEEN))));
    }
}

package io.rolecall.state;

import io.rolecall.detection.memory.Dimension;
import io.rolecall.event.Hashes;
import java.util.HashMap;
import java.util.Map;

/** Values of dimensions as numbers, by hash. The same few come again and again, so those of late are remembered. */
final class ValueNames {

    /** About 1 MB. */
    private static final int MOST = 1 << 12;

    private final Map<Value, Long> known = new HashMap<>();

    private record Value(Dimension dimension, String value) {}

    long of(Dimension dimension, String value) {
        if (known.size() >= MOST) {
            known.clear();
        }
        return known.computeIfAbsent(
                new Value(dimension, value),
                of -> Hashes.number(Hashes.sha256(String.valueOf(dimension.code()), value)));
    }
}

package io.rolecall.source.split;

import io.rolecall.event.OperationNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Answers, on the bytes of an operation name as logged, whether a detection needs it. Each spelling is normalised once and
 * remembered, so the answer is the very one that a full decode comes to, and asking again allocates nothing.
 *
 * <p>A tenant's logs hold some hundred spellings. The memory is bounded all the same: spellings beyond the bound, and names longer
 * than any operation's, are looked up anew each time.
 */
public final class KnownOperations {

    private static final int SLOTS = 8192;
    private static final int MOST_NAMES = SLOTS / 2;
    private static final int LONGEST = 512;

    private final NeededOperations operations;
    /** An empty name marks a free slot. */
    private final byte[][] names = new byte[SLOTS][0];

    private final boolean[] needed = new boolean[SLOTS];
    private int size;

    public KnownOperations(NeededOperations operations) {
        this.operations = operations;
    }

    /**
     * Whether events of the operation have to be decoded.
     *
     * @param bytes holds the name, without quotes and without escapes
     * @param from first byte of the name
     * @param to after its last byte
     */
    boolean needed(byte[] bytes, int from, int to) {
        if (to == from || to - from > LONGEST) {
            return true;
        }
        int slot = slot(bytes, from, to);
        for (byte[] name = names[slot]; name.length > 0; name = names[slot]) {
            if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
                return needed[slot];
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        boolean answer = lookUp(bytes, from, to);
        if (size < MOST_NAMES) {
            size++;
            names[slot] = Arrays.copyOfRange(bytes, from, to);
            needed[slot] = answer;
        }
        return answer;
    }

    /** A name without a letter or digit names nothing: the decoder then looks at other fields. */
    private boolean lookUp(byte[] bytes, int from, int to) {
        String name = OperationNames.normalise(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        return name.isEmpty() || operations.needed(name) || operations.maybeTranslated(name);
    }

    private static int slot(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        return (hash ^ (hash >>> 15)) & (SLOTS - 1);
    }
}

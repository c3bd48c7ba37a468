package io.rolecall.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * What texts mean, looked up by their bytes: each is read once and remembered, so that asking again allocates nothing. The memory is
 * bounded; what is beyond it, or longer than names are, is read anew each time.
 */
final class KnownTexts {

    private static final int SLOTS = 2048;
    private static final int MOST_TEXTS = SLOTS / 2;
    private static final int LONGEST = 128;

    private final ToIntFunction<String> meaning;

    /** An empty text marks a free slot. */
    private final byte[][] texts = new byte[SLOTS][0];

    private final int[] meanings = new int[SLOTS];
    private int size;

    KnownTexts(ToIntFunction<String> meaning) {
        this.meaning = meaning;
    }

    /**
     * What a text means.
     *
     * @param bytes holds the text, without quotes and without escapes
     * @param from first byte of the text
     * @param to after its last byte
     */
    int of(byte[] bytes, int from, int to) {
        if (to == from || to - from > LONGEST) {
            return lookUp(bytes, from, to);
        }
        int slot = slot(bytes, from, to);
        for (byte[] text = texts[slot]; text.length > 0; text = texts[slot]) {
            if (Arrays.equals(text, 0, text.length, bytes, from, to)) {
                return meanings[slot];
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        int answer = lookUp(bytes, from, to);
        if (size < MOST_TEXTS) {
            size++;
            texts[slot] = Arrays.copyOfRange(bytes, from, to);
            meanings[slot] = answer;
        }
        return answer;
    }

    private int lookUp(byte[] bytes, int from, int to) {
        return meaning.applyAsInt(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    private static int slot(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        return (hash ^ (hash >>> 15)) & (SLOTS - 1);
    }
}

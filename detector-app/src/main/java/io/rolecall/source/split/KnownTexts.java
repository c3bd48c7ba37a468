package io.rolecall.source.split;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * What texts mean, looked up by their bytes: each is read once and remembered, so that asking again allocates nothing. The memory is
 * bounded; what is beyond it, or longer than texts that repeat are, is read anew each time.
 */
public final class KnownTexts {

    private final int most;
    private final int longest;
    private final ToIntFunction<String> meaning;

    /** Twice as many as texts, and a power of two; an empty text marks a free slot. */
    private final byte[][] texts;

    private final int[] meanings;
    private int size;

    /**
     * Nothing is known yet.
     *
     * @param most how many texts are remembered, a power of two
     * @param longest length of the longest that is, in bytes
     * @param meaning reads a text
     */
    public KnownTexts(int most, int longest, ToIntFunction<String> meaning) {
        this.most = most;
        this.longest = longest;
        this.meaning = meaning;
        this.texts = new byte[2 * most][0];
        this.meanings = new int[2 * most];
    }

    /**
     * What a text means.
     *
     * @param bytes holds the text, without quotes and without escapes
     * @param from first byte of the text
     * @param to after its last byte
     */
    public int of(byte[] bytes, int from, int to) {
        if (to == from || to - from > longest) {
            return lookUp(bytes, from, to);
        }
        int slot = slot(bytes, from, to);
        for (byte[] text = texts[slot]; text.length > 0; text = texts[slot]) {
            if (Arrays.equals(text, 0, text.length, bytes, from, to)) {
                return meanings[slot];
            }
            slot = (slot + 1) & (texts.length - 1);
        }
        int answer = lookUp(bytes, from, to);
        if (size < most) {
            size++;
            texts[slot] = Arrays.copyOfRange(bytes, from, to);
            meanings[slot] = answer;
        }
        return answer;
    }

    private int lookUp(byte[] bytes, int from, int to) {
        return meaning.applyAsInt(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    private int slot(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        return (hash ^ (hash >>> 15)) & (texts.length - 1);
    }
}

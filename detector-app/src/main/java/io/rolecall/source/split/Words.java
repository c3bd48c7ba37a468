package io.rolecall.source.split;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for bytes eight at a time, within a {@code long}. Most bytes of a log are inside its texts, so this is what the speed of
 * reading over them comes from; the method is that of the "Bit Twiddling Hacks" (determine if a word has a byte equal to n).
 */
public final class Words {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long SPACES = ONES * ' ';

    private Words() {}

    /** The byte eight times. */
    public static long repeated(char ascii) {
        return ONES * ascii;
    }

    /** The eight bytes from an index on, the first one lowest. */
    static long read(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    /**
     * Bit 7 of every byte of a word that is the byte looked for; bytes above the lowest such one may be marked wrongly, when they
     * differ from it in the last bit.
     *
     * @param wanted what {@link #repeated} gives
     */
    static long marks(long word, long wanted) {
        long differing = word ^ wanted;
        return (differing - ONES) & ~differing & HIGH_BITS;
    }

    /** Which byte the lowest mark marks. */
    static int lowest(long marks) {
        return Long.numberOfTrailingZeros(marks) / Byte.SIZE;
    }

    /** Index of the first of three bytes, or the end. */
    static int firstOf(byte[] bytes, int from, int end, long one, long two, long three) {
        int i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long word = read(bytes, i);
            long marks = marks(word, one) | marks(word, two) | marks(word, three);
            if (marks != 0) {
                return i + lowest(marks);
            }
        }
        byte first = (byte) one;
        byte second = (byte) two;
        byte third = (byte) three;
        while (i < end && bytes[i] != first && bytes[i] != second && bytes[i] != third) {
            i++;
        }
        return i;
    }

    /** Index of the first of two bytes or of a control character (below 0x20), or the end. */
    public static int firstOfOrControl(byte[] bytes, int from, int end, long one, long two) {
        int i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long word = read(bytes, i);
            long controls = (word - SPACES) & ~word & HIGH_BITS;
            long marks = marks(word, one) | marks(word, two) | controls;
            if (marks != 0) {
                return i + lowest(marks);
            }
        }
        byte first = (byte) one;
        byte second = (byte) two;
        while (i < end && bytes[i] != first && bytes[i] != second && (bytes[i] < 0 || bytes[i] >= ' ')) {
            i++;
        }
        return i;
    }
}

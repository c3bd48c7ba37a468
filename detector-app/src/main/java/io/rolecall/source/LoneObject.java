package io.rolecall.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Tells, eight bytes at a time, that an object goes on to the end of its record: in compact JSON a second value can begin only where
 * something other than a comma or a bracket follows a closing brace. This is several times faster than following the object's
 * brackets, and a record of one event is the usual case.
 */
final class LoneObject {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long BRACES = ONES * '}';

    private LoneObject() {}

    /**
     * Whether the record surely holds one object and nothing else. A brace inside a text may hide that; then the answer is no.
     *
     * @param from where to begin, within the object and outside strings
     * @param limit index after the last byte of the record
     */
    static boolean isLone(byte[] bytes, int from, int limit) {
        int end = BrokenInput.trim(bytes, from, limit);
        if (end <= from || bytes[end - 1] != '}') {
            return false;
        }
        int last = end - 1;
        int i = from;
        for (; i + Long.BYTES <= last; i += Long.BYTES) {
            long word = (long) LONGS.get(bytes, i) ^ BRACES;
            long braces = (word - ONES) & ~word & HIGH_BITS;
            while (braces != 0) {
                if (!goesOn(bytes[i + Long.numberOfTrailingZeros(braces) / Byte.SIZE + 1])) {
                    return false;
                }
                braces &= braces - 1;
            }
        }
        for (; i < last; i++) {
            if (bytes[i] == '}' && !goesOn(bytes[i + 1])) {
                return false;
            }
        }
        return true;
    }

    private static boolean goesOn(byte next) {
        return next == ',' || next == '}' || next == ']';
    }
}

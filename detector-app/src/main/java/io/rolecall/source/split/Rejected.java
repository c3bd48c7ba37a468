package io.rolecall.source.split;

import java.util.Arrays;

/**
 * An element that is no event, rejected alone.
 *
 * @param reason the kind of trouble
 * @param message what is wrong and where in the element, in a sentence
 * @param position {@code topic/partition/offset/index} or {@code file:line/index}
 * @param element the element's bytes, cut at {@value #MOST_BYTES}
 * @param size its full size in bytes
 */
public record Rejected(Reason reason, String message, String position, byte[] element, long size) {

    /** Most bytes of a rejected element that are kept: 256 KiB (contract section 3). */
    public static final int MOST_BYTES = 256 * 1024;

    /** An element of which all bytes are known. */
    public static Rejected of(Reason reason, String message, String position, byte[] bytes, int from, int to) {
        byte[] head = Arrays.copyOfRange(bytes, from, Math.min(to, from + MOST_BYTES));
        return new Rejected(reason, message, position, head, (long) to - from);
    }
}

package io.rolecall.source.split;

import org.jspecify.annotations.Nullable;

/**
 * One record's worth of elements read from a file: JSON values separated by line feeds, up to about 1 MiB; or one element that is
 * known to be broken.
 *
 * @param value the elements; of a broken one its bytes as they are
 * @param file name of the file as given by the user, with the member's name for archives
 * @param lines line of the file, from 1, on which each element starts
 * @param indexes number of each element within the JSON value or row it came from, from 0
 * @param dates how the local dates of the file are read
 * @param broken what is known of the one element when it is broken; null when the value is to be split
 */
public record Chunk(
        byte[] value,
        String file,
        int[] lines,
        int[] indexes,
        DateOrder dates,
        @Nullable Broken broken) {

    /**
     * An element that is known to be broken.
     *
     * @param size its full size in bytes, of which the value may hold only the beginning
     * @param reason why; null when its bytes say so
     * @param message what is wrong; empty when the bytes say so
     */
    public record Broken(long size, @Nullable Reason reason, String message) {}

    /** A chunk of elements whose local dates have the month first. */
    public Chunk(byte[] value, String file, int[] lines, int[] indexes) {
        this(value, file, lines, indexes, DateOrder.MONTH_FIRST, null);
    }

    /**
     * Positions of its elements, {@code file:line/index}. A value that turns out to be several elements stands last in its
     * chunk: the elements beyond the known ones are counted on from it.
     */
    public Positions positions() {
        return index -> {
            int known = Math.min(index, lines.length - 1);
            return file + ":" + lines[known] + "/" + (indexes[known] + index - known);
        };
    }
}

package io.rolecall.source;

/**
 * One record's worth of elements read from a file: JSON values separated by line feeds, up to about 1 MiB.
 *
 * @param value the elements
 * @param file name of the file as given by the user, with the member's name for archives
 * @param lines line of the file, from 1, on which each element starts
 * @param indexes number of each element within the JSON value or row it came from, from 0
 */
public record Chunk(byte[] value, String file, int[] lines, int[] indexes) {

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

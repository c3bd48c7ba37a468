package io.rolecall.source.split;

/** Finds the ends of the elements of a record with the product's own scanner, and does nothing else: the floor of decoding. */
public final class BareSplit {

    private final JsonScanner scanner = new JsonScanner();

    /**
     * Counts the values that stand one after the other.
     *
     * @param values JSON values separated by white space, none broken
     * @throws IllegalArgumentException when one is broken
     */
    public int count(byte[] values) {
        scanner.open(values, values.length);
        int count = 0;
        int at = scanner.skipSpace(0);
        while (at < values.length) {
            int end = scanner.endOfValue(at, 0);
            if (end < 0) {
                throw new IllegalArgumentException("A value does not end");
            }
            count++;
            at = scanner.skipSpace(end);
        }
        return count;
    }
}

package io.rolecall.source.split;

import io.rolecall.event.OperationNames;

/**
 * Answers, on the bytes of an operation name as logged, whether a detection needs it. Each spelling is normalised once and
 * remembered, so the answer is the very one that a full decode comes to, and asking again allocates nothing.
 *
 * <p>A tenant's logs hold some hundred spellings. The memory is bounded all the same: spellings beyond the bound are looked up anew
 * each time, and a name longer than any operation's is for the decoder to tell.
 */
public final class KnownOperations {

    private static final int MOST_NAMES = 4096;
    private static final int LONGEST = 512;

    private final KnownTexts names;

    public KnownOperations(NeededOperations operations) {
        this.names = new KnownTexts(MOST_NAMES, LONGEST, name -> isNeeded(operations, name) ? 1 : 0);
    }

    /**
     * Whether events of the operation have to be decoded.
     *
     * @param bytes holds the name, without quotes and without escapes
     * @param from first byte of the name
     * @param to after its last byte
     */
    boolean needed(byte[] bytes, int from, int to) {
        return to == from || to - from > LONGEST || names.of(bytes, from, to) != 0;
    }

    /** A name without a letter or digit names nothing: the decoder then looks at other fields. */
    private static boolean isNeeded(NeededOperations operations, String logged) {
        String name = OperationNames.normalise(logged);
        return name.isEmpty() || operations.needed(name) || operations.maybeTranslated(name);
    }
}

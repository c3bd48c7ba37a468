package io.rolecall.source.split;

import org.jspecify.annotations.Nullable;

/**
 * Recognises, from the operation's name and without a parse, records of one event alone that no detection needs: those of which the
 * decoder would report nothing but one skipped element. Allocates nothing. Not for use by several threads at once.
 */
public final class EarlySkip {

    private final JsonScanner scanner = new JsonScanner();
    private final ObjectProbe probe;

    /** @param needed what is worth decoding */
    public EarlySkip(NeededOperations needed) {
        this.probe = new ObjectProbe(
                scanner,
                new KnownOperations(needed),
                new FirstKeyWinsReader(DecodeSettings.DEFAULT),
                DecodeSettings.DEFAULT.everything());
    }

    /**
     * Whether a record can be left out.
     *
     * @param value the record's bytes; null or empty is not left out, since it has to be reported
     * @return false also when it cannot be told without a parse
     */
    public boolean skips(byte @Nullable [] value) {
        if (value == null || value.length == 0 || value[0] != '{') {
            return false;
        }
        scanner.open(value, value.length);
        scanner.beginValue();
        return probe.find(value, 0, false) == ObjectProbe.Finding.UNNEEDED && (probe.isAlone() || endsWithInput());
    }

    /** The long way, for records with JSON inside their texts, and for names that only the end of the object settles. */
    private boolean endsWithInput() {
        int end = probe.end();
        // An object of several lines might have swallowed some that broken syntax made part of it.
        return end > 0 && !scanner.severalLines() && scanner.skipSpace(end) == scanner.limit();
    }
}

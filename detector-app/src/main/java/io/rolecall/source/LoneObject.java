package io.rolecall.source;

/**
 * Tells, eight bytes at a time, that an object goes on to the end of its record: in compact JSON a second value can begin only where
 * something other than a comma or a bracket follows a closing brace. This is several times faster than following the object's
 * brackets, and a record of one event is the usual case.
 */
final class LoneObject {

    private static final long BRACES = Words.of('}');

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
        // Several words a turn: most have no brace, and a branch for each would cost as much as looking.
        for (; i + 4 * Long.BYTES <= last; i += 4 * Long.BYTES) {
            long first = braces(bytes, i);
            long second = braces(bytes, i + Long.BYTES);
            long third = braces(bytes, i + 2 * Long.BYTES);
            long fourth = braces(bytes, i + 3 * Long.BYTES);
            boolean goOn = (first | second | third | fourth) == 0
                    || (goOn(bytes, i, first)
                            && goOn(bytes, i + Long.BYTES, second)
                            && goOn(bytes, i + 2 * Long.BYTES, third)
                            && goOn(bytes, i + 3 * Long.BYTES, fourth));
            if (!goOn) {
                return false;
            }
        }
        for (; i < last; i++) {
            if (bytes[i] == '}' && !goesOn(bytes, i)) {
                return false;
            }
        }
        return true;
    }

    private static long braces(byte[] bytes, int word) {
        return Words.marks(Words.read(bytes, word), BRACES);
    }

    private static boolean goOn(byte[] bytes, int word, long braces) {
        for (long rest = braces; rest != 0; rest &= rest - 1) {
            if (!goesOn(bytes, word + Words.lowest(rest))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a brace is followed by more of the object, or lies in a text: JSON within JSON ends like that. */
    private static boolean goesOn(byte[] bytes, int brace) {
        byte next = bytes[brace + 1];
        return next == ',' || next == '}' || next == ']' || followsEscapedQuote(bytes, brace);
    }

    /**
     * Whether a quote that is escaped, by one backslash and not by two, stands before an index: what follows is inside a text, be it
     * the text of before that goes on, or one that the quote opens after a backslash outside texts.
     */
    private static boolean followsEscapedQuote(byte[] bytes, int index) {
        return index >= 3 && bytes[index - 1] == '"' && bytes[index - 2] == '\\' && bytes[index - 3] != '\\';
    }
}

package io.rolecall.source.split;

/**
 * Tells, eight bytes at a time, that an object goes on to the end of its record: in compact JSON a second value can begin only where
 * something other than a comma or a bracket follows a closing brace outside texts, or on a new line, after one that was cut short.
 * This is several times faster than following the object's brackets, and a record of one event is the usual case.
 */
final class LoneObject {

    private static final long BRACES = Words.repeated('}');
    private static final long LINE_FEEDS = Words.repeated('\n');

    private LoneObject() {}

    /**
     * Whether the record surely holds one object and nothing else. A brace inside a text, or a line feed anywhere, may hide that;
     * then the answer is no.
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
            long first = Words.read(bytes, i);
            long second = Words.read(bytes, i + Long.BYTES);
            long third = Words.read(bytes, i + 2 * Long.BYTES);
            long fourth = Words.read(bytes, i + 3 * Long.BYTES);
            long lineFeeds = Words.marks(first, LINE_FEEDS)
                    | Words.marks(second, LINE_FEEDS)
                    | Words.marks(third, LINE_FEEDS)
                    | Words.marks(fourth, LINE_FEEDS);
            if (lineFeeds != 0
                    || !allGoOn(bytes, i, Words.marks(first, BRACES))
                    || !allGoOn(bytes, i + Long.BYTES, Words.marks(second, BRACES))
                    || !allGoOn(bytes, i + 2 * Long.BYTES, Words.marks(third, BRACES))
                    || !allGoOn(bytes, i + 3 * Long.BYTES, Words.marks(fourth, BRACES))) {
                return false;
            }
        }
        for (; i < last; i++) {
            if (bytes[i] == '\n' || (bytes[i] == '}' && !goesOn(bytes, i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean allGoOn(byte[] bytes, int word, long braces) {
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

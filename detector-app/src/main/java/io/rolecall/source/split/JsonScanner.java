package io.rolecall.source.split;

/**
 * Finds where JSON values end, on bytes, without parsing them: it follows quotes, backslashes and brackets and nothing else. It
 * never recurses and allocates nothing. What lies between the brackets may still be wrong; a parser tells that.
 */
final class JsonScanner {

    /** Returned where a value does not end. */
    static final int BROKEN = -1;

    private static final byte QUOTE = 1;
    private static final byte OPENING = 2;
    private static final byte CLOSING = 3;
    private static final byte LINE_FEED = 4;
    private static final byte[] KINDS = kinds();

    private static final long QUOTES = Words.repeated('"');
    private static final long BACKSLASHES = Words.repeated('\\');
    private static final long LINE_FEEDS = Words.repeated('\n');

    private byte[] bytes = {};
    private int limit;
    private int deepest;
    private boolean severalLines;
    private boolean escaped;
    private int brokenAt;

    /**
     * Turns to other bytes.
     *
     * @param newBytes bytes to read, not copied
     * @param newLimit index after the last byte that may be read
     */
    void open(byte[] newBytes, int newLimit) {
        bytes = newBytes;
        limit = newLimit;
    }

    /** Moves the end of what may be read. */
    void limit(int newLimit) {
        limit = newLimit;
    }

    int limit() {
        return limit;
    }

    /** The byte at an index; 0, which stands nowhere in JSON, at the end. */
    byte at(int index) {
        return index < limit ? bytes[index] : 0;
    }

    /** Forgets depth and lines of the value before. */
    void beginValue() {
        deepest = 0;
        severalLines = false;
    }

    /** Deepest nesting seen since {@link #beginValue}, in levels. */
    int deepest() {
        return deepest;
    }

    /** Whether a line feed stood between the tokens since {@link #beginValue}. */
    boolean severalLines() {
        return severalLines;
    }

    /** Whether the last string held a backslash. */
    boolean escaped() {
        return escaped;
    }

    /** Where the last broken value broke: the line feed inside a string, or the end of the input. */
    int brokenAt() {
        return brokenAt;
    }

    /** Index of the first byte that is no white space, or the limit. */
    int skipSpace(int from) {
        int i = from;
        while (i < limit && isSpace(bytes[i])) {
            if (bytes[i] == '\n') {
                severalLines = true;
            }
            i++;
        }
        return i;
    }

    static boolean isSpace(byte c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    /**
     * End of the value that begins at an index: of an object or array after its last bracket, of a string after its quote, of
     * anything else before the next separator.
     *
     * @param depth nesting around the value, in levels
     * @return the index after the value, or {@link #BROKEN}
     */
    int endOfValue(int from, int depth) {
        byte first = at(from);
        if (first == '"') {
            return endOfString(from);
        }
        if (first == '{' || first == '[') {
            deepest = Math.max(deepest, depth + 1);
            return endOfNesting(from + 1, depth + 1, depth);
        }
        return endOfScalar(from);
    }

    /**
     * End of the string whose opening quote stands at an index. A line feed breaks it: JSON has none inside strings, and a line
     * cut short must not swallow the next one.
     */
    int endOfString(int quote) {
        byte[] in = bytes;
        int end = limit;
        escaped = false;
        int i = quote + 1;
        while (i < end) {
            i = Words.firstOf(in, i, end, QUOTES, BACKSLASHES, LINE_FEEDS);
            if (i == end) {
                break;
            }
            byte c = in[i];
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\') {
                escaped = true;
                i++;
                c = at(i);
            }
            if (c == '\n') {
                brokenAt = i;
                return BROKEN;
            }
            i++;
        }
        brokenAt = end;
        return BROKEN;
    }

    /**
     * Index after the bracket that brings the nesting from one level down to another.
     *
     * @param from where to begin, outside strings
     * @param depth nesting at that place
     * @param until nesting to come down to, less than {@code depth}
     */
    int endOfNesting(int from, int depth, int until) {
        byte[] in = bytes;
        int end = limit;
        int level = depth;
        for (int i = from; i < end; i++) {
            byte kind = KINDS[in[i] & 0xff];
            if (kind == QUOTE) {
                i = endOfString(i) - 1;
                if (i < 0) {
                    return BROKEN;
                }
            } else if (kind == OPENING) {
                level++;
                deepest = Math.max(deepest, level);
            } else if (kind == CLOSING) {
                level--;
                if (level == until) {
                    return i + 1;
                }
            } else if (kind == LINE_FEED) {
                severalLines = true;
            }
        }
        brokenAt = end;
        return BROKEN;
    }

    private int endOfScalar(int from) {
        int i = from;
        while (i < limit && !endsScalar(bytes[i])) {
            i++;
        }
        // A lone separator is no value, but it has to be passed, or the reading would stand still.
        return i == from ? Math.min(from + 1, limit) : i;
    }

    private static boolean endsScalar(byte c) {
        return isSpace(c) || c == ',' || c == ']' || c == '}' || c == '{' || c == '[' || c == '"' || c == ':';
    }

    /** Index of the next line feed from an index on, or the limit. */
    int lineFeed(int from) {
        int i = from;
        while (i < limit && bytes[i] != '\n') {
            i++;
        }
        return i;
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        kinds['"'] = QUOTE;
        kinds['{'] = OPENING;
        kinds['['] = OPENING;
        kinds['}'] = CLOSING;
        kinds[']'] = CLOSING;
        kinds['\n'] = LINE_FEED;
        return kinds;
    }
}

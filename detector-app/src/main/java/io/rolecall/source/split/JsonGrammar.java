package io.rolecall.source.split;

/**
 * Finds where JSON values end, on bytes, and checks their grammar on the way: what passes here a parser reads, apart from its bounds
 * of depth and size. The nesting is a stack of bits, not of calls, so that no depth overflows; nothing is allocated but for
 * values that nest deeper than any before.
 */
public final class JsonGrammar {

    /** Returned where a value is broken or does not end. */
    static final int BROKEN = JsonScanner.BROKEN;

    private static final int VALUE = 0;
    private static final int VALUE_OR_END = 1;
    private static final int NAME = 2;
    private static final int NAME_OR_END = 3;
    private static final int COLON = 4;
    private static final int COMMA_OR_END = 5;

    private static final long QUOTES = Words.repeated('"');
    private static final long BACKSLASHES = Words.repeated('\\');

    private final Nesting nesting = new Nesting();
    private byte[] bytes = {};
    private int limit;
    private int brokenAt;
    private int longestNumber;

    /** Characters of the longest number in the last value; bounds of a parser are not checked here. */
    public int longestNumber() {
        return longestNumber;
    }

    /** Where the last broken value broke; the limit when it does not end. */
    public int brokenAt() {
        return brokenAt;
    }

    /**
     * End of the value whose first byte stands at an index.
     *
     * @param in the bytes
     * @param to index after the last byte that may be read
     * @return the index after the value, or {@link #BROKEN}
     */
    public int value(byte[] in, int from, int to) {
        nesting.clear();
        return read(in, from, to, VALUE);
    }

    /**
     * End of an object or array that was read as far as a value in it.
     *
     * @param from index of that value's first byte
     * @param object whether the value is a member of an object
     * @return the index after the object or array, or {@link #BROKEN}
     */
    int rest(byte[] in, int from, int to, boolean object) {
        nesting.clear();
        nesting.push(object);
        return read(in, from, to, VALUE);
    }

    /** Index of the first byte from one on that is no white space, or the end. */
    public static int space(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && JsonScanner.isSpace(bytes[i])) {
            i++;
        }
        return i;
    }

    private int read(byte[] in, int from, int to, int expected) {
        bytes = in;
        limit = to;
        longestNumber = 0;
        int expect = expected;
        int i = from;
        while (i < to) {
            byte c = in[i];
            switch (c) {
                case ' ', '\n', '\r', '\t' -> {
                    i++;
                    continue;
                }
                case '"' -> {
                    i = string(i);
                    if (i < 0 || expect == COLON || expect == COMMA_OR_END) {
                        return broken(i < 0 ? brokenAt : i);
                    }
                    expect = expect == NAME || expect == NAME_OR_END ? COLON : COMMA_OR_END;
                }
                case ':' -> {
                    if (expect != COLON) {
                        return broken(i);
                    }
                    expect = VALUE;
                    i++;
                    continue;
                }
                case ',' -> {
                    if (expect != COMMA_OR_END) {
                        return broken(i);
                    }
                    expect = nesting.inObject() ? NAME : VALUE;
                    i++;
                    continue;
                }
                case '{', '[' -> {
                    if (expect != VALUE && expect != VALUE_OR_END) {
                        return broken(i);
                    }
                    nesting.push(c == '{');
                    expect = c == '{' ? NAME_OR_END : VALUE_OR_END;
                    i++;
                    continue;
                }
                case '}', ']' -> {
                    boolean closes = expect == COMMA_OR_END || expect == (c == '}' ? NAME_OR_END : VALUE_OR_END);
                    if (!closes || nesting.depth() == 0 || nesting.inObject() != (c == '}')) {
                        return broken(i);
                    }
                    nesting.pop();
                    expect = COMMA_OR_END;
                    i++;
                }
                default -> {
                    if (expect != VALUE && expect != VALUE_OR_END) {
                        return broken(i);
                    }
                    i = scalar(i);
                    if (i < 0) {
                        return BROKEN;
                    }
                    expect = COMMA_OR_END;
                }
            }
            if (nesting.depth() == 0 && expect == COMMA_OR_END) {
                return i;
            }
        }
        return broken(to);
    }

    private int broken(int at) {
        brokenAt = at;
        return BROKEN;
    }

    /** Index after the closing quote; control characters have to be escaped. */
    private int string(int quote) {
        int i = quote + 1;
        while (true) {
            i = Words.firstOfOrControl(bytes, i, limit, QUOTES, BACKSLASHES);
            if (i >= limit) {
                return broken(limit);
            }
            byte c = bytes[i];
            if (c == '"') {
                return i + 1;
            }
            if (c != '\\') {
                return broken(i);
            }
            i = escape(i + 1);
            if (i < 0) {
                return BROKEN;
            }
        }
    }

    private int escape(int at) {
        if (at >= limit) {
            return broken(limit);
        }
        switch (bytes[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return at + 1;
            }
            case 'u' -> {
                for (int i = at + 1; i <= at + 4; i++) {
                    if (i >= limit || Character.digit(bytes[i], 16) < 0) {
                        return broken(Math.min(i, limit));
                    }
                }
                return at + 5;
            }
            default -> {
                return broken(at);
            }
        }
    }

    private int scalar(int from) {
        return switch (bytes[from]) {
            case 't' -> word(from, "true");
            case 'f' -> word(from, "false");
            case 'n' -> word(from, "null");
            default -> number(from);
        };
    }

    private int word(int from, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (from + i >= limit || bytes[from + i] != word.charAt(i)) {
                return broken(Math.min(from + i, limit));
            }
        }
        return separated(from + word.length());
    }

    private int number(int from) {
        int i = bytes[from] == '-' ? from + 1 : from;
        int whole = digits(i);
        if (whole == i || (whole > i + 1 && bytes[i] == '0')) {
            return broken(i);
        }
        i = whole;
        if (i < limit && bytes[i] == '.') {
            int decimals = digits(i + 1);
            if (decimals == i + 1) {
                return broken(decimals);
            }
            i = decimals;
        }
        if (i < limit && (bytes[i] == 'e' || bytes[i] == 'E')) {
            i++;
            i += i < limit && (bytes[i] == '+' || bytes[i] == '-') ? 1 : 0;
            int exponent = digits(i);
            if (exponent == i) {
                return broken(i);
            }
            i = exponent;
        }
        longestNumber = Math.max(longestNumber, i - from);
        return separated(i);
    }

    private int digits(int from) {
        int i = from;
        while (i < limit && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return i;
    }

    /** A bare word or number goes to the next separator. */
    private int separated(int at) {
        boolean ends = at >= limit
                || JsonScanner.isSpace(bytes[at])
                || bytes[at] == ','
                || bytes[at] == '}'
                || bytes[at] == ']';
        return ends ? at : broken(at);
    }
}

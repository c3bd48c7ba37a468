package io.rolecall.source;

import java.io.IOException;
import java.util.Arrays;

/**
 * Skips one JSON value of a {@link ByteWindow}, checking as much grammar as it takes to notice at once that a document is broken:
 * the decoder judges the rest. The nesting is a stack of bits, not of calls, so that no depth overflows.
 */
final class JsonSkipper {

    /** What became of a skip. */
    enum Outcome {
        DONE,
        BROKEN,
        ENDED
    }

    private enum Expect {
        VALUE,
        VALUE_OR_END,
        KEY,
        KEY_OR_END,
        COLON,
        COMMA_OR_END
    }

    private static final int MOST_LEVELS = 1 << 23;

    private final ByteWindow window;
    private long[] objects = new long[4];
    private int depth;

    JsonSkipper(ByteWindow window) {
        this.window = window;
    }

    /** Skips white space, counting lines. */
    void space() throws IOException {
        while (true) {
            int next = window.peek();
            if (next == '\n') {
                window.line++;
            } else if (next != ' ' && next != '\t' && next != '\r') {
                return;
            }
            window.at++;
        }
    }

    /** Skips the value whose first byte is under the cursor; leaves the cursor after it, or where it broke. */
    Outcome value() throws IOException {
        depth = 0;
        Expect expect = Expect.VALUE;
        while (true) {
            space();
            int next = window.peek();
            if (next < 0) {
                return Outcome.ENDED;
            }
            switch (next) {
                case '{', '[' -> {
                    if ((expect != Expect.VALUE && expect != Expect.VALUE_OR_END) || depth == MOST_LEVELS) {
                        return Outcome.BROKEN;
                    }
                    push(next == '{');
                    window.at++;
                    expect = next == '{' ? Expect.KEY_OR_END : Expect.VALUE_OR_END;
                    continue;
                }
                case '}', ']' -> {
                    if (!closes(next, expect)) {
                        return Outcome.BROKEN;
                    }
                    depth--;
                    window.at++;
                    expect = Expect.COMMA_OR_END;
                }
                case ',' -> {
                    if (expect != Expect.COMMA_OR_END) {
                        return Outcome.BROKEN;
                    }
                    window.at++;
                    expect = inObject() ? Expect.KEY : Expect.VALUE;
                    continue;
                }
                case ':' -> {
                    if (expect != Expect.COLON) {
                        return Outcome.BROKEN;
                    }
                    window.at++;
                    expect = Expect.VALUE;
                    continue;
                }
                default -> {
                    boolean key = expect == Expect.KEY || expect == Expect.KEY_OR_END;
                    if (expect == Expect.COMMA_OR_END || expect == Expect.COLON || (key && next != '"')) {
                        return Outcome.BROKEN;
                    }
                    Outcome outcome = next == '"' ? string() : scalar(next);
                    if (outcome != Outcome.DONE) {
                        return outcome;
                    }
                    expect = key ? Expect.COLON : Expect.COMMA_OR_END;
                }
            }
            if (depth == 0 && expect == Expect.COMMA_OR_END) {
                return Outcome.DONE;
            }
        }
    }

    /** Skips a string; a line break inside ends it as broken. */
    Outcome string() throws IOException {
        window.at++;
        boolean escaped = false;
        while (true) {
            if (window.peek() < 0) {
                return Outcome.ENDED;
            }
            byte[] bytes = window.buffer;
            int i = window.at;
            for (int stop = window.end; i < stop; i++) {
                byte next = bytes[i];
                if (escaped) {
                    escaped = false;
                } else if (next == '\\') {
                    escaped = true;
                } else if (next == '"') {
                    window.at = i + 1;
                    return Outcome.DONE;
                }
                if (next == '\n') {
                    window.at = i;
                    return Outcome.BROKEN;
                }
            }
            window.at = i;
        }
    }

    private Outcome scalar(int first) throws IOException {
        if (first != '-' && first != 't' && first != 'f' && first != 'n' && (first < '0' || first > '9')) {
            return Outcome.BROKEN;
        }
        while (true) {
            int next = window.peek();
            boolean inside = (next >= 'a' && next <= 'z')
                    || (next >= '0' && next <= '9')
                    || next == '.'
                    || next == '-'
                    || next == '+'
                    || next == 'E';
            if (!inside) {
                return Outcome.DONE;
            }
            window.at++;
        }
    }

    private boolean closes(int bracket, Expect expect) {
        if (depth == 0 || inObject() != (bracket == '}')) {
            return false;
        }
        return expect == Expect.COMMA_OR_END || expect == (bracket == '}' ? Expect.KEY_OR_END : Expect.VALUE_OR_END);
    }

    private void push(boolean object) {
        int word = depth >> 6;
        if (word == objects.length) {
            objects = Arrays.copyOf(objects, word * 2);
        }
        long bit = 1L << (depth & 63);
        objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
        depth++;
    }

    private boolean inObject() {
        int top = depth - 1;
        return depth > 0 && (objects[top >> 6] & (1L << (top & 63))) != 0;
    }
}

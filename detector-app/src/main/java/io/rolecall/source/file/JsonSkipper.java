package io.rolecall.source.file;

import io.rolecall.source.split.Nesting;
import io.rolecall.source.split.Words;
import java.io.IOException;

/**
 * Skips one JSON value of a {@link ByteWindow}, checking as much grammar as it takes to notice at once that a document is broken:
 * the decoder sees to the rest. The nesting is a stack of bits, not of calls, so that no depth overflows.
 */
final class JsonSkipper {

    /** What became of a skip. */
    enum Outcome {
        DONE,
        BROKEN,
        ENDED,
        /** Longer than elements are: it may have been cut short and have gone on into those after it. */
        LONG
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
    private static final long QUOTES = Words.repeated('"');
    private static final long BACKSLASHES = Words.repeated('\\');

    private final ByteWindow window;
    private final Nesting nesting = new Nesting();
    private Expect expect = Expect.VALUE;

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
        return value(Integer.MAX_VALUE);
    }

    /**
     * Skips a value as {@link #value()}.
     *
     * @param usual bytes beyond which an object stops as {@link Outcome#LONG} once, to be gone on with by {@link #goOn}
     */
    Outcome value(int usual) throws IOException {
        nesting.clear();
        expect = Expect.VALUE;
        return read(usual);
    }

    /** Goes on with a value that was long. */
    Outcome goOn() throws IOException {
        return read(Integer.MAX_VALUE);
    }

    private Outcome read(int usual) throws IOException {
        while (true) {
            space();
            if (window.at - window.mark > usual && nesting.depth() > 0) {
                return Outcome.LONG;
            }
            int next = window.peek();
            if (next < 0) {
                return Outcome.ENDED;
            }
            switch (next) {
                case '{', '[' -> {
                    if ((expect != Expect.VALUE && expect != Expect.VALUE_OR_END) || nesting.depth() == MOST_LEVELS) {
                        return Outcome.BROKEN;
                    }
                    nesting.push(next == '{');
                    window.at++;
                    expect = next == '{' ? Expect.KEY_OR_END : Expect.VALUE_OR_END;
                    continue;
                }
                case '}', ']' -> {
                    if (!closes(next)) {
                        return Outcome.BROKEN;
                    }
                    nesting.pop();
                    window.at++;
                    expect = Expect.COMMA_OR_END;
                }
                case ',' -> {
                    if (expect != Expect.COMMA_OR_END) {
                        return Outcome.BROKEN;
                    }
                    window.at++;
                    expect = nesting.inObject() ? Expect.KEY : Expect.VALUE;
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
            if (nesting.depth() == 0 && expect == Expect.COMMA_OR_END) {
                return Outcome.DONE;
            }
        }
    }

    /** Skips a string; a control character inside ends it as broken. */
    Outcome string() throws IOException {
        window.at++;
        while (true) {
            int i = Words.firstOfOrControl(window.buffer, window.at, window.end, QUOTES, BACKSLASHES);
            window.at = i;
            if (i == window.end) {
                if (window.peek() < 0) {
                    return Outcome.ENDED;
                }
                continue;
            }
            byte next = window.buffer[i];
            if (next == '"') {
                window.at = i + 1;
                return Outcome.DONE;
            }
            if (next != '\\') {
                return Outcome.BROKEN;
            }
            window.at = i + 1;
            int escaped = window.peek();
            if (escaped < ' ') {
                return escaped < 0 ? Outcome.ENDED : Outcome.BROKEN;
            }
            window.at++;
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

    private boolean closes(int bracket) {
        if (nesting.depth() == 0 || nesting.inObject() != (bracket == '}')) {
            return false;
        }
        return expect == Expect.COMMA_OR_END || expect == (bracket == '}' ? Expect.KEY_OR_END : Expect.VALUE_OR_END);
    }
}

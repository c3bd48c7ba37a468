package io.rolecall.source.split;

/**
 * Follows an element that is no JSON to its end, as long as its quotes and brackets can be trusted: through bare words, single quotes,
 * control characters within texts and commas too many. It gives up where a quote stands that can neither begin nor end a text,
 * where brackets do not match, and where an object or array stands that cannot belong there, which is how an element that was cut
 * short looks from inside.
 */
final class LooseEnd {

    /** Returned where quotes or brackets cannot be trusted. */
    static final int UNSURE = -1;

    /** Returned where more of the input is needed to tell. */
    static final int MORE = -2;

    private enum Before {
        START,
        OPENING,
        COLON,
        COMMA,
        TEXT,
        WORD,
        CLOSING
    }

    private final Nesting nesting = new Nesting();
    private byte[] bytes = {};
    private int limit;
    private boolean last;
    private boolean batch;
    private int misplaced;

    /** How far the last element was followed. */
    private int reached;

    int reached() {
        return reached;
    }

    /** Where an object or array stood, after a comma, in the place of a name; {@link #UNSURE} where none did. */
    int misplaced() {
        return misplaced;
    }

    /**
     * End of a broken element.
     *
     * @param in the bytes
     * @param from first byte of the element
     * @param to index after the last byte that is known
     * @param complete whether the input ends there
     * @param inBatch whether the element is one of several between brackets
     * @return in a batch the index of the comma or bracket after the element, or of an element that follows without a comma;
     *     otherwise the index after the element; or {@link #UNSURE} or {@link #MORE}
     */
    int find(byte[] in, int from, int to, boolean complete, boolean inBatch) {
        bytes = in;
        limit = to;
        last = complete;
        batch = inBatch;
        misplaced = UNSURE;
        reached = from;
        nesting.clear();
        int end = follow(from);
        return end == MORE && complete ? UNSURE : end;
    }

    private int follow(int from) {
        Before before = Before.START;
        int closed = from;
        int i = from;
        for (; i < limit; reached = i) {
            byte c = bytes[i];
            switch (c) {
                case ' ', '\n', '\r', '\t' -> i++;
                case '"', '\'' -> {
                    boolean opens = awaitsValue(before);
                    if (c == '"' && !opens) {
                        return UNSURE;
                    }
                    int end = opens ? endOfText(i, c) : i + 1;
                    if (end == MORE) {
                        return MORE;
                    }
                    before = opens ? Before.TEXT : Before.WORD;
                    i = end;
                }
                case ':' -> {
                    before = Before.COLON;
                    i++;
                }
                case ',' -> {
                    if (nesting.depth() == 0 && batch) {
                        int end = commaEnds(i, before);
                        if (end != UNSURE) {
                            return end;
                        }
                    }
                    before = Before.COMMA;
                    i++;
                }
                case '{', '[' -> {
                    if (nesting.depth() == 0 && before == Before.CLOSING) {
                        return batch && c == '{' && !hasLineFeed(closed, i) ? i : UNSURE;
                    }
                    if (!mayOpen(before)) {
                        misplaced = before == Before.COMMA ? i : UNSURE;
                        return UNSURE;
                    }
                    nesting.push(c == '{');
                    before = Before.OPENING;
                    i++;
                }
                case '}', ']' -> {
                    if (nesting.depth() == 0) {
                        return c == ']' && batch ? bracketEnds(i) : UNSURE;
                    }
                    if (nesting.inObject() != (c == '}')) {
                        return UNSURE;
                    }
                    nesting.pop();
                    i++;
                    if (nesting.depth() == 0 && !batch) {
                        return valueEnds(i);
                    }
                    closed = i;
                    before = Before.CLOSING;
                }
                default -> {
                    if (before == Before.TEXT || before == Before.CLOSING) {
                        return UNSURE;
                    }
                    before = Before.WORD;
                    i++;
                }
            }
        }
        return MORE;
    }

    private static boolean awaitsValue(Before before) {
        return before == Before.START || before == Before.OPENING || before == Before.COLON || before == Before.COMMA;
    }

    /** An object or array stands at the start, after a colon, or within an array; where a name is due it belongs to something else. */
    private boolean mayOpen(Before before) {
        return switch (before) {
            case START, COLON -> true;
            case OPENING, COMMA -> nesting.depth() > 0 && !nesting.inObject();
            default -> false;
        };
    }

    /** Index after a text. One in single quotes ends where its quote is followed by what can follow a text; else it is a word. */
    private int endOfText(int quote, byte kind) {
        for (int i = quote + 1; i < limit; i++) {
            byte c = bytes[i];
            if (c == '\\') {
                i++;
            } else if (c == kind && (kind == '"' || endsText(i + 1))) {
                return i + 1;
            }
        }
        return MORE;
    }

    private boolean endsText(int from) {
        int i = space(from);
        return i < limit && (bytes[i] == ',' || bytes[i] == ':' || bytes[i] == '}' || bytes[i] == ']');
    }

    /** A comma ends what was closed before; rubbish goes on unless an object or array follows. */
    private int commaEnds(int comma, Before before) {
        if (before == Before.CLOSING || before == Before.TEXT) {
            return comma;
        }
        int next = space(comma + 1);
        if (next >= limit) {
            return last ? comma : MORE;
        }
        return bytes[next] == '{' || bytes[next] == '[' ? comma : UNSURE;
    }

    private int bracketEnds(int bracket) {
        int next = space(bracket + 1);
        if (next >= limit) {
            return last ? bracket : MORE;
        }
        boolean plausible = "}],{[".indexOf(bytes[next]) >= 0 || hasLineFeed(bracket, next);
        return plausible ? bracket : UNSURE;
    }

    private int valueEnds(int end) {
        int next = space(end);
        if (next >= limit) {
            return last ? end : MORE;
        }
        return bytes[next] == '{' || bytes[next] == '[' || hasLineFeed(end, next) ? end : UNSURE;
    }

    private boolean hasLineFeed(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    private int space(int from) {
        return JsonGrammar.space(bytes, from, limit);
    }
}

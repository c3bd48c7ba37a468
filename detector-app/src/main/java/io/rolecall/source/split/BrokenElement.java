package io.rolecall.source.split;

/**
 * Finds where a broken element ends and where reading goes on, so that it costs none of its siblings. As far as its quotes and
 * brackets can be trusted they tell. Beyond that, the next object counts that a parser reads to its end, that stands where an
 * element of a batch stands (a comma or the bracket of the batch follows), and that looks like an event; or the next line, or
 * the next batch, that begins a document.
 *
 * <p>The work spent in vain is bounded over all elements of an input, in proportion to its size: beyond that, the next line alone
 * counts.
 */
public final class BrokenElement {

    /** What stands where reading goes on. */
    public enum Next {
        /** The next element of the same batch, or the end of the input. */
        SIBLING,
        /** The bracket that ends the batch. */
        END_OF_BATCH,
        /** A value outside the batch. */
        DOCUMENT,
        /** The end of the input. */
        NOTHING,
        /** Unknown; more of the input is needed to tell. */
        MORE
    }

    private static final long PATIENCE = 256L << 20;
    private static final int PASSES = 4;

    /** Bytes of an object that tell what begins: a batch, or an element like others. */
    private static final int SEEN_FIRST = 4 * 1024;

    private final JsonGrammar grammar = new JsonGrammar();
    private final EventLook look = new EventLook(new JsonGrammar());
    private final FirstNames first = new FirstNames(new JsonGrammar());
    private final LooseEnd loose = new LooseEnd();

    private byte[] bytes = {};
    private int limit;
    private boolean complete;
    private boolean rows;
    private int end;
    private int resume;
    private int kept;

    /** Where an object stands, after a comma, in the place of a name: the next element, since the one before was cut short. */
    private int certain;

    private long inVain;
    private long inputBytes;

    /** Bytes that may be read once more because what is broken was split into elements. */
    private long again;

    /** Begins with an input, or tells that more of it has come. */
    public void input(long bytesSoFar) {
        inputBytes = bytesSoFar;
    }

    /** Begins with another input. */
    void reset() {
        inVain = 0;
        inputBytes = 0;
        again = 0;
    }

    /** Index after the broken element. */
    public int end() {
        return end;
    }

    /** Where reading goes on. */
    public int resume() {
        return resume;
    }

    /** Where an object begins of which too little was known to tell what it is; the limit when there is none. */
    public int kept() {
        return kept;
    }

    private boolean patient() {
        return inVain <= PATIENCE + PASSES * inputBytes;
    }

    /** Adds what was read before it turned out broken. */
    public void spent(long more) {
        inVain += more;
    }

    /**
     * Finds the end of a broken element of a batch.
     *
     * @param in the bytes
     * @param from first byte of the element
     * @param to index after the last byte that is known
     * @param last whether the input ends there
     * @param trusting whether an element begins at {@code from}; false where something else stands between elements
     */
    public Next inBatch(byte[] in, int from, int to, boolean last, boolean trusting) {
        open(in, from, to, last);
        if (trusting) {
            first.of(in, from, beginning(from));
        }
        if (trusting && patient()) {
            int found = loose.find(in, from, to, last, true);
            if (found == LooseEnd.MORE) {
                return Next.MORE;
            }
            if (found >= 0) {
                return trusted(from, found);
            }
            inVain += loose.reached() - from;
            certain = loose.misplaced();
        }
        return search(from, trusting, true);
    }

    /** What an object tells that does not end, or is broken. */
    private Next unread(int at) {
        if (grammar.brokenAt() >= limit && !complete) {
            kept = Math.min(kept, at);
            return Next.MORE;
        }
        inVain += grammar.brokenAt() - at;
        return Next.NOTHING;
    }

    /** Finds the end of a broken value outside batches; parameters as of {@link #inBatch}. */
    public Next outside(byte[] in, int from, int to, boolean last, boolean trusting) {
        open(in, from, to, last);
        if (trusting && from < to && (in[from] == '{' || in[from] == '[') && patient()) {
            int found = loose.find(in, from, to, last, false);
            if (found == LooseEnd.MORE) {
                return Next.MORE;
            }
            if (found >= 0) {
                return stop(Next.DOCUMENT, found, found);
            }
            inVain += loose.reached() - from;
        }
        return search(from, trusting, false);
    }

    /**
     * Whether an element, though well-formed, has swallowed those after it: it was cut short within a list, which they went on.
     *
     * @param from first byte of the element, which is no batch
     * @param to index after it, or how far it is known
     */
    public boolean swallows(byte[] in, int from, int to) {
        open(in, from, to, true);
        return patient()
                && in[from] == '{'
                && !opensBatch(from)
                && search(from, true, true) == Next.SIBLING
                && resume < to;
    }

    /** As {@link #swallows}, of an element of which nothing is odd but its length: it has to be an event itself. */
    public boolean longSwallows(byte[] in, int from, int to) {
        return look.namesOperation(in, from, to) && swallows(in, from, to);
    }

    /**
     * What begins where a comma or the bracket of the batch is due: SIBLING for an element that only lacks its comma, NOTHING for
     * anything else, or MORE.
     */
    public Next withoutComma(byte[] in, int at, int to, boolean last) {
        open(in, at, to, last);
        if (in[at] != '{') {
            return Next.NOTHING;
        }
        int after = grammar.value(in, at, to);
        boolean newLine = hasLineFeed(BrokenInput.trim(in, 0, at), at);
        return after < 0 ? unread(at) : followed(after, newLine);
    }

    private void open(byte[] in, int from, int to, boolean last) {
        bytes = in;
        limit = to;
        complete = last;
        rows = from < to && in[from] == '[';
        kept = to;
        certain = JsonScanner.BROKEN;
        first.none();
    }

    private Next trusted(int from, int found) {
        byte c = bytes[found];
        if (c == ']') {
            return stop(Next.END_OF_BATCH, trim(from, found), found);
        }
        int next = space(c == ',' ? found + 1 : found);
        if (next >= limit && !complete) {
            return Next.MORE;
        }
        return stop(Next.SIBLING, trim(from, found), next);
    }

    private Next stop(Next next, int elementEnd, int goOn) {
        end = elementEnd;
        resume = goOn;
        return next;
    }

    /** Looks at every object for one that is not part of what is broken. */
    private Next search(int from, boolean beyondFirst, boolean batch) {
        int last = BrokenInput.trim(bytes, 0, from);
        byte before = last == 0 ? 0 : bytes[last - 1];
        boolean newLine = hasLineFeed(last, from);
        int indent = indent(from);
        int elementEnd = from;
        for (int i = from; i < limit; i++) {
            byte c = bytes[i];
            if (JsonScanner.isSpace(c)) {
                newLine |= c == '\n';
                continue;
            }
            boolean opens = c == '{' || c == '[' || (c == '"' && newLine && !batch);
            if (opens && (i > from || !beyondFirst)) {
                Next next = candidate(i, before, newLine, batch, indent);
                if (next == Next.MORE) {
                    kept = Math.min(kept, i);
                    return Next.MORE;
                }
                if (next != Next.NOTHING) {
                    return stop(next, trim(from, elementEnd), i);
                }
            }
            before = c;
            elementEnd = c == ',' ? i : i + 1;
            newLine = false;
        }
        return complete ? stop(Next.NOTHING, trim(from, limit), limit) : Next.MORE;
    }

    /** What a value is that may follow the broken element; NOTHING when it is part of it. */
    private Next candidate(int at, byte before, boolean newLine, boolean batch, int indent) {
        if (!complete && limit - at < SEEN_FIRST) {
            return Next.MORE;
        }
        if (!batch && newLine && indent(at) <= indent && opensDocument(at)) {
            return Next.DOCUMENT;
        }
        boolean awaited = before == ',' || before == '[' || before == ':' || before == '{';
        if (!patient()) {
            return newLine && !awaited ? Next.DOCUMENT : Next.NOTHING;
        }
        if (before == '}' && opensBatch(at)) {
            return Next.DOCUMENT;
        }
        if (batch && before != ':' && before != '[' && (bytes[at] == '{' || rows)) {
            Next next = sibling(at, newLine && !awaited, before == ',');
            if (next != Next.NOTHING) {
                return next;
            }
        }
        if (batch && newLine) {
            return opensBatch(at) ? Next.DOCUMENT : line(at, awaited);
        }
        boolean sameLine = !batch && !newLine && before == '}' && bytes[at] == '{';
        return sameLine && isEvent(at) ? Next.DOCUMENT : Next.NOTHING;
    }

    private boolean opensDocument(int at) {
        byte next = bytes[at] == '"' && at + 1 < limit ? bytes[at + 1] : bytes[at];
        return next == '{' || next == '[';
    }

    /** Blanks before a value on its line. */
    private int indent(int at) {
        int i = at;
        while (i > 0 && bytes[i - 1] != '\n' && JsonScanner.isSpace(bytes[i - 1])) {
            i--;
        }
        return i == 0 || bytes[i - 1] == '\n' ? at - i : Integer.MAX_VALUE;
    }

    /** What a value is that may be the next element, be it broken itself: then its beginning has to tell. */
    private Next sibling(int at, boolean freeLine, boolean afterComma) {
        int after = grammar.value(bytes, at, limit);
        if (after < 0) {
            Next unread = unread(at);
            boolean another = unread == Next.NOTHING
                    && afterComma
                    && bytes[at] == '{'
                    && again <= PATIENCE + PASSES * inputBytes
                    && (look.beginsLikeEvent(bytes, at, beginning(at)) || first.like(bytes, at, beginning(at)));
            again += another ? limit - at : 0;
            return another ? Next.SIBLING : unread;
        }
        Next followed = followed(after, freeLine);
        boolean row = bytes[at] == '[';
        boolean event = row || at == certain || look.isEvent(bytes, at, after) || first.like(bytes, at, beginning(at));
        if (followed == Next.NOTHING && !row && event && afterComma && !goesOn(after)) {
            return Next.SIBLING;
        }
        if (followed == Next.SIBLING && event) {
            return Next.SIBLING;
        }
        inVain += after - at;
        return followed == Next.MORE ? Next.MORE : Next.NOTHING;
    }

    private int beginning(int at) {
        return Math.min(limit, at + SEEN_FIRST);
    }

    /** Whether a comma follows a value, with what belongs to the same object or list. */
    private boolean goesOn(int after) {
        int i = space(after);
        return i < limit && bytes[i] == ',';
    }

    /** Whether what follows an object is what follows an element of a batch, and not what follows a member of another object. */
    private Next followed(int after, boolean freeLine) {
        int i = space(after);
        if (i >= limit) {
            return complete ? (freeLine ? Next.NOTHING : Next.SIBLING) : Next.MORE;
        }
        if (bytes[i] == ']') {
            return Next.SIBLING;
        }
        if (bytes[i] != ',') {
            return Next.NOTHING;
        }
        int next = space(i + 1);
        if (next >= limit) {
            return complete ? Next.SIBLING : Next.MORE;
        }
        if (bytes[next] != '"') {
            return Next.SIBLING;
        }
        int text = grammar.value(bytes, next, limit);
        if (text < 0) {
            return grammar.brokenAt() >= limit && !complete ? Next.MORE : Next.NOTHING;
        }
        int colon = space(text);
        if (colon >= limit && !complete) {
            return Next.MORE;
        }
        return colon < limit && bytes[colon] == ':' ? Next.NOTHING : Next.SIBLING;
    }

    /** A line that holds one whole value is a document, unless it may be part of something: then only one that is an event. */
    private Next line(int at, boolean awaited) {
        int after = grammar.value(bytes, at, limit);
        if (after < 0) {
            return unread(at);
        }
        int next = space(after);
        if (next >= limit && !complete) {
            return Next.MORE;
        }
        boolean whole = next >= limit || (hasLineFeed(after, next) && (bytes[next] == '{' || bytes[next] == '['));
        if (whole && (!awaited || (bytes[at] == '{' && look.isEvent(bytes, at, after)))) {
            return Next.DOCUMENT;
        }
        inVain += after - at;
        return Next.NOTHING;
    }

    private boolean hasLineFeed(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    private boolean isEvent(int at) {
        int after = grammar.value(bytes, at, limit);
        if (after < 0) {
            inVain += grammar.brokenAt() - at;
        }
        return after > 0 && look.isEvent(bytes, at, after);
    }

    /** Whether an object begins with the name of a batch, and that with its bracket. */
    private boolean opensBatch(int at) {
        int name = space(at + 1);
        if (bytes[at] != '{' || !Batch.opensWith(bytes, name, limit)) {
            return false;
        }
        int afterName = grammar.value(bytes, name, limit);
        int colon = afterName < 0 ? limit : space(afterName);
        int bracket = colon < limit && bytes[colon] == ':' ? space(colon + 1) : limit;
        return bracket < limit && (bytes[bracket] == '[' || bytes[name + 1] == '@');
    }

    private int space(int from) {
        return JsonGrammar.space(bytes, from, limit);
    }

    private int trim(int from, int to) {
        return BrokenInput.trim(bytes, from, to);
    }
}

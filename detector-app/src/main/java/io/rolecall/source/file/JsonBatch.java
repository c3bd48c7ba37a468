package io.rolecall.source.file;

import io.rolecall.source.file.JsonSkipper.Outcome;
import io.rolecall.source.split.Batch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes a batch apart, element by element; what is broken among them is rejected alone. */
final class JsonBatch {

    /** What became of an element. */
    private enum Step {
        /** It was handed on; its comma or the end of the batch follows. */
        READ,
        /** It was rejected; the next one, or the end of the batch, follows. */
        RECOVERED,
        /** It was rejected; the reading goes on outside the batch. */
        LEFT
    }

    /** Bytes beyond which an element is looked at for siblings that it swallowed. */
    private static final int USUAL_BYTES = 256 * 1024;

    private final ByteWindow window;
    private final JsonSkipper skipper;
    private final JsonElements elements;
    private final JsonTables tables;
    private final boolean exports;
    private String name = "";

    /** @param exports whether the members of a page that stand behind its elements are handed on */
    JsonBatch(ByteWindow window, JsonSkipper skipper, JsonElements elements, boolean exports) {
        this.exports = exports;
        this.window = window;
        this.skipper = skipper;
        this.elements = elements;
        this.tables = new JsonTables(window, skipper, this);
    }

    /** The batch whose array has that name. */
    @Nullable
    Batch named(String array) {
        return exports ? Batch.namedInExport(array) : Batch.named(array);
    }

    /**
     * Reads a batch whose opening bracket is under the cursor.
     *
     * @param firstIndex number of its first element in the document
     * @return number after its last element; the complement ({@code ~n}) when it broke and the reading goes on outside
     */
    int read(Batch batch, int firstIndex) throws IOException {
        window.at++;
        return goOn(batch, firstIndex);
    }

    private int goOn(Batch batch, int firstIndex) throws IOException {
        int index = firstIndex;
        boolean due = true;
        boolean afterComma = false;
        while (true) {
            skipper.space();
            window.markHere();
            int next = window.peek();
            int line = window.line;
            if (next < 0) {
                elements.ended(due ? "element" : "comma or bracket", line, index);
                return ~(index + 1);
            }
            if (next == ',' || next == ']') {
                if (next == ',' ? due : afterComma) {
                    elements.missing(line, index++);
                }
                window.at++;
                if (next == ']') {
                    return index;
                }
                due = true;
                afterComma = true;
                continue;
            }
            Step step;
            if (!due && !elements.lacksComma()) {
                step = stepAfter(elements.misplacedInBatch("comma or bracket", line, index++));
            } else if (batch == Batch.TABLES && next == '{') {
                int after = tables.table(index);
                if (after < 0 && tables.left()) {
                    return after;
                }
                index = after < 0 ? ~after + 1 : after;
                step = after < 0 ? stepAfter(elements.misplacedInBatch("table", window.line, ~after)) : Step.READ;
            } else {
                step = element(batch, line, index++);
            }
            if (step == Step.LEFT) {
                return ~index;
            }
            due = step == Step.RECOVERED;
            afterComma = false;
        }
    }

    private static Step stepAfter(boolean goesOn) {
        return goesOn ? Step.RECOVERED : Step.LEFT;
    }

    /** Hands on the marked element, or rejects it. */
    private Step element(Batch batch, int line, int index) throws IOException {
        Outcome outcome = skipper.value(batch.isRows() ? Integer.MAX_VALUE : USUAL_BYTES);
        if (outcome == Outcome.LONG) {
            boolean swallows = !window.outgrown() && elements.longSwallows(window.at - window.mark);
            outcome = swallows ? Outcome.BROKEN : skipper.goOn();
        }
        int length = window.at - window.mark;
        if (outcome == Outcome.DONE && !window.outgrown()) {
            skipper.space();
            int next = window.peek();
            boolean followed = next == ',' || next == ']' || window.outgrown();
            if (!followed && elements.swallows(length)) {
                outcome = Outcome.BROKEN;
            }
        }
        if (outcome != Outcome.DONE) {
            return stepAfter(elements.brokenInBatch(line, index));
        }
        boolean enveloped = batch.isRows() || (!window.outgrown() && window.buffer[window.mark] == '{');
        if (exports && enveloped && batch == Batch.ARRAY) {
            elements.pageWithin(length, line);
        }
        elements.add(enveloped ? batch : Batch.NONE, length, line, index);
        return Step.READ;
    }

    /** What follows a batch in its object: other members, further batches among them, to its end. */
    void restOfObject(Batch first, int firstIndex) throws IOException {
        @Nullable Batch last = first;
        int index = firstIndex;
        StringBuilder page = new StringBuilder();
        while (true) {
            skipper.space();
            window.markHere();
            int next = window.peek();
            int line = window.line;
            if (next == '}') {
                window.at++;
                elements.page(page.toString(), line);
                return;
            }
            if (next != ',') {
                elements.misplaced("comma or brace", line, index);
                return;
            }
            window.at++;
            skipper.space();
            window.markHere();
            line = window.line;
            if (last != null && window.peek() == '{') {
                elements.strayBracket(line, index);
                index = goOn(last, index + 1);
                if (index < 0) {
                    return;
                }
                continue;
            }
            String expected = name();
            if (expected != null) {
                elements.misplaced(expected, line, index);
                return;
            }
            Batch batch = window.peek() == '[' ? named(name) : null;
            last = batch;
            if (batch != null) {
                index = read(batch, index);
                if (index < 0) {
                    return;
                }
            } else if (skipper.value() != Outcome.DONE) {
                elements.misplaced("value", line, index);
                return;
            } else if (exports && name.startsWith("@odata.") && !window.outgrown()) {
                page.append(page.isEmpty() ? "{" : "").append(elements.marked()).append(',');
            }
        }
    }

    /** Reads a name and its colon; returns what is missing, null when nothing is. */
    private @Nullable String name() throws IOException {
        int start = window.at - window.mark;
        if (window.peek() != '"' || skipper.string() != Outcome.DONE) {
            return "name";
        }
        boolean outgrown = window.outgrown();
        int from = window.mark + start + 1;
        name = outgrown ? "" : new String(window.buffer, from, window.at - 1 - from, StandardCharsets.UTF_8);
        skipper.space();
        if (window.peek() != ':') {
            return "colon";
        }
        window.at++;
        skipper.space();
        return null;
    }
}

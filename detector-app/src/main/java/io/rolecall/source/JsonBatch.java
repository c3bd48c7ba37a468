package io.rolecall.source;

import io.rolecall.source.JsonSkipper.Outcome;
import java.io.IOException;

/** Takes a batch apart, element by element. */
final class JsonBatch {

    private final ByteWindow window;
    private final JsonSkipper skipper;
    private final JsonElements elements;
    private final JsonTables tables;

    JsonBatch(ByteWindow window, JsonSkipper skipper, JsonElements elements) {
        this.window = window;
        this.skipper = skipper;
        this.elements = elements;
        this.tables = new JsonTables(window, skipper, elements);
    }

    /** Reads a batch whose opening bracket is under the cursor; false when it broke and the reading goes on after it. */
    boolean read(Batch batch) throws IOException {
        window.at++;
        for (int index = 0; ; ) {
            skipper.space();
            window.markHere();
            int next = window.peek();
            int line = window.line;
            if (next == ']') {
                window.at++;
                return true;
            }
            if (index > 0) {
                if (next != ',') {
                    elements.misplaced(line, index);
                    return false;
                }
                window.at++;
                skipper.space();
                window.markHere();
                line = window.line;
                next = window.peek();
            }
            if (batch == Batch.TABLES && next == '{') {
                index = tables.table(index);
                if (index < 0) {
                    elements.broken(line, ~index);
                    return false;
                }
                index = Math.max(index, 1);
            } else if (!elements.finish(skipper.value(), line, index++, batch)) {
                return false;
            }
        }
    }

    /** What follows a batch in its object says nothing of its elements. */
    void restOfObject() throws IOException {
        while (true) {
            skipper.space();
            window.markHere();
            int next = window.peek();
            int line = window.line;
            if (next == '}') {
                window.at++;
                return;
            }
            if (next != ',') {
                elements.misplaced(line, 0);
                return;
            }
            window.at++;
            skipper.space();
            boolean read = window.peek() == '"' && skipper.string() == Outcome.DONE;
            if (read) {
                skipper.space();
                read = window.peek() == ':';
            }
            if (read) {
                window.at++;
                skipper.space();
                window.markHere();
                read = skipper.value() == Outcome.DONE;
            }
            if (!read) {
                elements.misplaced(line, 0);
                return;
            }
        }
    }
}

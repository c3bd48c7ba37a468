package io.rolecall.source.file;

import io.rolecall.source.file.JsonSkipper.Outcome;
import io.rolecall.source.split.Batch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Takes the tables of a query answer apart: {@code {"tables":[{"columns":[..],"rows":[[..]]}]}}. Each row becomes an answer of
 * its own with the columns of its table, so that the decoder needs no memory of what came before.
 */
final class JsonTables {

    private static final Batch NO_COLUMNS = Batch.rows("[]");

    private final ByteWindow window;
    private final JsonSkipper skipper;
    private final JsonBatch batches;
    private boolean left;

    JsonTables(ByteWindow window, JsonSkipper skipper, JsonBatch batches) {
        this.window = window;
        this.skipper = skipper;
        this.batches = batches;
    }

    /** Whether the last table broke among its rows, which is reported, and the reading goes on outside. */
    boolean left() {
        return left;
    }

    /**
     * Reads one table whose opening brace is under the cursor.
     *
     * @param firstIndex number of its first row in the document
     * @return number after its last row; the complement ({@code ~n}) when the table is broken
     */
    int table(int firstIndex) throws IOException {
        left = false;
        Batch envelope = NO_COLUMNS;
        int index = firstIndex;
        window.at++;
        for (boolean first = true; ; first = false) {
            skipper.space();
            if (window.peek() == '}') {
                window.at++;
                return index;
            }
            if (!first) {
                if (window.peek() != ',') {
                    window.markHere();
                    return ~index;
                }
                window.at++;
                skipper.space();
            }
            window.markHere();
            if (window.peek() != '"' || skipper.string() != Outcome.DONE) {
                return ~index;
            }
            String name = window.outgrown() ? "" : new String(window.marked(), StandardCharsets.UTF_8);
            skipper.space();
            if (window.peek() != ':') {
                return ~index;
            }
            window.at++;
            skipper.space();
            if (name.equalsIgnoreCase("\"rows\"") && window.peek() == '[') {
                index = batches.read(envelope, index);
                if (index < 0) {
                    left = true;
                    return index;
                }
            } else {
                window.markHere();
                if (skipper.value() != Outcome.DONE) {
                    return ~index;
                }
                if (name.equalsIgnoreCase("\"columns\"") && !window.outgrown()) {
                    envelope = Batch.rows(new String(window.marked(), StandardCharsets.UTF_8));
                }
            }
        }
    }
}

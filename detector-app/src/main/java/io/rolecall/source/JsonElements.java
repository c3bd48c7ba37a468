package io.rolecall.source;

import io.rolecall.source.JsonSkipper.Outcome;
import java.io.IOException;

/** Hands on the elements of JSON documents: whole, cut where they outgrow the bound, or what is left where they are broken. */
final class JsonElements {

    private static final byte[] NOTHING = {};
    private static final byte[] COMMA = {','};
    private static final byte[] CUT_OFF = {'{'};

    private final ByteWindow window;
    private final ChunkWriter writer;

    JsonElements(ByteWindow window, ChunkWriter writer) {
        this.window = window;
        this.writer = writer;
    }

    /** Hands on the marked element, in an envelope of its own, or what is left of it; false when it is broken. */
    boolean finish(Outcome outcome, int line, int index, Batch batch) throws IOException {
        if (outcome != Outcome.DONE) {
            broken(line, index);
            return false;
        }
        boolean object = !window.outgrown() && window.buffer[window.mark] == '{';
        add(object ? batch : Batch.NONE, line, index);
        return true;
    }

    /** Hands on the marked element; alone in its chunk without an envelope, because it may turn out to be several. */
    void add(Batch batch, int line, int index) {
        if (window.outgrown()) {
            byte[] head = window.head();
            writer.addAlone(head, 0, head.length, line, index);
        } else if (batch.isNone()) {
            writer.addAlone(window.buffer, window.mark, window.at - window.mark, line, index);
        } else {
            writer.add(
                    batch.opening(), window.buffer, window.mark, window.at - window.mark, batch.closing(), line, index);
        }
    }

    /** Hands on the rest of a document that broke inside a value. */
    void broken(int line, int index) throws IOException {
        rest(line, index, NOTHING);
    }

    /** Hands on the rest of a document that broke between values. */
    void misplaced(int line, int index) throws IOException {
        rest(line, index, COMMA);
    }

    /**
     * Hands on the rest of a broken document, from the mark to the next line that can start a document. A lead-in comma keeps
     * a rest that would read as a value from being taken for an element; an opening brace stands for a rest that is missing.
     */
    private void rest(int line, int index, byte[] leadIn) throws IOException {
        if (window.mayRescan()) {
            window.rewind(window.mark, line);
        }
        int lineNow = window.line;
        while (true) {
            int lineEnd = nextLineFeed();
            if (lineEnd < 0) {
                break;
            }
            window.at = lineEnd + 1;
            lineNow++;
            int next = window.peek();
            if (next == '{' || next == '[') {
                break;
            }
        }
        emit(line, index, leadIn);
        window.line = lineNow;
    }

    /** Place of the next line feed, the window sliding on when the rest outgrows the bound; -1 at the end of the stream. */
    private int nextLineFeed() throws IOException {
        while (window.peek() >= 0) {
            byte[] bytes = window.buffer;
            for (int i = window.at; i < window.end; i++) {
                if (bytes[i] == '\n') {
                    return i;
                }
            }
            window.at = window.end;
        }
        return -1;
    }

    private void emit(int line, int index, byte[] leadIn) {
        byte[] rest = window.outgrown() ? window.head() : window.marked();
        int length = rest.length;
        while (length > 0 && rest[length - 1] <= ' ' && rest[length - 1] >= 0) {
            length--;
        }
        writer.flush();
        writer.add(length == 0 ? CUT_OFF : leadIn, rest, 0, length, NOTHING, line, index);
        writer.flush();
    }
}

package io.rolecall.source.file;

import io.rolecall.source.file.JsonSkipper.Outcome;
import io.rolecall.source.split.Batch;
import io.rolecall.source.split.BrokenElement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Splits a stream of JSON documents into elements without holding more than one element. A line that holds a whole object passes
 * as it is. Batches ({@code {"records":[..]}}, {@code {"value":[..]}}, {@code {"tables":[..]}} and bare arrays), on one line or
 * pretty-printed, are taken apart, each element in an envelope of its own. An element that is broken is handed on alone for the
 * decoder to reject; its siblings live ({@link BrokenElement}).
 */
final class JsonDocuments {

    private final ByteWindow window;
    private final ChunkWriter writer;
    private final JsonSkipper skipper;
    private final JsonElements elements;
    private final JsonBatch batches;
    private final boolean exports;

    /** @param exports true for files that hold no log: pages' own members are handed on too, as an object before or after its elements */
    JsonDocuments(ByteWindow window, ChunkWriter writer, boolean exports) {
        this.exports = exports;
        this.window = window;
        this.writer = writer;
        this.skipper = new JsonSkipper(window);
        this.elements = new JsonElements(window, writer);
        this.batches = new JsonBatch(window, skipper, elements, exports);
    }

    /** Reads to the end of the stream. */
    void read() throws IOException {
        while (true) {
            skipper.space();
            window.markHere();
            int first = window.peek();
            if (first < 0) {
                writer.flush();
                return;
            }
            if (first == ',') {
                window.at++;
            } else if (first != '{' || !wholeLine()) {
                document(first);
            }
        }
    }

    /** The fast path: one object on one line, which the decoder splits and reads. */
    private boolean wholeLine() throws IOException {
        if (startsBatch()) {
            return false;
        }
        int lineEnd = window.lineEnd();
        if (lineEnd < 0) {
            return false;
        }
        int last = lineEnd - 1;
        byte[] bytes = window.buffer;
        while (bytes[last] == '\r' || bytes[last] == ' ' || bytes[last] == '\t') {
            last--;
        }
        if (bytes[last] != '}' || lineEnd - window.at > window.maxElementBytes()) {
            return false;
        }
        writer.addLine(bytes, window.at, last + 1 - window.at, window.line);
        if (lineEnd < window.end) {
            window.line++;
            window.at = lineEnd + 1;
        } else {
            window.at = lineEnd;
        }
        return true;
    }

    /** Whether an object opens with the name of a batch, or of what stands before one. */
    private boolean startsBatch() throws IOException {
        while (window.end - window.at < 64 && window.fill()) {
            // enough bytes to see the first name, unless the stream is shorter
        }
        int i = window.at + 1;
        while (i < window.end && window.buffer[i] <= ' ') {
            i++;
        }
        return exports
                ? Batch.opensExportWith(window.buffer, i, window.end)
                : Batch.opensWith(window.buffer, i, window.end);
    }

    private void document(int first) throws IOException {
        if (first == '[') {
            batches.read(Batch.ARRAY, 0);
        } else if (first == '{') {
            object();
        } else {
            int line = window.line;
            elements.finish(skipper.value(), line);
        }
    }

    /** An object that is not known to be an element: a batch when a first-level name says so, else one element. */
    private void object() throws IOException {
        int line = window.line;
        if (!members()) {
            elements.broken(line);
        }
    }

    /** Reads the members of an object; false when it is broken before it turns out to be a batch. */
    private boolean members() throws IOException {
        int line = window.line;
        window.at++;
        for (boolean first = true; ; first = false) {
            skipper.space();
            int next = window.peek();
            if (next == '}') {
                window.at++;
                elements.add(Batch.NONE, window.at - window.mark, line, 0);
                return true;
            }
            if (!first) {
                if (next != ',') {
                    return false;
                }
                window.at++;
                skipper.space();
            }
            int nameOffset = window.at - window.mark;
            if (window.peek() != '"' || skipper.string() != Outcome.DONE) {
                return false;
            }
            boolean outgrown = window.outgrown();
            String name = outgrown ? "" : text(nameOffset + 1, window.at - window.mark - 1);
            skipper.space();
            if (window.peek() != ':') {
                return false;
            }
            window.at++;
            skipper.space();
            Batch batch = window.peek() == '[' ? batches.named(name) : null;
            if (batch != null && (first || batch.mayFollow(text(0, nameOffset)))) {
                if (exports && !first && !outgrown) {
                    elements.page(text(0, nameOffset), line);
                }
                int index = batches.read(batch, 0);
                if (index >= 0) {
                    batches.restOfObject(batch, index);
                }
                return true;
            }
            if (skipper.value() != Outcome.DONE) {
                return false;
            }
        }
    }

    private String text(int from, int to) {
        return new String(window.buffer, window.mark + from, to - from, StandardCharsets.UTF_8);
    }
}

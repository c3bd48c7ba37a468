package io.rolecall.source.file;

import io.rolecall.source.file.JsonSkipper.Outcome;
import io.rolecall.source.split.Batch;
import io.rolecall.source.split.BatchSplitter;
import io.rolecall.source.split.BrokenElement;
import io.rolecall.source.split.BrokenElement.Next;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Hands on the elements of JSON documents: whole, cut where they outgrow the bound, or as broken ones, each alone. */
final class JsonElements {

    private final ByteWindow window;
    private final ChunkWriter writer;
    private final BrokenElement broken = new BrokenElement();

    JsonElements(ByteWindow window, ChunkWriter writer) {
        this.window = window;
        this.writer = writer;
    }

    /** Hands on the marked value outside batches, or what is broken of it. */
    void finish(Outcome outcome, int line) throws IOException {
        if (outcome == Outcome.DONE) {
            add(Batch.NONE, window.at - window.mark, line, 0);
        } else {
            broken(line);
        }
    }

    /**
     * Hands on the marked element; alone in its chunk without an envelope, because it may turn out to be several.
     *
     * @param length bytes of the element, unless it outgrew the bound
     */
    void add(Batch batch, int length, int line, int index) {
        if (window.outgrown()) {
            byte[] head = window.head();
            writer.addBroken(head, 0, head.length, new Chunk.Broken(window.sizeTo(window.at), null, ""), line, index);
        } else if (batch.isNone()) {
            writer.addAlone(window.buffer, window.mark, length, line, index);
        } else {
            writer.add(batch.opening(), window.buffer, window.mark, length, batch.closing(), line, index);
        }
    }

    /**
     * Hands on what a page says of itself, as an object of its own.
     *
     * @param members the page's text up to the comma behind its last such member; nothing is handed on when it is empty
     */
    void page(String members, int line) {
        int end = members.lastIndexOf(',');
        if (end > 0) {
            byte[] page = (members.substring(0, end) + "}").getBytes(StandardCharsets.UTF_8);
            writer.add(page, 0, page.length, line, 0);
        }
    }

    /** Hands on what the marked element says of itself when it is a page: of pages in an array their elements alone would be left. */
    void pageWithin(int length, int line) {
        int name = window.mark + 1;
        while (name < window.mark + length && window.buffer[name] <= ' ') {
            name++;
        }
        if (Batch.opensExportWith(window.buffer, name, window.mark + length)) {
            byte[] page = PageMembers.of(window.buffer, window.mark, length).getBytes(StandardCharsets.UTF_8);
            if (page.length > 0) {
                writer.add(page, 0, page.length, line, 0);
            }
        }
    }

    /** The text from the mark to the cursor. */
    String marked() {
        return new String(window.buffer, window.mark, window.at - window.mark, StandardCharsets.UTF_8);
    }

    /** Rejects an element that is missing where one is due. */
    void missing(int line, int index) {
        reject(Reason.INVALID_JSON, "an element is missing", line, index);
    }

    /** Rejects a bracket that ended a batch before its elements did. */
    void strayBracket(int line, int index) {
        reject(Reason.INVALID_JSON, BatchSplitter.STRAY_BRACKET, line, index);
    }

    /** Rejects the rest of a batch of which there is none: the input has ended. */
    void ended(String expected, int line, int index) {
        reject(Reason.TRUNCATED, "the input ends inside a batch: " + expected + " expected", line, index);
    }

    private void reject(Reason reason, String message, int line, int index) {
        writer.addBroken(window.buffer, window.at, 0, new Chunk.Broken(0, reason, message), line, index);
    }

    /** Whether the marked element, though well-formed, has gone on into its siblings. */
    boolean swallows(int length) {
        broken.input(window.bytesRead());
        return broken.swallows(window.buffer, window.mark, window.mark + length);
    }

    /** Whether the marked element, of which the end is not known yet, has gone on into its siblings. */
    boolean longSwallows(int length) {
        broken.input(window.bytesRead());
        return broken.longSwallows(window.buffer, window.mark, window.mark + length);
    }

    /** Whether an element of a batch is marked that lacks nothing but the comma before it. */
    boolean lacksComma() throws IOException {
        while (true) {
            broken.input(window.bytesRead());
            Next next = broken.withoutComma(window.buffer, window.mark, window.end, window.ended());
            if (next != Next.MORE || window.end - window.mark > window.maxElementBytes()) {
                return next == Next.SIBLING;
            }
            window.hold();
        }
    }

    /** Rejects the marked value outside batches; reading goes on at the next one. */
    void broken(int line) throws IOException {
        recover(false, true, null, "", line, 0);
    }

    /** Rejects what stands, from the mark on, where an object goes on that holds a batch. */
    void misplaced(String expected, int line, int index) throws IOException {
        boolean ended = window.at >= window.end && window.peek() < 0;
        String message = (ended ? "the input ends inside a batch: " : "") + expected + " expected";
        recover(false, false, ended ? Reason.TRUNCATED : Reason.INVALID_JSON, message, line, index);
    }

    /**
     * Rejects the marked element of a batch.
     *
     * @return whether the batch goes on
     */
    boolean brokenInBatch(int line, int index) throws IOException {
        return goesOn(recover(true, true, null, "", line, index));
    }

    /**
     * Rejects what stands, from the mark on, between the elements of a batch.
     *
     * @return whether the batch goes on
     */
    boolean misplacedInBatch(String expected, int line, int index) throws IOException {
        return goesOn(recover(true, false, Reason.INVALID_JSON, expected + " expected", line, index));
    }

    private static boolean goesOn(Next next) {
        return next == Next.SIBLING || next == Next.END_OF_BATCH;
    }

    private Next recover(boolean inBatch, boolean whole, @Nullable Reason reason, String message, int line, int index)
            throws IOException {
        boolean trusting = whole;
        broken.spent(window.sizeTo(window.at));
        if (window.isCut()) {
            trusting = false;
            window.letGo(window.at);
        } else {
            window.at = window.mark;
            window.line = line;
        }
        Next next = find(inBatch, trusting);
        while (next == Next.MORE) {
            if (window.end - window.mark <= window.maxElementBytes()) {
                window.hold();
            } else {
                trusting = false;
                letGo(broken.kept());
            }
            next = find(inBatch, trusting);
        }
        emit(new Chunk.Broken(window.sizeTo(broken.end()), reason, message), line, index);
        goTo(broken.resume());
        window.markHere();
        return next;
    }

    private Next find(boolean inBatch, boolean trusting) {
        broken.input(window.bytesRead());
        return inBatch
                ? broken.inBatch(window.buffer, window.mark, window.end, window.ended(), trusting)
                : broken.outside(window.buffer, window.mark, window.end, window.ended(), trusting);
    }

    /** Lets go of what cannot begin an element. */
    private void letGo(int kept) {
        int place = kept > window.mark ? kept : window.end;
        countLines(place);
        window.letGo(place);
    }

    private void emit(Chunk.Broken element, int line, int index) {
        if (window.isCut()) {
            byte[] head = window.head();
            int length = (int) Math.min(head.length, element.size());
            writer.addBroken(head, 0, length, element, line, index);
        } else {
            int length = (int) Math.min(element.size(), window.maxElementBytes() + 1L);
            writer.addBroken(window.buffer, window.mark, length, element, line, index);
        }
    }

    private void goTo(int place) {
        countLines(place);
        window.at = place;
    }

    private void countLines(int place) {
        for (int i = window.mark; i < place; i++) {
            if (window.buffer[i] == '\n') {
                window.line++;
            }
        }
    }
}

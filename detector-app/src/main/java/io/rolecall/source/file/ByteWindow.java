package io.rolecall.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A window that slides over a stream. It holds the bytes from {@code mark} on, so that an element can be handed on once its end
 * is found; of an element that outgrows the bound only the head is kept, and the window slides on.
 */
final class ByteWindow {

    private static final int FIRST_SIZE = 256 * 1024;
    private static final long MOST_RESCANNED = 128L << 20;
    private static final int LEAST_GROWTH = 64 * 1024;

    private final InputStream in;
    private final int maxElementBytes;
    private boolean ended;
    private byte @Nullable [] head;
    private long rescanned;
    private long passed;
    private long markedAt;

    byte[] buffer;
    int mark;
    int at;
    int end;
    int line = 1;

    ByteWindow(InputStream in, int maxElementBytes) {
        this.in = in;
        this.maxElementBytes = maxElementBytes;
        this.buffer = new byte[Math.min(FIRST_SIZE, Math.max(16, maxElementBytes))];
    }

    /** The byte under the cursor, or -1 at the end of the stream. Moves nothing. */
    int peek() throws IOException {
        return at < end || fill() ? buffer[at] & 0xff : -1;
    }

    /** Starts holding bytes at the cursor. */
    void markHere() {
        mark = at;
        markedAt = passed + at;
        head = null;
    }

    /** Bytes from where {@link #markHere} was last called to a place of the buffer, those no longer held included. */
    long sizeTo(int place) {
        return passed + place - markedAt;
    }

    /** Bytes of the stream read so far. */
    long bytesRead() {
        return passed + end;
    }

    /** Whether the stream has no more bytes than those held. */
    boolean ended() {
        return ended;
    }

    /** Reads more while holding everything from the mark on, at least as much again as is held already, up to the stream's end. */
    void hold() throws IOException {
        int wanted = Math.max(LEAST_GROWTH, 2 * (end - mark));
        at = mark;
        while (end - mark < wanted && fill()) {
            // until enough is held
        }
    }

    /** Whether bytes of the marked element are no longer held. */
    boolean isCut() {
        return head != null;
    }

    /** Lets go of the bytes before a place, of which only the head of the marked element is kept. */
    void letGo(int place) {
        if (head == null) {
            head = Arrays.copyOfRange(buffer, mark, Math.min(place, mark + maxElementBytes + 1));
        }
        mark = place;
        at = place;
    }

    /**
     * Whether what was read since the mark may be read again: it is still held, and hostile input has not used up the patience
     * for reading things twice.
     */
    boolean mayRescan() {
        return head == null && rescanned < MOST_RESCANNED;
    }

    /** Starts holding bytes at a place of the buffer that is still held, and puts the cursor there. */
    void rewind(int place, int placeLine) {
        rescanned += at - place;
        at = place;
        line = placeLine;
        markHere();
    }

    /** The bytes from the mark to the cursor. */
    byte[] marked() {
        return Arrays.copyOfRange(buffer, mark, at);
    }

    int maxElementBytes() {
        return maxElementBytes;
    }

    /** Whether the marked element outgrew the bound, so that only its head is known. */
    boolean outgrown() {
        return head != null || at - mark > maxElementBytes;
    }

    /** The head of an element that outgrew the bound: one byte more than the bound allows. */
    byte[] head() {
        byte[] kept = head;
        return kept != null ? kept : Arrays.copyOfRange(buffer, mark, mark + maxElementBytes + 1);
    }

    /**
     * The next line feed from the cursor on, without moving it.
     *
     * @return its place in the buffer; {@code end} when the stream ends first; -1 when the line outgrows the bound
     */
    int lineEnd() throws IOException {
        int scanned = at;
        while (true) {
            byte[] bytes = buffer;
            int stop = end;
            for (int i = scanned; i < stop; i++) {
                if (bytes[i] == '\n') {
                    return i;
                }
            }
            if (stop - at > maxElementBytes) {
                return -1;
            }
            int done = stop - mark;
            boolean more = fill();
            scanned = mark + done;
            if (!more) {
                return end;
            }
        }
    }

    /** Reads more; may move the buffer's content, never what {@code mark} and {@code at} point to. */
    boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (at - mark > maxElementBytes) {
            if (head == null) {
                head = head();
            }
            mark = at;
        }
        if (mark > 0) {
            System.arraycopy(buffer, mark, buffer, 0, end - mark);
            passed += mark;
            at -= mark;
            end -= mark;
            mark = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            ended = true;
            return false;
        }
        end += read;
        return read > 0 || fill();
    }
}

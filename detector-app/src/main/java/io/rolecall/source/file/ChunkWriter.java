package io.rolecall.source.file;

import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.DateOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/** Gathers elements into chunks; each element becomes one line of its chunk. */
final class ChunkWriter {

    private static final byte[] NOTHING = {};

    private final String file;
    private final DateOrder dates;
    private final int maxChunkBytes;
    private final Consumer<Chunk> sink;
    private byte[] bytes;
    private int size;
    private int[] lines = new int[64];
    private int[] indexes = new int[64];
    private int count;

    /**
     * @param file name for the positions
     * @param maxChunkBytes size a chunk does not exceed unless a single element does
     * @param dates how the local dates of the file are read
     * @param sink receives the chunks
     */
    ChunkWriter(String file, int maxChunkBytes, DateOrder dates, Consumer<Chunk> sink) {
        this.file = file;
        this.dates = dates;
        this.maxChunkBytes = maxChunkBytes;
        this.sink = sink;
        this.bytes = new byte[Math.min(maxChunkBytes, 64 * 1024)];
    }

    /** Adds an element that holds no line break. */
    void add(byte[] from, int offset, int length, int line, int index) {
        add(NOTHING, from, offset, length, NOTHING, line, index);
    }

    /** Adds an element between the opening and the closing of its envelope; line breaks in it become spaces. */
    void add(byte[] opening, byte[] from, int offset, int length, byte[] closing, int line, int index) {
        int needed = opening.length + length + closing.length + 1;
        if (size + needed > maxChunkBytes) {
            flush();
        }
        reserve(needed);
        append(opening, 0, opening.length);
        int start = size;
        append(from, offset, length);
        for (int i = start; i < size; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                bytes[i] = ' ';
            }
        }
        append(closing, 0, closing.length);
        bytes[size++] = '\n';
        position(line, index);
    }

    /** Adds one physical line, which needs no look at its content. */
    void addLine(byte[] from, int offset, int length, int line) {
        int needed = length + 1;
        if (size + needed > maxChunkBytes) {
            flush();
        }
        reserve(needed);
        append(from, offset, length);
        bytes[size++] = '\n';
        position(line, 0);
    }

    /** Adds an element in a chunk of its own, because it may turn out to be several. */
    void addAlone(byte[] from, int offset, int length, int line, int index) {
        flush();
        add(from, offset, length, line, index);
        flush();
    }

    /** Hands on an element that is known to be broken, with its bytes as they are. */
    void addBroken(byte[] from, int offset, int length, Chunk.Broken broken, int line, int index) {
        flush();
        sink.accept(new Chunk(
                Arrays.copyOfRange(from, offset, offset + length),
                file,
                new int[] {line},
                new int[] {index},
                dates,
                broken));
    }

    /** Hands on what is gathered. */
    void flush() {
        if (count == 0) {
            return;
        }
        Chunk chunk = new Chunk(
                Arrays.copyOf(bytes, size),
                file,
                Arrays.copyOf(lines, count),
                Arrays.copyOf(indexes, count),
                dates,
                null);
        size = 0;
        count = 0;
        if (bytes.length > maxChunkBytes) {
            bytes = new byte[maxChunkBytes];
        }
        sink.accept(chunk);
    }

    private void reserve(int needed) {
        if (size + needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + needed, Math.min(maxChunkBytes, bytes.length * 2)));
        }
    }

    private void append(byte[] from, int offset, int length) {
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    private void position(int line, int index) {
        if (count == lines.length) {
            lines = Arrays.copyOf(lines, count * 2);
            indexes = Arrays.copyOf(indexes, count * 2);
        }
        lines[count] = line;
        indexes[count++] = index;
    }
}

package io.rolecall.benchmarks;

import io.rolecall.source.split.Chunk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reads a file of lines as pieces of whole lines of at most one mebibyte: the least that any reader has to do. */
final class LineChunks {

    private static final int CHUNK = 1 << 20;

    private LineChunks() {}

    /**
     * Reads a file to its end.
     *
     * @param file lines, none longer than a mebibyte
     * @param sink receives the pieces; each is the receiver's own
     * @throws IOException when the file cannot be read
     */
    static void read(Path file, Consumer<byte[]> sink) throws IOException {
        byte[] buffer = new byte[CHUNK];
        int held = 0;
        try (InputStream in = Files.newInputStream(file)) {
            while (true) {
                int read = in.readNBytes(buffer, held, CHUNK - held);
                int end = held + read;
                int whole = read == 0 ? end : endOfLastLine(buffer, end);
                if (whole > 0) {
                    sink.accept(Arrays.copyOf(buffer, whole));
                }
                if (read == 0) {
                    return;
                }
                held = end - whole;
                System.arraycopy(buffer, whole, buffer, 0, held);
            }
        }
    }

    /** A piece as a chunk whose elements know their lines. */
    static Chunk chunk(byte[] lines, String file, int firstLine) {
        int count = 0;
        for (byte each : lines) {
            if (each == '\n') {
                count++;
            }
        }
        int[] numbers = new int[count];
        Arrays.setAll(numbers, i -> firstLine + i);
        return new Chunk(lines, file, numbers, new int[count]);
    }

    private static int endOfLastLine(byte[] buffer, int end) {
        int i = end;
        while (i > 0 && buffer[i - 1] != '\n') {
            i--;
        }
        return i;
    }
}

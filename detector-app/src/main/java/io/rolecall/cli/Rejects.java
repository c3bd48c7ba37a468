package io.rolecall.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.explain.Printable;
import io.rolecall.source.split.Rejected;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reports rejected elements with reason and position: on the terminal up to a bound, in a file all of them. */
final class Rejects implements Closeable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter err;
    private final long mostLines;
    private final @Nullable BufferedWriter file;
    private long count;

    /**
     * @param err where they are reported
     * @param mostLines how many are reported there, the rest only counted
     * @param file where all are written as NDJSON, if anywhere
     */
    Rejects(PrintWriter err, long mostLines, @Nullable Path file) throws IOException {
        this.err = err;
        this.mostLines = mostLines;
        this.file = file == null ? null : Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    void report(Rejected rejected) {
        count++;
        if (count <= mostLines) {
            err.println(rejected.position() + ": rejected, " + rejected.reason().label() + ": "
                    + Printable.line(rejected.message()));
        }
        if (file != null) {
            write(rejected, file);
        }
    }

    private static void write(Rejected rejected, BufferedWriter file) {
        ObjectNode line = JSON.createObjectNode();
        line.put("position", rejected.position());
        line.put("reason", rejected.reason().label());
        line.put("message", rejected.message());
        line.put("size", rejected.size());
        line.put("element", new String(rejected.element(), StandardCharsets.UTF_8));
        try {
            file.write(JSON.writeValueAsString(line));
            file.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says how many were not listed, and where to see them. */
    void finish() {
        if (count > mostLines) {
            err.println("... and " + (count - mostLines) + " more rejected: --rejects FILE writes them all");
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}

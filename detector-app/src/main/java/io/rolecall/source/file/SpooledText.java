package io.rolecall.source.file;

import io.rolecall.config.ProcessDirectory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A text that is read twice from a stream that can be read once: what the first reading takes is kept, up to 1 MiB in memory and
 * beyond that in a temporary file, and stands before the rest of the stream in the second.
 */
final class SpooledText implements Closeable {

    private static final int MOST_IN_MEMORY = 1 << 20;

    private final InputStream source;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable Path file;
    private @Nullable OutputStream out;
    private @Nullable InputStream again;
    private @Nullable IOException failure;

    SpooledText(InputStream source) {
        this.source = source;
    }

    /** The text from its begin, kept as it is read. */
    InputStream first() {
        return new Kept();
    }

    /** The text from its begin once more; the first reading is over then. */
    InputStream second() throws IOException {
        OutputStream written = out;
        if (written != null) {
            written.close();
        }
        InputStream begin = file == null ? new ByteArrayInputStream(memory.toByteArray()) : Files.newInputStream(file);
        again = begin;
        IOException failed = failure;
        return new SequenceInputStream(begin, failed == null ? source : new Failing(failed));
    }

    private void keep(byte[] bytes, int offset, int count) throws IOException {
        if (file == null && memory.size() + count > MOST_IN_MEMORY) {
            Path temporary = Files.createTempFile(ProcessDirectory.path(), "rolecall-", ".txt");
            file = temporary;
            out = Files.newOutputStream(temporary);
            memory.writeTo(out);
            memory = new ByteArrayOutputStream();
        }
        OutputStream target = out;
        if (target == null) {
            memory.write(bytes, offset, count);
        } else {
            target.write(bytes, offset, count);
        }
    }

    @Override
    public void close() throws IOException {
        if (again != null) {
            again.close();
        }
        if (out != null) {
            out.close();
        }
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    private final class Kept extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                int count = source.read(target, offset, length);
                if (count > 0) {
                    keep(target, offset, count);
                }
                return count;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }

    /** Fails as the first reading did. */
    private static final class Failing extends InputStream {

        private final IOException failure;

        Failing(IOException failure) {
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            throw failure;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            throw failure;
        }
    }
}

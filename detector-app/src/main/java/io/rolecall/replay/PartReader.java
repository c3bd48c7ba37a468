package io.rolecall.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Reads the frames of a partition's file up to the first that is torn. */
final class PartReader implements AutoCloseable {

    private final FileChannel channel;
    private final ByteBuffer head = ByteBuffer.allocate(PartFrame.HEAD_BYTES);
    private long good;

    private PartReader(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens a file; null when there is none, because nothing has been read of the partition yet. */
    static @Nullable PartReader open(Path file) throws IOException {
        return Files.exists(file) ? new PartReader(FileChannel.open(file, StandardOpenOption.READ)) : null;
    }

    private interface Reading {
        @Nullable
        PartFrame of(ByteBuffer head, byte[] body) throws IOException;
    }

    /** The next frame; null at the end. */
    @Nullable
    PartFrame next() throws IOException {
        return next(PartFrame::read);
    }

    /** How far the last frame goes, without what it holds; null when there is none. */
    @Nullable
    PartFrame last() throws IOException {
        PartFrame last = null;
        for (PartFrame mark = next(PartFrame::readMark); mark != null; mark = next(PartFrame::readMark)) {
            last = mark;
        }
        return last;
    }

    private @Nullable PartFrame next(Reading reading) throws IOException {
        head.clear();
        if (!fill(head, good)) {
            return null;
        }
        int length = PartFrame.bodyBytes(head);
        if (length < 0 || channel.size() - good - PartFrame.HEAD_BYTES < length) {
            return null;
        }
        ByteBuffer body = ByteBuffer.allocate(length);
        if (!fill(body, good + PartFrame.HEAD_BYTES)) {
            return null;
        }
        PartFrame frame = reading.of(head, body.array());
        if (frame != null) {
            good += PartFrame.HEAD_BYTES + length;
        }
        return frame;
    }

    /** Bytes of the frames read so far. */
    long goodBytes() {
        return good;
    }

    private boolean fill(ByteBuffer buffer, long from) throws IOException {
        long at = from;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                return false;
            }
            at += read;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

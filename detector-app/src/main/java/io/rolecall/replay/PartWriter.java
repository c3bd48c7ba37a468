package io.rolecall.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what is kept of one partition. A process that is killed loses what came after the last frame, and the next one goes on
 * there. Not for use by several threads at once.
 */
public final class PartWriter implements Closeable {

    /** A frame is ended at so many bytes of payload, to bound the memory of many partitions. */
    private static final int FRAME_BYTES = 512 << 10;

    private final FileChannel channel;
    private final Tally tally;
    private final List<Kept> kept = new ArrayList<>();
    private long keptBytes;
    private long next;
    private long written;
    private boolean unsynced;

    private PartWriter(FileChannel channel, long next, Tally tally) {
        this.channel = channel;
        this.next = next;
        this.written = next;
        this.tally = tally;
    }

    /**
     * Opens the file of a partition where an earlier process stopped, or begins it. What a crash left torn is cut off.
     *
     * @param directory where the plan lies
     */
    public static PartWriter open(Path directory, PlannedPartition partition) throws IOException {
        Path file = directory.resolve(partition.fileName());
        long next = partition.start();
        Tally tally = new Tally();
        long good = 0;
        try (PartReader reader = PartReader.open(file)) {
            PartFrame last = reader == null ? null : reader.last();
            if (reader != null && last != null) {
                next = last.next();
                tally = last.tally();
                good = reader.goodBytes();
            }
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.truncate(good);
            channel.position(good);
            channel.force(true);
            Directories.sync(directory);
            return new PartWriter(channel, next, tally);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Offset from which the partition is read on. */
    public long next() {
        return next;
    }

    /** Counts from the start of the partition; to be added to before {@link #readTo}. */
    public Tally tally() {
        return tally;
    }

    /** Keeps something of a record that {@link #readTo} is then told of. */
    public void keep(Kept one) {
        kept.add(one);
        keptBytes += one.payload().length;
    }

    /**
     * Says that everything before an offset is read, counted and kept.
     *
     * @param offset not smaller than before
     */
    public void readTo(long offset) throws IOException {
        next = offset;
        if (keptBytes >= FRAME_BYTES) {
            write();
        }
    }

    /** Makes what was read last. */
    public void sync() throws IOException {
        if (next != written || !kept.isEmpty()) {
            write();
        }
        if (unsynced) {
            channel.force(false);
            unsynced = false;
        }
    }

    private void write() throws IOException {
        ByteBuffer frame = ByteBuffer.wrap(new PartFrame(next, tally, kept).bytes());
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
        kept.clear();
        keptBytes = 0;
        written = next;
        unsynced = true;
    }

    /** Closes the file without making last what was not. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package io.rolecall.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second process from gathering into the same directory. A process that ends, however it does, gives it up. */
public final class DirectoryLock implements Closeable {

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes it.
     *
     * @throws IOException when another process has it, or the directory cannot be written to
     */
    public static DirectoryLock of(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new DirectoryLock(directory, channel);
            }
        } catch (OverlappingFileLockException sameProcess) {
            // Said below, like a lock of another process.
        }
        channel.close();
        throw new IOException(directory + " is being gathered into by another process");
    }

    /** The directory that is held. */
    public Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package io.rolecall.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A directory of this process alone, within the one for temporary files: for what libraries unpack from their jars (RocksDB 60 MB, zstd,
 * Snappy) and for what a run keeps on disk while it lasts. An orderly end deletes it; after a crash the next start does. A file in it is
 * locked as long as the process lives, whatever its number and whichever container it lives in, so that a start can tell.
 */
public final class ProcessDirectory {

    private static final String PROPERTY = "rolecall.process.directory";
    private static final String PREFIX = "rolecall-process-";
    private static final String LOCK = "in-use";

    /** Where zstd-jni and snappy-java unpack to, by the system properties that they read. */
    private static final List<String> OF_LIBRARIES = List.of("ZstdTempFolder", "org.xerial.snappy.tempdir");

    private ProcessDirectory() {}

    /**
     * Clears what crashed processes left, and makes the directory of this one. To be called once, before any library unpacks anything.
     * Where it cannot be made, the directory for temporary files is used as it is.
     */
    public static void prepare() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            clear(temporary);
            Path own = make(temporary);
            System.setProperty(PROPERTY, own.toString());
            for (String property : OF_LIBRARIES) {
                if (System.getProperty(property) == null) {
                    System.setProperty(property, own.toString());
                }
            }
        } catch (IOException e) {
            // Whoever needs it will say so better.
        }
    }

    /** It, or the one for all temporary files where none has been made. */
    public static Path path() {
        return Path.of(System.getProperty(PROPERTY, System.getProperty("java.io.tmpdir")));
    }

    /** It is renamed to its name when its lock is held: until then it is nobody's to clear. */
    private static Path make(Path temporary) throws IOException {
        Path unlocked = Files.createTempDirectory(temporary, "rolecall-new-");
        hold(unlocked.resolve(LOCK));
        Path own = temporary.resolve(PREFIX + unlocked.getFileName().toString().replace("rolecall-new-", ""));
        Files.move(unlocked, own, StandardCopyOption.ATOMIC_MOVE);
        // In the reverse order, after what libraries register.
        own.toFile().deleteOnExit();
        own.resolve(LOCK).toFile().deleteOnExit();
        return own;
    }

    /** Holds a lock until the process ends, in whatever way. A channel that nobody refers to any more is closed, and its lock with it. */
    private static void hold(Path lock) throws IOException {
        FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            throw new IOException("Somebody else holds " + lock);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> release(channel), "rolecall-process-directory"));
    }

    private static void release(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The process ends anyway.
        }
    }

    /** Deletes the directories of processes that are gone. */
    static void clear(Path temporary) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path directory : found) {
                if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                    clearIfLeft(directory);
                }
            }
        }
    }

    private static void clearIfLeft(Path directory) {
        try (FileChannel lock = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE)) {
            if (lock.tryLock() != null) {
                DirectoryTree.delete(directory);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // Another user's, or this process's own, or another start is clearing it.
        }
    }
}

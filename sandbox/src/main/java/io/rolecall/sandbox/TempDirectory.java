package io.rolecall.sandbox;

import io.rolecall.config.ProcessDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A directory that is deleted with all that is in it when it is closed. */
final class TempDirectory implements AutoCloseable {

    private final Path path;

    private TempDirectory(Path path) {
        this.path = path;
    }

    /**
     * Makes one among the temporary files of this process.
     *
     * @throws IOException when it cannot be made
     */
    static TempDirectory create(String prefix) throws IOException {
        return create(ProcessDirectory.path(), prefix);
    }

    /**
     * Makes one in a directory.
     *
     * @throws IOException when it cannot be made
     */
    static TempDirectory create(Path parent, String prefix) throws IOException {
        return new TempDirectory(Files.createTempDirectory(parent, prefix).toRealPath());
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(path, new Deletion());
        } catch (NoSuchFileException gone) {
            // Somebody was faster.
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary directory " + path + " cannot be deleted", e);
        }
    }

    /** Deletes from the leaves up; a file that another thread still deletes is no error. */
    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
            if (error instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw error;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException error) throws IOException {
            if (error != null && !(error instanceof NoSuchFileException)) {
                throw error;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}

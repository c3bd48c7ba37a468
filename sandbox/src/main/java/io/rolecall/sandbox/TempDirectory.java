package io.rolecall.sandbox;

import io.rolecall.config.DirectoryTree;
import io.rolecall.config.ProcessDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
            DirectoryTree.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary directory " + path + " cannot be deleted", e);
        }
    }
}

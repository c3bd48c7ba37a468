package io.rolecall.state;

import io.rolecall.config.ProcessDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;

/** Loads the native libraries that every run of the service needs, in such a way that a crash leaves nothing of them behind. */
public final class NativeLibraries {

    private static final String LZ4 = "liblz4-java-";

    private NativeLibraries() {}

    /**
     * Unpacks RocksDB into the directory of the process; by itself it takes the one for all temporary files, and an environment variable
     * alone could tell it otherwise. Loading again does nothing.
     *
     * @throws UncheckedIOException when it cannot be unpacked
     */
    public static void loadRocksDb() {
        try {
            NativeLibraryLoader.getInstance()
                    .loadLibrary(ProcessDirectory.path().toString());
        } catch (IOException e) {
            throw new UncheckedIOException("RocksDB cannot be unpacked: " + e.getMessage(), e);
        }
    }

    /**
     * Loads lz4-java, which unpacks into the directory for temporary files and nowhere else, beside a lock file that keeps its own
     * clearing from ever deleting it after a crash. What is loaded needs no name, so both are deleted at once where the system tells which
     * are this process's; elsewhere they stay until an orderly end.
     */
    public static void loadLz4() {
        try {
            // Its static initialiser loads the library. By name, since Kafka brings it and this program calls nothing
            // of it.
            Class.forName("net.jpountz.lz4.LZ4JNI");
            Path maps = Path.of("/proc/self/maps");
            if (Files.isReadable(maps)) {
                deleteMapped(maps);
            }
        } catch (ClassNotFoundException | LinkageError | IOException e) {
            // Then it is loaded when it is needed, or not there.
        }
    }

    private static void deleteMapped(Path maps) throws IOException {
        try (Stream<String> lines = Files.lines(maps, StandardCharsets.ISO_8859_1)) {
            for (String file : lines.filter(line -> line.contains("/" + LZ4))
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct()
                    .toList()) {
                Files.deleteIfExists(Path.of(file));
                Files.deleteIfExists(Path.of(file + ".lck"));
            }
        }
    }
}

package io.rolecall.ops;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bytes that the state of this process takes on disk, by store, standby copies and leftovers of tasks that moved away included. Kafka
 * Streams lays the files out as {@code state-dir/application-id/task/rocksdb/store/}.
 */
final class StateSizes {

    private static final String ROCKS_DB = "rocksdb";
    private static final String OTHER = "other";

    private final Path directory;

    /** @param directory of one application below the state directory; it need not exist yet */
    StateSizes(Path directory) {
        this.directory = directory;
    }

    /**
     * Adds the sizes of the files up.
     *
     * @return bytes by store; what belongs to no store is {@code other}
     * @throws IOException when the directory cannot be read
     */
    Map<String, Long> byStore() throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        if (Files.isDirectory(directory)) {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sizes.merge(store(directory.relativize(file)), attributes.size(), Long::sum);
                    return FileVisitResult.CONTINUE;
                }

                /** RocksDB deletes files at any time. */
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException error) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException error) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return sizes;
    }

    private static String store(Path file) {
        boolean inStore = file.getNameCount() > 3 && file.getName(1).toString().equals(ROCKS_DB);
        return inStore ? file.getName(2).toString() : OTHER;
    }
}

package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateSizesTest {

    @TempDir
    private Path directory;

    private void file(String path, int bytes) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
    }

    @Test
    void the_files_of_a_store_are_added_up_over_its_tasks() throws IOException {
        // Given
        file("rolecall/4_0/rocksdb/history/000010.sst", 100);
        file("rolecall/4_1/rocksdb/history/000011.sst", 20);
        file("rolecall/4_1/rocksdb/profiles/LOG", 3);
        file("rolecall/4_1/.checkpoint", 7);

        // When
        Map<String, Long> sizes = new StateSizes(directory.resolve("rolecall")).byStore();

        // Then
        assertThat(sizes).containsOnly(Map.entry("history", 120L), Map.entry("profiles", 3L), Map.entry("other", 7L));
    }

    @Test
    void before_the_first_start_there_is_no_state() throws IOException {
        // When
        Map<String, Long> sizes = new StateSizes(directory.resolve("none")).byStore();

        // Then
        assertThat(sizes).isEmpty();
    }
}

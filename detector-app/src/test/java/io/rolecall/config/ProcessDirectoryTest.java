package io.rolecall.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessDirectoryTest {

    @TempDir
    Path temporary;

    @Test
    void what_nobody_holds_is_cleared_and_everything_else_stays() throws IOException {
        // Given
        Path left = process("left");
        Path held = process("held");
        Path unmarked = Files.createDirectory(temporary.resolve("rolecall-process-unmarked"));
        Path foreign = Files.createDirectory(temporary.resolve("another"));
        Files.createFile(foreign.resolve("in-use"));

        // When
        try (FileChannel channel = FileChannel.open(held.resolve("in-use"), StandardOpenOption.WRITE)) {
            assertThat(channel.tryLock()).isNotNull();
            ProcessDirectory.clear(temporary);
        }

        // Then
        assertThat(left).doesNotExist();
        assertThat(held.resolve("sub/librocksdbjni.so")).exists();
        assertThat(unmarked).exists();
        assertThat(foreign.resolve("in-use")).exists();
    }

    @Test
    void a_link_to_somewhere_else_is_not_followed() throws IOException {
        // Given
        Path target = process("target");
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Path inner = Files.createDirectory(elsewhere.resolve("tmp"));
        Files.createSymbolicLink(inner.resolve("rolecall-process-link"), target);

        // When
        ProcessDirectory.clear(inner);

        // Then
        assertThat(target.resolve("in-use")).exists();
    }

    private Path process(String name) throws IOException {
        Path directory = Files.createDirectories(temporary.resolve("rolecall-process-" + name));
        Files.createFile(directory.resolve("in-use"));
        Files.createFile(Files.createDirectory(directory.resolve("sub")).resolve("librocksdbjni.so"));
        return directory;
    }
}

package io.rolecall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileErrorsTest {

    @TempDir
    Path folder;

    @Test
    void a_file_in_another_encoding_is_said_to_be_so() throws IOException {
        // Given
        Path file = Files.write(folder.resolve("latin.yaml"), new byte[] {'#', ' ', (byte) 0xe4, '\n'});

        // When
        ConfigurationException thrown =
                catchThrowableOfType(ConfigurationException.class, () -> ConfigFile.load(file, Map.of()));

        // Then
        assertThat(thrown).hasMessage(file + ": cannot be read: it is not UTF-8");
    }

    @Test
    void what_says_nothing_is_not_named_by_its_class() {
        // When
        String cause = FileErrors.cause(new IOException());

        // Then
        assertThat(cause).isEqualTo("an error that says nothing");
    }
}

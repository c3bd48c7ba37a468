package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that is killed leaves among the temporary files, and what becomes of it. */
class CrashTracesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    @Test
    void what_a_killed_service_leaves_the_next_start_clears() throws IOException {
        // Given
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        try (JavaProcess service = start(temporary, "first.log", "run", "--embedded", "--config", config())) {
            awaitReady(service);
            assertThat(libraries(temporary)).as("unpacked by a living process").isNotEmpty();

            // When
            service.kill();
        }
        try (JavaProcess next = start(temporary, "next.log", "--version")) {
            int exitCode = next.exitCode(PATIENCE);

            // Then
            assertThat(exitCode).isZero();
            assertThat(temporary).isEmptyDirectory();
        }
    }

    @Test
    void what_a_living_process_uses_stays_and_an_orderly_end_leaves_nothing() throws IOException {
        // Given
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        try (JavaProcess service = start(temporary, "service.log", "run", "--embedded", "--config", config())) {
            awaitReady(service);
            List<Path> before = libraries(temporary);

            // When
            try (JavaProcess other = start(temporary, "other.log", "--version")) {
                assertThat(other.exitCode(PATIENCE)).isZero();
            }

            // Then
            assertThat(libraries(temporary)).isEqualTo(before).isNotEmpty();
            service.terminate();
            assertThat(service.exitCode(PATIENCE)).as(service.output()).isZero();
            assertThat(temporary).isEmptyDirectory();
        }
    }

    private String config() throws IOException {
        return Files.writeString(
                        directory.resolve("rolecall.yaml"),
                        "state-dir: '" + directory.resolve("state") + "'\nhttp: { port: 0 }\n")
                .toString();
    }

    private JavaProcess start(Path temporary, String log, String... command) {
        return JavaProcess.start(
                directory.resolve(log),
                List.of("-Xmx512m", "-Djava.io.tmpdir=" + temporary),
                Stream.concat(Stream.of("io.rolecall.cli.Main"), Stream.of(command))
                        .toList());
    }

    private static void awaitReady(JavaProcess service) {
        await("ready").atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(service.isAlive()).as(service.output()).isTrue();
            return service.output().contains("Ready, and reading entra.audit-logs");
        });
    }

    private static List<Path> libraries(Path temporary) throws IOException {
        try (Stream<Path> files = Files.walk(temporary)) {
            return files.filter(file -> file.getFileName().toString().matches("lib.*\\.(so|dylib|jnilib|dll).*"))
                    .sorted()
                    .toList();
        }
    }
}

package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as somebody starts it, and ends it before its time. */
class DemoProcessTest {

    /** 128 and the number of SIGTERM. */
    private static final int TERMINATED = 143;

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern KAFKA = Pattern.compile("Kafka +(127\\.0\\.0\\.1:\\d+)");

    @TempDir
    private Path directory;

    @Test
    void ended_in_the_middle_it_leaves_nothing_behind() throws IOException {
        // Given
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        try (JavaProcess demo = demo(temporary, "--speed", "0.5")) {
            awaitOutput(demo, "a new incident");

            // When
            demo.terminate();
            int exitCode = demo.exitCode(PATIENCE);

            // Then
            assertThat(exitCode).isEqualTo(TERMINATED);
            assertThat(temporary).isEmptyDirectory();
            assertThat(demo.output()).doesNotContain("Exception", " ERROR ", "rolecall:");
        }
    }

    @Test
    void kept_running_it_says_where_it_is_and_serves_until_it_is_ended() throws IOException {
        // Given
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        try (JavaProcess demo = demo(temporary, "--keep-running", "--speed", "10")) {

            // When
            awaitOutput(demo, "Broker and service are still running");

            // Then
            Matcher address = KAFKA.matcher(demo.output());
            assertThat(address.find()).isTrue();
            try (KafkaClient client = new KafkaClient(address.group(1))) {
                assertThat(client.committed("rolecall.incidents.ocsf")).isNotEmpty();
            }
            demo.terminate();
            assertThat(demo.exitCode(PATIENCE)).isEqualTo(TERMINATED);
            assertThat(temporary).isEmptyDirectory();
        }
    }

    private JavaProcess demo(Path temporary, String... arguments) {
        List<String> command = new ArrayList<>(List.of("io.rolecall.cli.Main", "demo"));
        command.addAll(List.of(arguments));
        return JavaProcess.start(
                directory.resolve("demo.log"), List.of("-Xmx512m", "-Djava.io.tmpdir=" + temporary), command);
    }

    private static void awaitOutput(JavaProcess demo, String text) {
        await(text).atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(demo.isAlive()).as(demo.output()).isTrue();
            return demo.output().contains(text);
        });
    }
}

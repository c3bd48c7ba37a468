package io.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {

    static Stream<Exception> errors() {
        return Stream.of(
                new NullPointerException(),
                new IllegalStateException("odd"),
                new UncheckedIOException(new IOException()),
                new KafkaException(new TimeoutException("Timed out")),
                new NoSuchFileException("missing.json"),
                new FileSystemException("/out/a.json", null, "No space left on device"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void no_name_of_an_exception_reaches_a_user_who_did_not_ask(Exception error) {
        // When
        String said = said(error, false);

        // Then
        assertThat(said).startsWith("rolecall: ").doesNotContain("Exception", "\tat ");
        assertThat(said.strip().length()).isGreaterThan("rolecall: ".length() + 5);
    }

    @Test
    void who_asks_sees_where_it_came_from() {
        // When
        String said = said(new IllegalStateException("odd"), true);

        // Then
        assertThat(said).contains("java.lang.IllegalStateException: odd", "\tat ");
    }

    @Test
    void a_full_disk_is_called_so_however_deep_it_lies() {
        // Given
        Exception error = new UncheckedIOException(
                new IOException("Temporary state on disk failed", new IOException("No space left on device")));

        // When
        String said = said(error, false);

        // Then
        assertThat(said).contains("the disk is full").contains("--output").contains("temporary files");
    }

    @ParameterizedTest
    @CsvSource({"explain --app x --service 'a b', --service", "story --days x, --days"})
    void wrong_values_are_told_without_names_of_exceptions(String line, String option) {
        // Given
        StringWriter err = new StringWriter();

        // When
        int code = TestConsole.run(
                new StringWriter(),
                err,
                Map.of(),
                "",
                line.replace("'a b'", "a\u00a0b").split(" "));

        // Then
        assertThat(code).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).doesNotContain("Exception");
    }

    private static String said(Exception error, boolean verbose) {
        StringWriter err = new StringWriter();
        int code = new Failure(error).report(new PrintWriter(err), verbose);
        assertThat(code).isEqualTo(ExitCode.FAILED);
        return err.toString();
    }
}

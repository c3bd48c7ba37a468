package io.rolecall.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class ErrorWordsTest {

    @Test
    void names_of_exceptions_that_a_message_quotes_are_left_out() {
        // Given
        Throwable error = new ExecutionException(new TimeoutException("Timed out waiting for a node"));

        // When
        String words = ErrorWords.of(error);

        // Then
        assertThat(words).isEqualTo("Timed out waiting for a node");
    }

    @Test
    void an_error_without_a_message_is_not_named_by_its_class() {
        // When
        String words = ErrorWords.of(new IllegalStateException(new NullPointerException()));

        // Then
        assertThat(words).isEqualTo("an error that says nothing");
    }

    @Test
    void several_lines_become_one() {
        // When
        String words = ErrorWords.of(new IOException("sending failed due to:\n  Topic x is not there"));

        // Then
        assertThat(words).isEqualTo("sending failed due to: Topic x is not there");
    }

    @Test
    void names_of_classes_that_a_user_has_given_stay() {
        // When
        String words = ErrorWords.of(new IOException("Class com.example.Serde could not be found"));

        // Then
        assertThat(words).contains("com.example.Serde");
    }

    @Test
    void a_full_disk_is_known_by_what_the_system_says() {
        // Given
        Throwable full = new IOException("While appending to file: /state/1.sst: No space left on device");

        // Then
        assertThat(ErrorWords.isFullDisk(full)).isTrue();
        assertThat(ErrorWords.isFullDisk(new IOException("Permission denied"))).isFalse();
        assertThat(FileErrors.cause(full)).isEqualTo("the disk is full");
    }
}

package io.rolecall.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.source.LogDecoder;
import io.rolecall.source.Needed;
import io.rolecall.source.RecordingSink;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.Positions;
import io.rolecall.source.split.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole inputs with one broken record each, as files and as Kafka records: the others are read. */
class BrokenFilesTest {

    private static final Instant REFERENCE = Instant.parse("2026-06-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "single-quotes, invalid-json decoded decoded, 0",
        "trailing-comma, decoded invalid-json decoded, 1",
        "tab-in-text, invalid-json decoded decoded, 0",
        "targets-cut, decoded truncated, 1",
        "office-activity-cut, decoded truncated, 1",
        "office-activity-whole, decoded decoded, -"
    })
    void the_broken_record_alone_is_rejected(String name, String calls, String index) throws IOException {
        // Given
        byte[] bytes;
        try (InputStream in = BrokenFilesTest.class.getResourceAsStream("/broken/" + name + ".json")) {
            bytes = Objects.requireNonNull(in, name).readAllBytes();
        }
        RecordingSink record = new RecordingSink();
        RecordingSink file = new RecordingSink();
        LogDecoder decoder = new LogDecoder(DecodeSettings.DEFAULT, Needed.BY_DETECTIONS);

        // When
        decoder.decode(bytes, Positions.ofRecord("t", 0, 7), REFERENCE, record);
        new LogFileReader(LogFileReader.CHUNK_BYTES, DecodeSettings.DEFAULT.maxElementBytes(), count -> {})
                .readStream(
                        name + ".json",
                        new ByteArrayInputStream(bytes),
                        chunk -> decoder.decode(chunk, REFERENCE, file));

        // Then
        assertThat(record.calls).containsExactly(calls.split(" "));
        assertThat(file.calls).isEqualTo(record.calls);
        assertThat(record.rejected)
                .extracting(Rejected::position)
                .isEqualTo(index.equals("-") ? java.util.List.of() : java.util.List.of("t/0/7/" + index));
        assertThat(file.rejected)
                .extracting(Rejected::message)
                .isEqualTo(record.rejected.stream().map(Rejected::message).toList());
    }
}
